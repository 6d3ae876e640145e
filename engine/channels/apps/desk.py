"""
Takes what an app sent, hands it to Rasa in order, and sees that the answers go out.

What is taken is in the journal before `take` returns; if the database is away, it is in memory only. What is
guaranteed stands in docs/channels/README.md. Must never log a text, or what the app calls a person.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine, Sequence
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import datetime
from typing import Any

from consent_store import system_clock
from consent_store.messaging import Taken
from engine.channels.apps import thread as threads
from engine.channels.apps.app import App, Call
from engine.channels.apps.arriving import Arrivals, Arrived, DeskSettings
from engine.channels.apps.handling import AppTurn, OnNewMessage
from engine.channels.apps.incoming import Incoming
from engine.channels.apps.items import Item
from engine.channels.apps.known import Known
from engine.channels.apps.lanes import Lane, Lanes
from engine.channels.apps.packing import Outdated, packed, unpacked
from engine.channels.apps.sending import Sender, Sleep
from engine.channels.apps.thread import Thread
from engine.channels.apps.turning import seen
from engine.channels.fairness import InOrder
from engine.delivery.safely import SafeJournal

logger = logging.getLogger(__name__)


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
        self._in_order = InOrder()
        self._known = Known()
        self._sender = Sender(app, sleep)
        self._lanes = Lanes(self._handle, self._send)
        self._at_once: set[asyncio.Future[None]] = set()

    @property
    def waiting(self) -> int:
        """How many messages and letters are on their way."""
        return self._lanes.waiting + len(self._at_once)

    async def take(self, events: Sequence[Incoming]) -> None:
        """
        Take events, each once, in order; they are noted when this returns. Raises nothing.

        Goes on if whoever waits for it does not: what is noted must not be left lying.
        """
        await asyncio.shield(self._go_on(self._take(events)))

    async def resume(self) -> None:
        """Go on with what was on its way when the process ended. Called before anything is taken."""
        for waiting in await self._journal.left_over(self._app.name):
            try:
                conversation, thing = unpacked(waiting)
            except Outdated:
                logger.error("A message was left: channel=%s reason=outdated", self._app.name)  # noqa: TRY400
                continue
            lane = self._lanes.of(conversation, waiting.person_id)
            if isinstance(thing, Item):
                self._lanes.arrive(lane, thing)
            else:
                self._lanes.post(lane, [thing])

    async def close(self) -> None:
        """Stop, and give connections back. What is on its way stays in the journal."""
        for task in self._at_once:
            task.cancel()
        await asyncio.gather(*self._at_once, return_exceptions=True)
        await self._lanes.close()
        await self._app.close()

    def _go_on(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.ensure_future(work)
        self._at_once.add(task)
        task.add_done_callback(self._at_once.discard)
        return task

    async def _take(self, events: Sequence[Incoming]) -> None:
        """One after the other in each conversation, however long the journal takes."""
        async with AsyncExitStack() as turns:
            for conversation in sorted({self._arrivals.chat(one).conversation for one in events}):
                await turns.enter_async_context(self._in_order.turn(conversation))
            arrived = [await self._look(one) for one in events]
            noted = await self._journal.take([self._to_be_noted(one) for one in arrived])
            for one, note in zip(arrived, noted, strict=True):
                if note.new and self._known.is_new(one.event):
                    self._begin(one, note.number)

    def _begin(self, one: Arrived, number: int | None) -> None:
        if one.at_once:
            self._go_on(self._perform(one.at_once, one.chat.conversation))
        if one.item is not None:
            lane = self._lanes.of(one.chat.conversation, one.chat.person_id)
            self._lanes.arrive(lane, replace(one.item, number=number))

    async def _look(self, incoming: Incoming) -> Arrived:
        """What becomes of it. It was written by somebody who has seen what was sent by now, and no more."""
        chat = self._arrivals.chat(incoming)
        thread = await self._thread(chat.conversation, chat.person_id)
        lane, now = self._lanes.find(chat.conversation), self._now()
        return self._arrivals.look(incoming, chat, thread, now if lane is None else lane.seen_at(now))

    def _to_be_noted(self, one: Arrived) -> Taken:
        content = None if one.item is None else packed(self._app.name, one.chat.conversation, one.item)
        return Taken(one.chat.person_id, one.event, content)

    async def _perform(self, calls: Sequence[Call], conversation: str) -> None:
        for call in calls:
            await self._sender.send(call, conversation)

    async def _thread(self, conversation: str, person_id: str) -> Thread:
        """What is shown there: as it is in memory, else as it is kept."""
        known = self._lanes.threads.get(conversation)
        if known is not None:
            return known
        kept = threads.from_json(await self._journal.thread(person_id))
        return self._lanes.threads.get(conversation) or kept  # it may be there by now

    async def _handle(self, lane: Lane) -> None:
        """The first message of a lane: through Rasa, and its letters to those that wait to be sent."""
        item = lane.incoming[0]
        before = await self._thread(lane.conversation, lane.person_id)
        turn = AppTurn(self._app, self._buttons_key, lane.conversation, lane.person_id)
        letters, after = await turn.handle(item, before, self._pass_on)
        if turn.moves_on or turn.forgets:
            lane.outdate(forget=turn.forgets)
        if turn.forgets:
            await self._note(lane, lane.drop_waiting(), thread=False)
        is_news = self._settle(lane, before, after, forgets=turn.forgets)
        if letters:
            letters[-1] = replace(letters[-1], is_last=True, finishes=item.number)
        else:
            await self._note(lane, [None if turn.is_kept else item.number], thread=is_news)
        lane.incoming.popleft()
        self._lanes.post(lane, letters)

    def _settle(self, lane: Lane, before: Thread, after: Thread, *, forgets: bool) -> bool:
        """What is shown after a turn: what was sent while Rasa was at work, too. Whether it is news."""
        now = self._lanes.threads.get(lane.conversation) or before
        for one in () if forgets else now.shown:
            after = after if one in before.shown else after.with_shown(one)
        is_news = after != now
        if is_news:
            self._lanes.threads.put(lane.conversation, after, is_kept=False)
        return is_news

    async def _send(self, lane: Lane) -> None:
        """The first letter of a lane, and what the app shows by it."""
        outgoing, begun = lane.outgoing[0], self._now()
        ref = await self._sender.send(outgoing.letter.call, lane.conversation)
        if ref is not None and (outgoing.letter.shows or outgoing.letter.options):
            before = await self._thread(lane.conversation, lane.person_id)
            self._lanes.threads.put(
                lane.conversation, seen(before, outgoing.letter, ref, begun), is_kept=False
            )
        is_news = outgoing.is_last or outgoing.letter.shows is not None or bool(outgoing.letter.options)
        await self._note(lane, [outgoing.number, outgoing.finishes], thread=is_news)
        lane.outgoing.popleft()

    async def _note(self, lane: Lane, done: Sequence[int | None], *, thread: bool) -> None:
        """Note what is done, by its numbers in the journal, and what is shown now."""
        numbers = [one for one in done if one is not None]
        async with lane.noting:
            shown = self._lanes.threads.get(lane.conversation) if thread else None
            content = None if shown is None else threads.as_json(shown)
            is_kept = await self._journal.leave(lane.person_id, numbers, content)
            if shown is not None and self._lanes.threads.get(lane.conversation) is shown:
                self._lanes.threads.put(lane.conversation, shown, is_kept=is_kept)
