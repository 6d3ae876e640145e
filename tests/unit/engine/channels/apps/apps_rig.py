"""An app in memory, people who write in it, and somebody in Rasa's place, for the tests here."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from rasa.core.channels.channel import UserMessage

from consent_store import StoreUnavailable
from consent_store.conversing import Alongside
from consent_store.messaging import Noted, Taken, Waiting
from engine.channels.apps.app import Account, Address, App, Call, NotSent, Rendered, Shown
from engine.channels.apps.arriving import DeskSettings
from engine.channels.apps.desk import Desk
from engine.channels.apps.incoming import Incoming, Request
from engine.channels.apps.needs import Needs
from engine.channels.apps.numbering import numbered
from engine.channels.apps.said import Said
from engine.channels.apps.thread import Thread
from engine.channels.apps.words import Words
from engine.conversations import alongside
from engine.conversations.keeper import Keeper
from engine.delivery.safely import SafeJournal
from sealing.person import pseudonym

WORDS = Words.load()
SETTINGS = DeskSettings(person_key=b"p" * 32, buttons_key=b"b" * 32)
AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
PRIVATE = "I owe 1,234.56 euros"
Saying = Callable[[UserMessage], Awaitable[object]]


class FakeApp(App):
    """
    Notes its calls. `failing`: what the next calls raise; `gates`: events that a call with this text waits
    for. With `buttons` it shows choices as buttons, else as numbers.
    """

    name = "fake"
    needs = Needs(own=("ASKFIRST_FAKE",))

    def __init__(self, *, buttons: bool = True) -> None:
        super().__init__({}, WORDS)
        self.buttons = buttons
        self.tried: list[Call] = []
        self.done: list[Call] = []
        self.failing: list[Exception] = []
        self.gates: dict[str, asyncio.Event] = {}
        self.unable = False
        self.closed = False

    @property
    def texts(self) -> list[str]:
        """What was said, in order."""
        return [call.args["text"] for call in self.done if call.method == "say"]

    def verify(self, request: Request, now: float) -> None:
        """Everybody is trusted."""

    def read(self, request: Request, now: float) -> list[Incoming]:
        return []

    def render(self, said: Said, address: Address, first: int) -> Rendered:
        if self.unable:
            raise LookupError(said.text)
        lines, options = ("", {}) if self.buttons else numbered(said, self.words, first)
        text = f"{said.text}\n{lines}" if lines else said.text
        shows = self.buttons and bool(said.choices)
        return Rendered([Call("say", {"text": text, **address}, shows=shows)], options)

    def retire(self, shown: Shown, outcome: str, address: Address) -> Call | None:
        return Call("retire", {"ref": shown.ref, "outcome": outcome}, optional=True)

    def noticed(self, incoming: Incoming) -> list[Call]:
        return [Call("noticed", {}, optional=True)]

    def not_theirs(self, incoming: Incoming) -> list[Call]:
        return [Call("not_theirs", {}, optional=True)]

    def offer_private(self, incoming: Incoming) -> list[Call]:
        return [Call("offer", {"place": incoming.address["to"]})]

    async def perform(self, call: Call) -> str | None:
        self.tried.append(call)
        gate = self.gates.get(str(call.args.get("text")))
        if gate is not None:
            await gate.wait()
        if self.failing:
            raise self.failing.pop(0)
        self.done.append(call)
        return f"ref{len(self.done)}" if call.method == "say" else None

    async def account(self) -> Account:
        return Account()

    def nothing_new(self, url: str, now: float) -> Request:
        return Request("POST", "/", {}, b"")

    async def close(self) -> None:
        self.closed = True


class Person:
    """Somebody who writes in the app."""

    def __init__(self, name: str = "ada") -> None:
        self.name = name
        self.conversation = pseudonym(SETTINGS.person_key, "fake", name)
        self.person_id = pseudonym(SETTINGS.person_key, "person", self.conversation)
        self._events = 0

    def does(self, event: str | None = None, **what: Any) -> Incoming:
        """An event of theirs, a new one unless it is named."""
        self._events += 1
        return Incoming(event or f"{self.name}{self._events}", (self.name,), {"to": self.name}, **what)

    def types(self, text: str, event: str | None = None) -> Incoming:
        return self.does(event, text=text)


class Rasa:
    """In Rasa's place: notes what it hears and says what it is told to, then saves the turn."""

    def __init__(self, answer: Saying | None = None, journal: Keeper | None = None) -> None:
        self.heard: list[UserMessage] = []
        self._answer = answer
        self._journal = journal

    @property
    def texts(self) -> list[str]:
        return [message.text for message in self.heard]

    async def __call__(self, message: UserMessage) -> None:
        self.heard.append(message)
        if self._answer is not None:
            await self._answer(message)
        self.save(message)

    def save(self, message: UserMessage) -> None:
        """As the tracker store does at the end of a turn."""
        extra = alongside.current()
        if extra is not None:
            self.save_with(pseudonym(SETTINGS.person_key, "person", message.sender_id), extra)

    def save_with(self, person_id: str, extra: Alongside) -> None:
        """One transaction with what belongs to it."""
        if self._journal is not None:
            self._journal._open().keep_conversation(person_id, None, {}, [], extra)


