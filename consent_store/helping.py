"""
Helps: beginning, going on, ending. What was given for one help only goes when that help ends.

A help that was silent for 30 minutes is over by the clock, whether or not anything ran in between.
"""

from __future__ import annotations

from typing import get_args

from consent_store.errors import HelpNotCurrent
from consent_store.model import HelpSession, Offer
from consent_store.part import Part, follow, new_id
from consent_store.sql import helps, people, requests, states, uses, values
from consent_store.sql.database import Transaction
from consent_store.validity import SILENCE, is_current


class Helping(Part):
    """The store's methods about helps."""

    def begin_help(self, person_id: str, program_id: str, channel: str) -> HelpSession:
        """
        Begin a help for the person. Any earlier one of theirs ends, with its grants and values for that
        help only.

        Raises StoreUnavailable.
        """

        def work(tx: Transaction) -> HelpSession:
            people.ensure(tx, person_id, self.vault)
            earlier = helps.find_open(tx, person_id)
            if earlier is not None:
                end(tx, earlier, "next_need" if is_current(earlier, tx.now) else "silence")
            session = HelpSession(new_id(), person_id, program_id, channel, tx.now, tx.now)
            helps.add(tx, session)
            return session

        return self.database.write(work)

    def current_help(self, person_id: str) -> HelpSession | None:
        """
        The person's help, or None if there is none, it ended, or was silent for 30 minutes.

        A silent one is ended here, and its values are deleted. Asking does not count as a word from the
        person.
        """
        session, now = self.database.read(lambda tx: (helps.find_open(tx, person_id), tx.now))
        if session is None or is_current(session, now):
            return session
        return self.database.write(lambda tx: _end_if_silent(tx, person_id))

    def touch_help(self, help_id: str) -> None:
        """The person said something. A help that is over is not brought back."""
        self.database.write(lambda tx: helps.touch(tx, help_id, not_silent_since=tx.now - SILENCE))

    def set_offer(self, help_id: str, offer: Offer) -> None:
        """
        Keep what the person said to the offer of tailored help.

        Raises HelpNotCurrent for an unknown help.
        """
        if offer not in get_args(Offer):
            raise ValueError("offer must be open, accepted or declined")

        def work(tx: Transaction) -> None:
            _known(tx, help_id)
            helps.set_offer(tx, help_id, offer)

        self.database.write(work)

    def count_unclear(self, help_id: str) -> int:
        """One more unclear answer in a row; returns how many there are now. Raises HelpNotCurrent."""

        def work(tx: Transaction) -> int:
            session = _known(tx, help_id)
            people.lock(tx, session.person_id)
            count = _known(tx, help_id).unclear_count + 1
            helps.set_unclear(tx, help_id, count)
            return count

        return self.database.write(work)

    def reset_unclear(self, help_id: str) -> None:
        """An answer was clear: count from none again."""
        self.database.write(lambda tx: helps.set_unclear(tx, help_id, 0))

    def end_help(self, person_id: str, reason: str) -> None:
        """End the person's help, if there is one; its grants and values for that help only go at once."""

        def work(tx: Transaction) -> None:
            people.lock(tx, person_id)
            session = helps.find_open(tx, person_id)
            if session is not None:
                end(tx, session, reason)

        self.database.write(work)

    def record_feedback(
        self, help_id: str, *, helped: bool | None = None, intrusive: bool | None = None
    ) -> None:
        """
        Keep what the person thought of the help; None leaves it as it was.

        Raises HelpNotCurrent if unknown.
        """

        def work(tx: Transaction) -> None:
            person_id = _known(tx, help_id).person_id
            people.lock(tx, person_id)
            uses.put_feedback(tx, help_id, person_id, helped=helped, intrusive=intrusive)

        self.database.write(work)


def end(tx: Transaction, session: HelpSession, reason: str) -> int:
    """
    End the help in this transaction: values deleted, grants expired, its request closed.

    Returns values deleted.
    """
    deleted = values.drop_of_help(tx, session.help_id)
    for decision in states.bound_to_help(tx, session.help_id):
        follow(tx, decision, "help_ended", "expired")
    requests.close_open(tx, session.person_id, "help_ended")
    helps.close(tx, session.help_id, reason)
    return deleted


def _end_if_silent(tx: Transaction, person_id: str) -> HelpSession | None:
    people.lock(tx, person_id)
    session = helps.find_open(tx, person_id)
    if session is None or is_current(session, tx.now):
        return session
    end(tx, session, "silence")
    return None


def _known(tx: Transaction, help_id: str) -> HelpSession:
    session = helps.find(tx, help_id)
    if session is None:
        raise HelpNotCurrent("unknown_help", help=help_id)
    return session
