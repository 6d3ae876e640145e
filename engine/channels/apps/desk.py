"""
Takes what an app sent, hands it to Rasa in order, and sees that the answers go out.

What is taken is in the journal before `take` returns; if the database is away, it is in memory only. What is
guaranteed stands in docs/channels/README.md. Must never log a text, or what the app calls a person.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from engine.channels.apps import thread as threads
from engine.channels.apps.app import App, Call, Shown
from engine.channels.apps.arriving import Arrivals, Arrived, Chat, DeskSettings
from engine.channels.apps.handling import AppTurn, OnNewMessage
from engine.channels.apps.incoming import Incoming
from engine.channels.apps.items import Item
from engine.channels.apps.lanes import Lane, Lanes, Outgoing
from engine.channels.apps.packing import packed, unpacked
from engine.channels.apps.sending import Sender, Sleep
from engine.channels.apps.thread import Thread
from engine.conversations.kept import system_clock
from engine.delivery.journal import Taken
from engine.delivery.safely import SafeJournal

MOST_KNOWN = 10_000


class Desk:
    """Everything of one app that goes on."""

    def __init__(
        self,
        app: App,
        options: DeskSettings,
        pass_on: OnNewMessage,
        journal: SafeJournal,
        *,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = system_clock,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        """clock: seconds, monotonic, for the pace. now: aware UTC instants. sleep: pauses between tries."""
        self._app = app
        self._buttons_key = options.buttons_key
        self._pass_on = pass_on
        self._journal = journal
        self._now = now
        self._arrivals = Arrivals(app, options, clock)
        self._known: OrderedDict[str, None] = OrderedDict()
        self._sender = Sender(app, sleep)
        self._lanes = Lanes(self._handle, self._send)
        self._at_once: set[asyncio.Future[None]] = set()

    @property
    def waiting(self) -> int:
        """How many messages and letters are on their way."""
        return self._lanes.waiting + len(self._at_once)

    async def take(self, events: Sequence[Incoming]) -> None:
        """Take events, each once, in order; they are noted when this returns. Raises nothing."""
        arrived = [await self._look(one) for one in events]
        noted = await self._journal.take([self._to_be_noted(one) for one in arrived])
        for one, note in zip(arrived, noted, strict=True):
            if note.new and self._is_new(one.event):
                self._perform_at_once(one)
                if one.item is not None:
                    lane = self._lanes.of(one.chat.conversation, one.chat.person_id)
                    self._lanes.arrive(lane, replace(one.item, number=note.number))

    async def resume(self) -> None:
        """Go on with what was on its way when the process ended."""
        for waiting in await self._journal.left_over(self._app.name):
            conversation, thing = unpacked(waiting)
            lane = self._lanes.of(conversation, waiting.person_id)
            if isinstance(thing, Item):
                self._lanes.arrive(lane, thing)
            else:
                self._lanes.post(lane, [thing])

    async def close(self) -> None:
        """Stop, and give connections back. What is on its way stays in the journal."""
        await self._lanes.close()
        await self._app.close()

    async def _look(self, incoming: Incoming) -> Arrived:
        chat = self._arrivals.chat(incoming)
        return self._arrivals.look(incoming, chat, await self._thread(chat), self._now())

    def _to_be_noted(self, one: Arrived) -> Taken:
        content = None if one.item is None else packed(self._app.name, one.chat.conversation, one.item)
        return Taken(one.chat.person_id, one.event, content)

    def _is_new(self, event: str) -> bool:
        """For when the database is away; it knows for longer."""
        if event in self._known:
            return False
        self._known[event] = None
        while len(self._known) > MOST_KNOWN:
            self._known.popitem(last=False)
        return True

    def _perform_at_once(self, one: Arrived) -> None:
        if one.at_once:
            task = asyncio.ensure_future(self._perform(one.at_once, one.chat.conversation))
            self._at_once.add(task)
            task.add_done_callback(self._at_once.discard)

    async def _perform(self, calls: Sequence[Call], conversation: str) -> None:
        for call in calls:
            await self._sender.send(call, conversation)

    async def _thread(self, chat: Chat) -> Thread:
        known = self._lanes.threads.get(chat.conversation)
        return known or threads.from_json(await self._journal.thread(chat.person_id))

    async def _handle(self, lane: Lane) -> None:
        """The first message of a lane: through Rasa, and its letters to those that wait to be sent."""
        item = lane.incoming[0]
        before = await self._thread(Chat(lane.conversation, lane.person_id))
        turn = AppTurn(self._app, self._journal.journal, self._buttons_key, lane.conversation, lane.person_id)
        letters, after = await turn.handle(item, before, self._pass_on)
        for one in (self._lanes.threads.get(lane.conversation) or before).shown:
            after = after if one in before.shown else after.with_shown(one)  # sent while Rasa was at work
        self._lanes.threads.put(lane.conversation, after, is_kept=turn.is_kept)
        if not turn.is_kept:
            await self._finish_later(lane, item, letters)
        lane.incoming.popleft()
        self._lanes.post(lane, letters)

    async def _finish_later(self, lane: Lane, item: Item, letters: list[Outgoing]) -> None:
        """A message whose turn could not be kept is done when its last letter is sent."""
        if letters:
            letters[-1] = replace(letters[-1], finishes=item.number)
        elif item.number is not None:
            await self._journal.leave(lane.person_id, [item.number])

    async def _send(self, lane: Lane) -> None:
        """The first letter of a lane, and what the app shows by it."""
        outgoing = lane.outgoing[0]
        ref = await self._sender.send(outgoing.letter.call, lane.conversation)
        numbers = [one for one in (outgoing.number, outgoing.finishes) if one is not None]
        await self._note_sent(lane, numbers, outgoing.letter.shows, ref)
        lane.outgoing.popleft()

    async def _note_sent(self, lane: Lane, numbers: list[int], shows: Shown | None, ref: str | None) -> None:
        if shows is None or ref is None:
            await self._journal.leave(lane.person_id, numbers)
            return
        shown = (self._lanes.threads.get(lane.conversation) or Thread()).with_shown(replace(shows, ref=ref))
        is_kept = await self._journal.leave(lane.person_id, numbers, threads.as_json(shown))
        self._lanes.threads.put(lane.conversation, shown, is_kept=is_kept)
