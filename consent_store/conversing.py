"""
What is kept of conversations: sealed with each person's own key, and gone with it.

"Forget me" happens inside a turn, while the assistant holds the conversation and keeps it afterwards. So
whoever keeps one says under which key it was read: if that is gone or another one by then, nothing of it is
written. Check and write are one transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from consent_store.errors import StoreUnavailable, VaultUnreadable
from consent_store.part import Part
from consent_store.recognising import GONE, NOBODY, Marks, marks_of
from consent_store.sql import conversations, opening, people
from consent_store.sql.conversations import Stored
from consent_store.sql.database import Transaction
from consent_store.vault import Vault, our_errors
from sealing.conversations import open_state, open_turn, seal_state, seal_turn

State = Mapping[str, Any]
Said = Mapping[str, Any]


@dataclass(frozen=True)
class Found:
    """
    What there is of a person's conversation.

    `fault`: why a conversation that is there does not open.
    """

    marks: Marks
    state: State | None = field(default=None, repr=False)
    turns: int = 0
    fault: str | None = None


@dataclass(frozen=True)
class Writing:
    """A transaction about one person, whose data key (32 bytes) is at hand and cannot go before it ends."""

    tx: Transaction
    person_id: str
    data_key: bytes = field(repr=False)
    marks: Marks


Alongside = Callable[[Writing], None]
"""Writes what must be kept together with a conversation, or not at all."""


class Conversing(Part):
    """The store's methods about what was said."""

    def find_conversation(self, person_id: str, *, state: bool = True) -> Found:
        """
        The marks of the person's key and their conversation; only the marks if the state is not wanted.

        Raises StoreUnavailable.
        """
        return self.database.read(lambda tx: _find(tx, self.vault, person_id, state=state))

    def keep_conversation(
        self,
        person_id: str,
        known: Marks | None,
        state: State,
        said: Sequence[Said],
        alongside: Alongside | None = None,
    ) -> Found:
        """
        Keep the state, and what was said since, a turn each, if the person is the one whom it was read of.

        known: the marks that it was read under, None if that could not be found out: then a person without
        a key may have been erased meanwhile, and is not made known again, and a conversation that is kept
        stays as it is (StoreUnavailable): what was not read is not empty. The answer has the marks GONE if
        nothing was written. Raises StoreUnavailable, VaultUnreadable, KeyRefused.
        """
        return self.database.write(
            lambda tx: keep(tx, self.vault, person_id, known, state, said, alongside=alongside)
        )

    def latest_turns(self, person_id: str, most: int) -> tuple[Found, Sequence[Said]]:
        """
        The marks of the person's key, and what was said in the last turns, the oldest first; nothing if it
        does not open. Raises StoreUnavailable.
        """
        return self.database.read(lambda tx: _latest(tx, self.vault, person_id, most))

    def has_conversation(self, person_id: str) -> bool:
        """Whether a conversation of the person is kept. Raises StoreUnavailable."""
        found = self.database.read(lambda tx: conversations.find(tx, person_id))
        return found is not None and found.sealed is not None

    def who_conversed(self) -> Sequence[str]:
        """All persons whose conversation is kept. Raises StoreUnavailable."""
        return self.database.read(conversations.persons)


def keep(
    tx: Transaction,
    vault: Vault,
    person_id: str,
    known: Marks | None,
    state: State,
    said: Sequence[Said],
    *,
    alongside: Alongside | None = None,
) -> Found:
    """As `Conversing.keep_conversation`, in this transaction."""
    writing = writing_about(tx, vault, person_id, makes_known=known == NOBODY)
    if writing is None or (known and not known & writing.marks):
        return Found(GONE)
    before = conversations.turns(tx, person_id)
    if known is None and before:
        raise StoreUnavailable("the_conversation_was_not_read")
    for number, turn in enumerate(said, before + 1):
        conversations.add_turn(tx, person_id, number, seal_turn(writing.data_key, person_id, number, turn))
    now = before + len(said)
    conversations.put(tx, person_id, seal_state(writing.data_key, person_id, state), now)
    if alongside is not None:
        alongside(writing)
    return Found(writing.marks, turns=now)


def writing_about(tx: Transaction, vault: Vault, person_id: str, *, makes_known: bool) -> Writing | None:
    """
    The person's key, once nobody else writes about them; until the transaction ends nobody does.

    makes_known: whether a person without a key gets one. None if there is none, or they are erased right now.
    Raises VaultUnreadable, KeyRefused.
    """
    key = opening.lock_key(tx, person_id)
    if key is None and makes_known:
        people.ensure(tx, person_id, vault)
        key = opening.lock_key(tx, person_id)
    if key is None:
        return None
    data_key = vault.person_key(person_id, key.master_id, key.key)
    return Writing(tx, person_id, data_key, marks_of(key.key, data_key))


def _find(tx: Transaction, vault: Vault, person_id: str, *, state: bool) -> Found:
    stored = conversations.find(tx, person_id)
    if stored is None:
        return Found(NOBODY)
    found, data_key = _opened(stored, vault, person_id)
    if data_key is None or stored.sealed is None or not state:
        return found
    try:
        with our_errors():
            return Found(found.marks, open_state(data_key, person_id, stored.sealed), stored.turns)
    except VaultUnreadable as error:
        return Found(found.marks, turns=stored.turns, fault=str(error))


def _latest(tx: Transaction, vault: Vault, person_id: str, most: int) -> tuple[Found, Sequence[Said]]:
    stored = conversations.find(tx, person_id)
    if stored is None:
        return Found(NOBODY), []
    found, data_key = _opened(stored, vault, person_id)
    if data_key is None:
        return found, []
    boxes = conversations.latest_turns(tx, person_id, most)
    try:
        with our_errors():
            return found, [open_turn(data_key, person_id, number, box) for number, box in reversed(boxes)]
    except VaultUnreadable as error:
        return Found(found.marks, turns=stored.turns, fault=str(error)), []


def _opened(stored: Stored, vault: Vault, person_id: str) -> tuple[Found, bytes | None]:
    """The marks with the data key; without it, why."""
    try:
        data_key = vault.person_key(person_id, stored.key.master_id, stored.key.key)
    except VaultUnreadable as error:
        return Found(marks_of(stored.key.key), turns=stored.turns, fault=str(error)), None
    return Found(marks_of(stored.key.key, data_key), turns=stored.turns), data_key