async def say(message: UserMessage, text: str, *titles: str, **custom: Any) -> None:
    """What the assistant says in a turn: a text, buttons by their titles, and what kind of message it is."""
    buttons = [{"title": title, "payload": f"/{title.lower().replace(' ', '_')}"} for title in titles]
    await message.output_channel.send_response(
        message.sender_id, {"text": text, "buttons": buttons, "custom": custom or None}
    )


async def echo(message: UserMessage) -> None:
    """Says the same again."""
    await say(message, f"re: {message.text}")


def desk_of(app: App, rasa: Saying, journal: SafeJournal | None = None, **more: Any) -> Desk:
    """A desk whose clocks stand still and which never really waits."""

    async def no_pause(_seconds: float) -> None:
        await asyncio.sleep(0)

    given: Mapping[str, Any] = {"clock": lambda: 0.0, "now": lambda: AT, "sleep": no_pause, **more}
    options = given.get("options", SETTINGS)
    rest = {name: value for name, value in given.items() if name != "options"}
    return Desk(app, options, rasa, journal or SafeJournal(None), **rest)


async def idle(desk: Desk) -> None:
    """Returns when nothing is on its way any more."""
    while desk.waiting:  # noqa: ASYNC110, a turn of the loop, no pause
        await asyncio.sleep(0)


async def until(holds: Callable[[], object]) -> None:
    """Returns when it holds: a test that waits in vain is ended by `run_async`."""
    while not holds():  # noqa: ASYNC110, a turn of the loop, no pause
        await asyncio.sleep(0)


def passing(times: int = 1, after_seconds: float | None = None) -> list[NotSent]:
    """Failures that pass by."""
    return [NotSent("busy", after_seconds=after_seconds) for _ in range(times)]


MENU = ("Menu", "Stop")


async def asking(message: UserMessage) -> None:
    """Asks for a permission when somebody has debts, notes an answer, else says the same again."""
    if message.text == "debts":
        await say(message, "May I?", "Allow", "Not now", "Why?", kind="permission")
    elif message.text in ("/allow", "/not_now"):
        status = "given" if message.text == "/allow" else "refused"
        await say(message, "Noted.", kind="noted", status=status)
    elif message.text == "menu":
        await say(message, "Which?", *MENU)
    elif message.text == "forget me":
        await say(message, "Done.", kind="certificate", closed=True)
    else:
        await echo(message)


async def after(desk: Desk, *batches: Sequence[Incoming]) -> None:
    """Each batch is taken, and all that comes of it is done."""
    for batch in batches:
        await desk.take(batch)
        await idle(desk)


class StubJournal(Keeper):
    """A store in memory, as far as a journal asks for it; `away` fails everything."""

    def __init__(self) -> None:
        self.away = False
        self.threads: dict[str, Any] = {}
        self.rows: dict[int, Any] = {}
        self.left: list[tuple[str, list[int]]] = []
        self._seen: set[str] = set()
        self._numbers = 0

    async def read(self, work: Callable[[Any], Any]) -> Any:
        if self.away:
            raise StoreUnavailable("gone")
        return await asyncio.to_thread(work, self)

    write = read

    def take_messages(self, events: Sequence[Taken]) -> list[Noted]:
        return [self._one(event) for event in events]

    def _one(self, event: Taken) -> Noted:
        if event.event_key in self._seen:
            return Noted(new=False)
        self._seen.add(event.event_key)
        return Noted(True, self._add(event.content) if event.content else None)

    def _add(self, content: Any) -> int:
        self._numbers += 1
        self.rows[self._numbers] = content
        return self._numbers

    def leave_messages(self, person_id: str, numbers: Any, thread: Any = None) -> None:
        self.left.append((person_id, list(numbers)))
        for number in numbers:
            self.rows.pop(number, None)
        if thread is not None:
            self.threads[person_id] = thread

    def thread_of(self, person_id: str) -> Any:
        return self.threads.get(person_id)

    def messages_left_over(self, app: str) -> list[Waiting]:
        return []


def thread_of(desk: Desk, person: Person) -> Thread | None:
    return desk._lanes.threads.get(person.conversation)
