"""
The journal of messages on their way: what was taken is there before the app hears so, and what is to be sent
is there with the turn that said it.

Who writes here goes on from memory; only after a start is anything read. Content is sealed with the person's
key and goes with it. Must never raise anything but DatabaseAway and CannotSeal, or log what was said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.engine import Connection

from engine.conversations import rows as person_rows
from engine.conversations.database import Database
from engine.conversations.kept import system_clock
from engine.conversations.keyring import Keyring
from engine.conversations.knowing import CannotSeal, make_known, reason_of
from engine.delivery import rows
from engine.delivery.rows import WaitingRow
from sealing.conversations import open_message, seal_message
from sealing.keys import SealingError

IN, OUT, THREAD = "in", "out", "thread"
APP = "app"
"""The key under which a content says to which app it belongs."""

Content = Mapping[str, Any]


@dataclass(frozen=True)
class Taken:
    """
    An event to be noted: of whom, its key (a keyed hash of the app's id), and what it says (JSON); None if
    nothing but the fact is to be noted.
    """

    person_id: str
    event_key: str
    content: Content | None = field(repr=False)


@dataclass(frozen=True)
class Noted:
    """
    What came of noting an event. `new`: it was not taken before. `number`: of the journal; None if only the
    fact is noted.
    """

    new: bool
    number: int | None = None


@dataclass(frozen=True)
class Waiting:
    """A message that was on its way when the process ended. `attempts`: of earlier starts."""

    number: int
    person_id: str
    direction: str
    attempts: int
    content: Content = field(repr=False)


@dataclass(frozen=True)
class Answered:
    """What a turn leaves: the message that it answered, calls to be sent, and what the app shows then."""

    person_id: str
    number: int | None
    letters: Sequence[Content] = field(repr=False)
    thread: Content = field(repr=False)


class Journal:
    """Safe to share between threads. Connects to nothing until it is used."""

    def __init__(
        self,
        database: Database,
        keyring: Keyring,
        *,
        keeps: bool = True,
        clock: Callable[[], datetime] = system_clock,
    ) -> None:
        """
        keeps: False where conversations are kept in memory only; then it notes which events were seen, and
        nothing else. clock: aware UTC instants.
        """
        self._database = database
        self._keyring = keyring
        self._keeps = keeps
        self._clock = clock

    @property
    def keeps(self) -> bool:
        """Whether content is written at all."""
        return self._keeps

    def take(self, events: Sequence[Taken]) -> list[Noted]:
        """Note events, in one transaction. Raises DatabaseAway, CannotSeal; then none is noted."""
        now = self._clock()
        with _sealing(), self._database.writing() as connection:
            return [self._take(connection, event, now) for event in events]

    def answer(self, done: Answered, connection: Connection, data_key: bytes, now: datetime) -> list[int]:
        """
        Note, in the transaction of a turn, that a message was answered; returns the numbers of its letters.
        """
        if done.number is not None:
            rows.remove(connection, done.person_id, [done.number])
        sealed = seal_message(data_key, done.person_id, THREAD, done.thread)
        rows.put_thread(connection, done.person_id, sealed, now)
        return [_add(connection, data_key, done.person_id, OUT, one, now) for one in done.letters]

    def leave(self, person_id: str, numbers: Iterable[int], thread: Content | None = None) -> None:
        """
        Note that messages are handled or sent, and what the app shows now, if the person is still there.

        Raises DatabaseAway, CannotSeal.
        """
        now = self._clock()
        with _sealing(), self._database.writing() as connection:
            key = person_rows.lock_key(connection, person_id)
            rows.remove(connection, person_id, list(numbers))
            if key is not None and thread is not None and self._keeps:
                data_key = self._keyring.unwrap(person_id, *key)
                sealed = seal_message(data_key, person_id, THREAD, thread)
                rows.put_thread(connection, person_id, sealed, now)

    def thread(self, person_id: str) -> Content | None:
        """What the app showed last; None if that is not known. Raises DatabaseAway, CannotSeal."""
        with _sealing(), self._database.reading() as connection:
            stored = person_rows.find(connection, person_id)
            sealed = rows.find_thread(connection, person_id) if stored is not None else None
            if stored is None or sealed is None:
                return None
            data_key = self._keyring.unwrap(person_id, *stored.key)
            return open_message(data_key, person_id, THREAD, sealed)

    def left_over(self, app: str) -> list[Waiting]:
        """
        What was on its way in this app when the process before ended, in order, counted as tried once more.

        What does not open any more is left to the sweep. Raises DatabaseAway.
        """
        with self._database.writing() as connection:
            found = rows.waiting(connection)
            keys = {one: person_rows.find(connection, one) for one in {row.person_id for row in found}}
            opened = [self._opened(row, keys[row.person_id]) for row in found]
            ours = [one for one in opened if one is not None and one.content.get(APP) == app]
            rows.count_attempt(connection, [one.number for one in ours])
        return ours

    def _take(self, connection: Connection, event: Taken, now: datetime) -> Noted:
        if not rows.see(connection, event.event_key, now):
            return Noted(new=False)
        if not self._keeps or event.content is None:
            return Noted(new=True)
        key = person_rows.lock_key(connection, event.person_id)
        key = key or make_known(connection, self._keyring, event.person_id, now)
        if key is None:  # erased in this very moment: the message begins anew, from memory
            return Noted(new=True)
        data_key = self._keyring.unwrap(event.person_id, *key)
        return Noted(True, _add(connection, data_key, event.person_id, IN, event.content, now))

    def _opened(self, row: WaitingRow, stored: person_rows.Stored | None) -> Waiting | None:
        if stored is None:
            return None
        try:
            data_key = self._keyring.unwrap(row.person_id, *stored.key)
            content = open_message(data_key, row.person_id, row.direction, row.sealed)
        except SealingError:
            return None
        return Waiting(row.number, row.person_id, row.direction, row.attempts, content)


def _add(
    connection: Connection, data_key: bytes, person_id: str, direction: str, content: Content, now: datetime
) -> int:
    sealed = seal_message(data_key, person_id, direction, content)
    return rows.add(connection, person_id, direction, sealed, now)


@contextmanager
def _sealing() -> Iterator[None]:
    """Turns what `sealing` raises into CannotSeal."""
    try:
        yield
    except SealingError as error:
        raise CannotSeal(reason_of(error)) from None
