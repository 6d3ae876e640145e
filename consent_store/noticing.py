"""
Bringing a notice into force, and what a material change of it ends: permissions, values, questions.

What ended stays ended when the former notice comes back. Must never end a refusal.
"""

from __future__ import annotations

from consent_store.model import Key
from consent_store.notice import NoticeLike
from consent_store.part import follow
from consent_store.sql import notices, people, requests, states, values
from consent_store.sql.database import Transaction


def register(tx: Transaction, notice: NoticeLike) -> str:
    """Make the notice the one in force; returns its id. Raises NoticeInvalid."""
    key = (notice.purpose, notice.item)
    asked = True

    def change() -> None:
        """Questions are closed before only: one that the new notice overtakes says so when it is answered."""
        nonlocal asked
        if asked:
            requests.close_under_a_former_notice(tx, key)
        asked = False
        end_under_a_former_notice(tx, key)

    return notices.register(tx, notice, when_it_changes=change)


def end_under_a_former_notice(tx: Transaction, key: Key | None = None) -> tuple[int, int]:
    """
    End the grants, of that key or all, whose notice has seen a material change since, and delete their
    values; returns how many of each.
    """
    found = states.under_a_former_notice(tx, key)
    if not found:
        return 0, 0
    people.lock_several(tx, sorted({one.person_id for one in found}))
    ended = [follow(tx, one, "notice_changed", "unasked") for one in states.under_a_former_notice(tx, key)]
    return len(ended), sum(values.drop(tx, one.person_id, one.key) for one in ended)
