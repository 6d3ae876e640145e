"""
A person's conversation in the database: opened and sealed with their key, and gone with it.

"Forget me" happens inside a turn, while Rasa holds the conversation and saves it afterwards. So whoever keeps
one says under which key it was read: if that is gone or another one by then, nothing of it is written. Check
and write are one transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, NamedTuple

from engine.conversations import rows
from engine.conversations.alongside import Alongside
from engine.conversations.database import Database
from engine.conversations.keyring import NOBODY, Keyring, Marks, marks_of
from engine.conversations.knowing import CannotSeal, make_known, reason_of
from engine.conversations.memory import Remembered, Said
from sealing import conversations as sealed
from sealing.keys import SealingError

GONE: Marks = frozenset({"gone"})
"""Marks that no key has: of a conversation whose person was erased, so that it is never written."""

State = dict[str, Any]


def system_clock() -> datetime:
    """The present instant, aware, UTC."""
    return datetime.now(UTC)


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


class Place(NamedTuple):
    """Where everything is kept, and what opens it; shared with what is kept alongside."""

    database: Database
    keyring: Keyring


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
            return Found(marks_of(stored.key.wrapped), turns=stored.turns, fault=reason_of(error))
        found = Found(marks_of(stored.key.wrapped, data_key), turns=stored.turns)
        if stored.sealed is None or not conversation:
            return found
        try:
            state = sealed.open_state(data_key, person_id, stored.sealed)
        except SealingError as error:
            return Found(found.marks, turns=stored.turns, fault=reason_of(error))
        return Found(found.marks, state, stored.turns)

    def keep(
        self,
        person_id: str,
        known: Marks | None,
        state: State,
        said: Sequence[Said],
        alongside: Alongside | None = None,
    ) -> Found:
        """
        Write the state and the turns, if the person is the one whom the conversation was read of.

        known: the marks that it was read under, None if that could not be found out: then a person without
        a key may have been erased meanwhile, and is not made known again. alongside: writes what must be kept
        together with it, in the same transaction. The answer has the marks GONE if nothing was written.
        Raises DatabaseAway, CannotSeal.
        """
        now = self._clock()
        try:
            with self._database.writing() as connection:
                key = rows.lock_key(connection, person_id)
                if key is None and known == NOBODY:
                    key = make_known(connection, self._keyring, person_id, now)
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
                if alongside is not None:
                    alongside(connection, data_key, now)
        except SealingError as error:
            raise CannotSeal(reason_of(error)) from None
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
            return Found(marks_of(stored.key.wrapped), turns=stored.turns, fault=reason_of(error)), []
        return Found(marks_of(stored.key.wrapped, data_key), turns=stored.turns), turns

    def exists(self, person_id: str) -> bool:
        """Whether a conversation of the person is kept. Raises DatabaseAway."""
        with self._database.reading() as connection:
            return rows.exists(connection, person_id)

    def people(self) -> list[str]:
        """The pseudonyms of all whose conversation is kept. Raises DatabaseAway."""
        with self._database.reading() as connection:
            return rows.people(connection)


def is_outdated(held: Remembered, found: Found) -> bool:
    """Whether the person was erased since, or somebody else wrote the conversation since."""
    erased = held.marks not in (None, NOBODY) and not held.marks & found.marks
    written = held.turns is not None and found.turns > held.turns
    return erased or written
