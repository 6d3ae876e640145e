"""
One message of an app on its way through Rasa: what the assistant says is collected, and kept with the turn.

The letters are written in the same transaction as the conversation: after a kill either both are there, or
the message is handled anew. Must never send anything itself.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace

from rasa.core.channels.channel import UserMessage

from consent_store import messaging
from consent_store.conversing import Writing
from engine.channels.apps import thread as threads
from engine.channels.apps.app import App
from engine.channels.apps.items import Item
from engine.channels.apps.lanes import Outgoing
from engine.channels.apps.packing import packed
from engine.channels.apps.said import Said, said_of
from engine.channels.apps.thread import Thread
from engine.channels.apps.turning import Pressed, Turned, turned
from engine.channels.one_message import Collected
from engine.conversations import alongside

OnNewMessage = Callable[[UserMessage], Awaitable[object]]
logger = logging.getLogger(__name__)


class Overheard(Collected):
    """Keeps what the assistant says in one turn, and lets the turn know that nothing of it holds."""

    def __init__(self, app: str, buttons_key: bytes, when_taken_back: Callable[[], None]) -> None:
        super().__init__(buttons_key, app)
        self._when_taken_back = when_taken_back

    def take_back(self) -> None:
        """Nothing of it holds."""
        super().take_back()
        self._when_taken_back()


class AppTurn:
    """One turn of one conversation."""

    def __init__(self, app: App, buttons_key: bytes, conversation: str, person_id: str) -> None:
        """buttons_key: 32 bytes that seal buttons. person_id: under which everything is kept."""
        self._app = app
        self._conversation = conversation
        self._person_id = person_id
        self._output = Overheard(app.name, buttons_key, self._take_back)
        self._numbers: list[int] = []
        self.is_kept = False
        """Whether message, letters and thread stand in the journal as they are after this turn."""
        self.moves_on = self.forgets = False
        """Whether what was asked before is over, and whether nothing that was shown before may be kept."""

    async def handle(
        self, item: Item, thread: Thread, pass_on: OnNewMessage
    ) -> tuple[list[Outgoing], Thread]:
        """The letters of the turn, and the thread after it. Raises nothing: a failure has words too."""
        self._item, self._before = item, thread
        try:
            return self._finished(await self._answer(pass_on))
        except Exception as error:  # noqa: BLE001, whatever it was, the person hears of it
            self._report(error)
        try:
            return self._finished(self._said if self.is_kept else [self._own_words("sorry")])
        except Exception as error:  # noqa: BLE001, not even that can be said
            self._report(error)
        return [], thread

    async def _answer(self, pass_on: OnNewMessage) -> list[Said]:
        if self._item.notice is not None:
            return [self._own_words(self._item.notice)]
        with alongside.keeping(self._keep):
            await pass_on(self._user_message(self._item))
        return self._said

    @property
    def _said(self) -> list[Said]:
        return [said_of(event) for event in self._output.said]

    def _take_back(self) -> None:
        self._numbers = []
        self.is_kept = self.moves_on = self.forgets = False

    def _report(self, error: Exception) -> None:
        logger.error(
            "A message failed: channel=%s conversation=%s reason=%s",
            self._app.name, self._conversation, type(error).__name__,
        )  # fmt: skip

    def _keep(self, writing: Writing) -> None:
        """
        Called in the transaction that saves the turn: engine.conversations.alongside.

        A new conversation is saved once before anything is said in it: that answers nothing.
        """
        if not self._output.said:
            return
        done = self._turned(self._said)
        more = done.letters[len(self._numbers) :]
        letters = [packed(self._app.name, self._conversation, letter) for letter in more]
        shown = threads.as_json(done.thread)
        self._numbers += messaging.answer(writing, messaging.Answered(self._item.number, letters, shown))
        self.is_kept = True

    def _turned(self, said: list[Said]) -> Turned:
        pressed = Pressed(self._item.title, self._item.pressed_on)
        done = turned(self._app, self._before, said, self._item.address, pressed)
        self.moves_on, self.forgets = done.moves_on, done.forgets
        since = str(self._item.metadata.get("received_at") or "")
        letters = () if self._item.silent else tuple(replace(one, since=since) for one in done.letters)
        return replace(done, letters=letters)

    def _finished(self, said: list[Said]) -> tuple[list[Outgoing], Thread]:
        done = self._turned(said)
        numbers = [*self._numbers, *[None for _ in done.letters]]
        return [Outgoing(*one) for one in zip(done.letters, numbers, strict=False)], done.thread

    def _own_words(self, key: str) -> Said:
        return Said(self._app.words.say(key))

    def _user_message(self, item: Item) -> UserMessage:
        return UserMessage(
            item.text,
            self._output,
            self._conversation,
            input_channel=self._app.name,
            message_id=item.event,
            metadata=dict(item.metadata),
        )
