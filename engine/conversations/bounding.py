"""
How much of a conversation Rasa needs to go on, however long it was: pure functions over its events.

Rasa's own `applied_events` takes away what a form's happy path, a revert or a restart has made meaningless;
of what is left, rules look at the last few actions alone. What lies before is restored in one step: slots,
active form, whether it was rejected. Must never change what RulePolicy predicts next (a test replays long
conversations in both forms).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActiveLoop,
    AgentUttered,
    BotUttered,
    ConversationPaused,
    Event,
    SessionStarted,
    SlotSet,
    StoryExported,
    UserUttered,
)
from rasa.shared.core.slots import Slot
from rasa.shared.core.trackers import DialogueStateTracker

TEXTS = 12
"""Messages whose text is kept: an answer may have been volunteered that many turns before its question."""

ACTIONS = 8
"""Actions that are kept at least; the longest rule of the trained model looks at four."""

_WITHOUT_EFFECT = (BotUttered, AgentUttered, StoryExported)


def bounded(tracker: DialogueStateTracker) -> list[Event]:
    """
    The events of a new session that stands where the tracker stands, with its last texts.

    Empty if the tracker has nothing that still counts, as after a restart.
    """
    applied = _acting(tracker.applied_events())
    if not applied:
        return []
    start = _start(applied)
    before = _standing_after(applied[:start], tracker.slots.values()) if start else []
    began = SessionStarted(timestamp=applied[0].timestamp)
    return [*_texts(list(tracker.events)), began, *before, *applied[start:]]


def _texts(events: Sequence[Event]) -> list[Event]:
    """
    The last messages of the session as they were typed, without their meaning. They stand before the
    session's start, where no rule looks, and the action server reads them.
    """
    said: list[Event] = [
        UserUttered(event.text, timestamp=event.timestamp, input_channel=event.input_channel)
        for event in _of_this_session(events)
        if isinstance(event, UserUttered) and event.text
    ]
    return said[-TEXTS:]


def _of_this_session(events: Sequence[Event]) -> Sequence[Event]:
    """Since the session began; what stands before a start that was made here belongs to it."""
    starts = [number for number, event in enumerate(events) if isinstance(event, SessionStarted)]
    latest = starts[-1] if starts else 0
    made_here = all(isinstance(event, UserUttered) for event in events[:latest])
    return events if made_here else events[latest:]


def _acting(applied: Iterable[Event]) -> list[Event]:
    """What rules look at: messages by their meaning alone, and of what is set twice only the last."""
    acting = [event for event in applied if not isinstance(event, _WITHOUT_EFFECT)]
    return [_meaning(event) if isinstance(event, UserUttered) else event for event in _last_of_each(acting)]


def _meaning(message: UserUttered) -> UserUttered:
    return UserUttered(
        "",
        message.intent,
        message.entities,
        timestamp=message.timestamp,
        input_channel=message.input_channel,
        use_text_for_featurization=message.use_text_for_featurization,
    )


def _last_of_each(events: Iterable[Event]) -> list[Event]:
    """Between two actions or messages: each slot, each form and each other kind of event once."""
    kept: list[Event] = []
    run: dict[tuple[object, ...], Event] = {}
    for event in events:
        if isinstance(event, ActionExecuted | UserUttered):
            kept += [*run.values(), event]
            run = {}
            continue
        place = (type(event), getattr(event, "key", None), getattr(event, "name", None))
        run.pop(place, None)
        run[place] = event
    return [*kept, *run.values()]


def _start(applied: Sequence[Event]) -> int:
    """Where to begin: at the last message that has enough actions behind it, else at the beginning."""
    actions = 0
    for number in range(len(applied) - 1, 0, -1):
        actions += isinstance(applied[number], ActionExecuted)
        if actions >= ACTIONS and isinstance(applied[number], UserUttered):
            return number
    return 0


def _standing_after(applied: Sequence[Event], slots: Iterable[Slot]) -> list[Event]:
    """What brings a new session to where these events lead."""
    standing = DialogueStateTracker("", slots)
    for slot in standing.slots.values():
        slot.reset()
    for event in applied:
        standing.update(event)
    return list(_restoring(standing, applied[-1].timestamp))


def _restoring(standing: DialogueStateTracker, at: float) -> Iterator[Event]:
    for name, slot in standing.slots.items():
        if slot.has_been_set or slot.value != slot.initial_value:
            yield SlotSet(name, slot.value, timestamp=at)
    if standing.active_loop_name is not None:
        yield ActionExecuted(standing.active_loop_name, timestamp=at)
        yield ActiveLoop(standing.active_loop_name, timestamp=at)
        if standing.is_active_loop_rejected:
            yield ActionExecutionRejected(standing.active_loop_name, timestamp=at)
    if standing.is_paused():
        yield ConversationPaused(timestamp=at)
    yield ActionExecuted(ACTION_LISTEN_NAME, timestamp=at)
