"""
A person's conversation in the database: opened and sealed with their key, and gone with it.

"Forget me" happens inside a turn, while Rasa holds the conversation and saves it afterwards. So whoever keeps
one says under which key it was read: if that is gone or another one by then, nothing of it is written. Check
and write are one transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any

from sqlalchemy.engine import Connection

from engine.conversations import rows
from engine.conversations.database import Database
from engine.conversations.keyring import NOBODY, Keyring, Marks, marks_of
from engine.conversations.memory import Remembered, Said
from engine.conversations.rows import KeyRow
from sealing import conversations as sealed
from sealing.keys import SealingError
from sealing.masters import new_data_key

GONE: Marks = frozenset({"gone"})
"""Marks that no key has: of a conversation whose person was erased, so that it is never written."""

State = dict[str, Any]


def system_clock() -> datetime:
    """The present instant, aware, UTC."""
    return datetime.now(timezone.utc)


class CannotSeal(Exception):
    """The master key at hand must not wrap, or cannot open the person's key. `reason` holds no key."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Found:
    """
    What there is of a person's conversation.

    `fault`: why a conversation that is there does not open, or why it could not be sealed again.
    """

    marks: Marks
    state: State | None = field(default=None, repr=False)
    turns: int = 0
    fault: str | None = None


class Kept:
    """Conversations of all persons in one database. Safe to share between threads."""

    def __init__(
        self, database: Database, keyring: Keyring, clock: Callable[[], datetime] = system_clock
    ) -> None:
        """clock: aware UTC instants."""
        self._database = database
        self._keyring = keyring
        self._clock = clock

    def find(self, person_id: str, *, conversation: bool = True) -> Found:
        """
        The person's key marks and conversation; only the marks if the conversation is not wanted.

        Raises DatabaseAway.
        """
        with self._database.reading() as connection:
            stored = rows.find(connection, person_id)
        if stored is None:
            return Found(NOBODY)
        try:
            data_key = self._keyring.unwrap(person_id, *stored.key)
        except SealingError as error:
            return Found(marks_of(stored.key.wrapped), turns=stored.turns, fault=_reason(error))
        found = Found(marks_of(stored.key.wrapped, data_key), turns=stored.turns)
        if stored.sealed is None or not conversation:
            return found
        try:
            state = sealed.open_state(data_key, person_id, stored.sealed)
        except SealingError as error:
            return Found(found.marks, turns=stored.turns, fault=_reason(error))
        return Found(found.marks, state, stored.turns)

    def keep(self, person_id: str, known: Marks | None, state: State, said: Sequence[Said]) -> Found:
        """
        Write the state and the turns, if the person is the one whom the conversation was read of.

        known: the marks that it was read under, None if that could not be found out: then a person without
        a key may have been erased meanwhile, and is not made known again. The answer has the marks GONE if
        nothing was written. Raises DatabaseAway, CannotSeal.
        """
        now = self._clock()
        try:
            with self._database.writing() as connection:
                key = rows.lock_key(connection, person_id)
                if key is None and known == NOBODY:
                    key = self._make_known(connection, person_id, now)
                if key is None:
                    return Found(GONE)
                data_key = self._keyring.unwrap(person_id, *key)
                marks = marks_of(key.wrapped, data_key)
                if known and not known & marks:
                    return Found(GONE)
                number = rows.turns(connection, person_id)
                for turn in said:
                    number += 1
                    box = sealed.seal_turn(data_key, person_id, number, turn)
                    rows.add_turn(connection, person_id, number, box, now)
                rows.put(connection, person_id, sealed.seal_state(data_key, person_id, state), number, now)
        except SealingError as error:
            raise CannotSeal(_reason(error)) from None
        return Found(marks, turns=number)

    def latest(self, person_id: str, most: int) -> tuple[Found, list[Said]]:
        """
        The person's key marks, and what was said in the last turns, the oldest first; nothing if it does not
        open. Raises DatabaseAway.
        """
        with self._database.reading() as connection:
            stored = rows.find(connection, person_id)
            boxes = rows.latest_turns(connection, person_id, most)
        if stored is None:
            return Found(NOBODY), []
        try:
            data_key = self._keyring.unwrap(person_id, *stored.key)
            turns = [sealed.open_turn(data_key, person_id, number, box) for number, box in reversed(boxes)]
        except SealingError as error:
            return Found(marks_of(stored.key.wrapped), turns=stored.turns, fault=_reason(error)), []
        return Found(marks_of(stored.key.wrapped, data_key), turns=stored.turns), turns

    def exists(self, person_id: str) -> bool:
        """Whether a conversation of the person is kept. Raises DatabaseAway."""
        with self._database.reading() as connection:
            return rows.exists(connection, person_id)

    def people(self) -> list[str]:
        """The pseudonyms of all whose conversation is kept. Raises DatabaseAway."""
        with self._database.reading() as connection:
            return rows.people(connection)

    def _make_known(self, connection: Connection, person_id: str, now: datetime) -> KeyRow | None:
        """A row for a new person, as the consent store makes it. Raises CannotSeal, SealingError."""
        masters = self._keyring.current()
        if not rows.may_wrap(connection, masters.master_id, now):
            masters = self._keyring.read_again()
            if not rows.may_wrap(connection, masters.master_id, now):
                raise CannotSeal(f"retired_master_key (master_key={masters.master_id})")
        key = KeyRow(*masters.wrap(person_id, new_data_key()))
        rows.add_key(connection, person_id, key, now)
        return rows.lock_key(connection, person_id)


def is_outdated(held: Remembered, found: Found) -> bool:
    """Whether the person was erased since, or somebody else wrote the conversation since."""
    erased = held.marks not in (None, NOBODY) and not held.marks & found.marks
    written = held.turns is not None and found.turns > held.turns
    return erased or written


def _reason(error: SealingError) -> str:
    """Names of files and keys, and reasons: what `sealing` puts into its errors, and nothing of a person."""
    return str(error) or type(error).__name__
