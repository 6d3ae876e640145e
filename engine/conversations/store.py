"""
Rasa's tracker store: each conversation sealed under its person's own key, in the consent store's database.

Whatever happens to the database or the keys, a turn is answered: what cannot be kept there stays in memory
for a while. Must never raise into a turn, bring back a conversation that was erased, or log what was said.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker

from consent_store import ConsentStoreError
from consent_store.conversing import Found
from consent_store.recognising import GONE
from engine.conversations import alongside, forms
from engine.conversations.bounding import bounded
from engine.conversations.keeper import Keeper
from engine.conversations.memory import MOST_UNSAVED, MOST_UNSAVED_PEOPLE, Memory, Origin, Remembered
from engine.conversations.streaming import is_no_news, publish
from sealing.keys import read_key
from sealing.person import pseudonym
from settings import read_settings

ORIGIN = "_askfirst_origin"
logger = logging.getLogger(__name__)


class SealedConversations(TrackerStore):
    """Named in endpoints.yml. Rasa's lock makes sure that a conversation has one turn at a time."""

    def __init__(
        self,
        domain: Domain | None = None,
        host: str | None = None,
        event_broker: EventBroker | None = None,
        **_options: Any,
    ) -> None:
        """host: ASKFIRST_DATABASE_URL unless given. Raises SettingsInvalid, KeyMissing, KeyInvalid."""
        super().__init__(domain, event_broker)
        settings = read_settings()
        self._person_key = read_key(settings.keys / "person.key")
        self.keeper = Keeper.of_this_process(host or settings.store_url, settings.keys)
        self.keeps = settings.keep_conversations_days > 0  # else what was said is in memory only
        self._memory = Memory.of_all(backed=self.keeps)
        self._begun: dict[str, Origin] = {}

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The conversation as it stands; None for a new one, or one that cannot be opened."""
        person_id = self._pseudonym(sender_id)
        try:
            found = await self._find(person_id)
            origin, events = self._memory.choose(person_id, found)
            if events:
                opened = [event for event in map(forms.opened, events) if event is not None]
                tracker = DialogueStateTracker.from_events(sender_id, opened, self.domain.slots)
                setattr(tracker, ORIGIN, replace(origin, events=len(tracker.events)))
                is_no_news(tracker)
                return tracker
        except Exception as error:  # noqa: BLE001, whatever it was, the person is answered
            _report("could not be read", person_id, type(error).__name__)
            origin = Origin()
        self._begin(person_id, origin)
        return None

    async def retrieve_full_tracker(self, conversation_id: str) -> DialogueStateTracker | None:
        """The same: there is one session a conversation."""
        return await self.retrieve(conversation_id)

    async def latest_turns(self, sender_id: str, most: int) -> list[Mapping[str, Any]]:
        """What was said in the last turns, the oldest first: nothing of a person who was erased."""
        person_id = self._pseudonym(sender_id)
        try:
            found, turns = await self.keeper.read(lambda store: store.latest_turns(person_id, most))
        except ConsentStoreError as away:
            _report("could not be read", person_id, away.reason)
            found, turns = None, []
        held = self._memory.get(person_id)
        current = held is not None and (found is None or not held.is_outdated(found))
        return [*(turns if self.keeps else ()), *(held.unsaved if held and current else ())][-most:]

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep the conversation, unless its person was erased meanwhile, and publish what is new."""
        await self.keep(tracker)
        try:
            await self.stream_events(tracker)
        except Exception as error:  # noqa: BLE001, whatever it was, the person was answered
            _report("could not be streamed", self._pseudonym(tracker.sender_id), type(error).__name__)

    async def keep(self, tracker: DialogueStateTracker) -> None:
        """Keep it, in the unit that is open, and publish nothing: it may be undone."""
        person_id = self._pseudonym(tracker.sender_id)
        origin = getattr(tracker, ORIGIN, None) or self._begun.pop(person_id, Origin())
        setattr(tracker, ORIGIN, origin)
        try:
            if len(tracker.events) > origin.events:
                setattr(tracker, ORIGIN, await self._save(person_id, tracker, origin))
        except Exception as error:  # noqa: BLE001, whatever it was, the person was answered
            _report("could not be saved", person_id, type(error).__name__)

    async def exists(self, conversation_id: str) -> bool:
        """Whether there is a conversation of that id."""
        person_id = self._pseudonym(conversation_id)
        try:
            if await self.keeper.read(lambda store: store.has_conversation(person_id)):
                return True
        except ConsentStoreError as away:
            _report("could not be looked for", person_id, away.reason)
        return person_id in self._memory.people()

    async def keys(self) -> Iterable[str]:
        """The pseudonyms of all who have a conversation: channels' ids are nowhere in plain."""
        try:
            kept = await self.keeper.read(lambda store: store.who_conversed())
        except ConsentStoreError as away:
            _report("could not be listed", "all", away.reason)
            kept = []
        return sorted({*kept, *self._memory.people()})

    async def stream_events(self, tracker: DialogueStateTracker) -> None:
        """Publish what is new, if there is an event broker."""
        if self.event_broker is not None:
            publish(tracker, self.event_broker, self._pseudonym(tracker.sender_id))

    def _pseudonym(self, sender_id: str) -> str:
        """What the action server calls this very chat (actions/turn.py)."""
        return pseudonym(self._person_key, "person", sender_id)

    def _begin(self, person_id: str, origin: Origin) -> None:
        """Rasa makes a tracker of its own now and saves it at once: it is known by its person."""
        self._begun.pop(person_id, None)
        self._begun[person_id] = origin
        while len(self._begun) > MOST_UNSAVED_PEOPLE:
            del self._begun[next(iter(self._begun))]

    async def _find(self, person_id: str) -> Found | None:
        try:
            found = await self._look_up(person_id, state=self.keeps)
        except ConsentStoreError as away:
            _report("could not be read", person_id, away.reason)
            return None
        if found.fault and self.keeps:
            _report("does not open and starts from nothing", person_id, found.fault)
        return found

    async def _look_up(self, person_id: str, *, state: bool) -> Found:
        """Raises ConsentStoreError."""
        return await self.keeper.read(lambda store: store.find_conversation(person_id, state=state))

    async def _save(self, person_id: str, tracker: DialogueStateTracker, origin: Origin) -> Origin:
        """Write it or hold it in memory; answers how the tracker stands then."""
        events = [forms.kept(event) for event in bounded(tracker)]
        news = forms.said(list(tracker.events)[origin.events :])
        unsaved = (*origin.unsaved, *news)[-MOST_UNSAVED:]
        held = Remembered(origin.marks, events, unsaved, origin.turns)
        state = {"sender_id": tracker.sender_id, "events": events}
        try:
            if self.keeps:
                extra = alongside.current()
                done = await self.keeper.write(
                    lambda store: store.keep_conversation(person_id, origin.marks, state, unsaved, extra)
                )
                self._memory.drop(person_id)
                held = replace(held, marks=done.marks, unsaved=(), turns=done.turns)
            else:
                held = await self._hold(person_id, held)
            if held.marks == GONE:
                logger.info("A conversation ended with its person's data")
        except ConsentStoreError as error:
            _report("is kept in memory only", person_id, error.reason)
            self._memory.put(person_id, held)
        return Origin(held.marks, held.turns, len(tracker.events), held.unsaved)

    async def _hold(self, person_id: str, held: Remembered) -> Remembered:
        """In memory alone, unless the person was erased meanwhile. Raises ConsentStoreError."""
        found = await self._look_up(person_id, state=False)
        if held.is_outdated(found):
            self._memory.drop(person_id)
            return replace(held, marks=GONE)
        held = replace(held, marks=found.marks)
        self._memory.put(person_id, held)
        return held


def _report(what: str, person_id: str, reason: str) -> None:
    logger.error("A conversation %s: conversation=%s reason=%s", what, person_id, reason)
