"""What an event broker hears of conversations: each event once, after it is kept, without what was said."""

from __future__ import annotations

from rasa.core.brokers.broker import EventBroker
from rasa.shared.core.trackers import DialogueStateTracker

from engine.conversations import forms

STREAMED = "_askfirst_streamed"


def is_no_news(tracker: DialogueStateTracker) -> None:
    """All that the tracker holds was published before."""
    setattr(tracker, STREAMED, len(tracker.events))


def publish(tracker: DialogueStateTracker, broker: EventBroker, person_id: str) -> None:
    """Publish what is new: no text, no value, no channel's id."""
    news = list(tracker.events)[getattr(tracker, STREAMED, 0) :]
    is_no_news(tracker)
    for event in news:
        broker.publish(forms.streamed(event, person_id, tracker.assistant_id))
