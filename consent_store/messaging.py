"""
The journal of messages on their way: what was taken is there before the app hears so, and what is to be sent
is there with the turn that said it.

Content is sealed with the person's key and goes with it. Must never note an event twice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from consent_store.conversing import Writing, writing_about
from consent_store.opening import Opener
from consent_store.part import Part
from consent_store.sql import messages, people
from consent_store.sql.database import Transaction
from consent_store.vault import Vault, our_errors
from sealing.conversations import open_message, seal_message

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

    number: int | None
    letters: Sequence[Content] = field(repr=False)
    thread: Content = field(repr=False)


class Messaging(Part):
    """The store's methods about messages on their way."""

    def take_messages(self, events: Sequence[Taken]) -> Sequence[Noted]:
        """Note events. Raises StoreUnavailable, VaultUnreadable, KeyRefused; then none is noted."""
        return self.database.write(lambda tx: [_take(tx, self.vault, event) for event in events])

    def leave_messages(self, person_id: str, numbers: Sequence[int], thread: Content | None = None) -> None:
        """
        Note that messages are handled or sent, and what the app shows now, if the person is still there.

        Raises StoreUnavailable, VaultUnreadable.
        """

        def work(tx: Transaction) -> None:
            if thread is None:
                people.lock(tx, person_id)
            else:
                writing = writing_about(tx, self.vault, person_id, makes_known=False)
                if writing is not None:
                    _put_thread(writing, thread)
            messages.remove(tx, person_id, numbers)

        self.database.write(work)

    def thread_of(self, person_id: str) -> Content | None:
        """What the app showed last; None if that is not known. Raises StoreUnavailable, VaultUnreadable."""

        def work(tx: Transaction) -> Content | None:
            sealed = messages.find_thread(tx, person_id)
            data_key = None if sealed is None else people.data_key(tx, person_id, self.vault)
            if sealed is None or data_key is None:
                return None
            with our_errors():
                return open_message(data_key, person_id, THREAD, sealed)

        return self.database.read(work)

    def messages_left_over(self, app: str) -> Sequence[Waiting]:
        """
        What was on its way in this app when the process before ended, in order, counted as tried once more.

        What does not open any more is left to the sweep. Raises StoreUnavailable.
        """

        def work(tx: Transaction) -> Sequence[Waiting]:
            rows = messages.waiting(tx)
            openers = {one: Opener.of(tx, self.vault, one) for one in {row.person_id for row in rows}}
            opened = [(row, openers[row.person_id].message(row.direction, row.sealed) or {}) for row in rows]
            ours = [
                Waiting(row.number, row.person_id, row.direction, row.attempts, content)
                for row, content in opened
                if content.get(APP) == app
            ]
            messages.count_attempt(tx, [one.number for one in ours])
            return ours

        return self.database.write(work)


def answer(writing: Writing, done: Answered) -> Sequence[int]:
    """Note, in the transaction of a turn, that a message was answered; returns the numbers of its letters."""
    if done.number is not None:
        messages.remove(writing.tx, writing.person_id, [done.number])
    _put_thread(writing, done.thread)
    return [_add(writing, OUT, letter) for letter in done.letters]


def _take(tx: Transaction, vault: Vault, event: Taken) -> Noted:
    if not messages.see(tx, event.event_key):
        return Noted(new=False)
    if event.content is None:
        return Noted(new=True)
    writing = writing_about(tx, vault, event.person_id, makes_known=True)
    if writing is None:  # erased in this very moment: the message begins anew, from memory
        return Noted(new=True)
    return Noted(True, _add(writing, IN, event.content))


def _add(writing: Writing, direction: str, content: Content) -> int:
    sealed = seal_message(writing.data_key, writing.person_id, direction, content)
    return messages.add(writing.tx, writing.person_id, direction, sealed)


def _put_thread(writing: Writing, thread: Content) -> None:
    sealed = seal_message(writing.data_key, writing.person_id, THREAD, thread)
    messages.put_thread(writing.tx, writing.person_id, sealed)
