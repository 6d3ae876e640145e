"""
Rectifying: the person corrects a value that is kept.

It needs the same valid decision as keeping it did, prolongs nothing, and leaves nothing of the former value.
"""

from __future__ import annotations

from consent_store.errors import ConsentMissing
from consent_store.gate import seal_and_keep
from consent_store.model import Finding, HelpSession, Key
from consent_store.part import Part, new_id
from consent_store.sql import helps, links, marks, people, states
from consent_store.sql.database import Transaction
from consent_store.validity import closed_because, is_current, value_withheld_because


class Rectifying(Part):
    """The store's method to correct a value."""

    def rectify(self, person_id: str, purpose: str, item: str, value_text: str) -> None:
        """
        Replace a kept value by what the person says is right; its term stays as it was.

        That it was corrected is noted, never from what or to what. Raises ConsentMissing if no value is kept
        for this purpose and item, or no decision allows it now. The caller checks the value itself.
        """

        def work(tx: Transaction) -> None:
            root = links.resolve(tx, person_id)
            people.lock(tx, root)
            finding = _kept(tx, root, (purpose, item))
            seal_and_keep(tx, self.vault, finding, value_text)
            marks.note(tx, new_id(), root, "rectified", purpose=purpose, item=item)

        self.database.write(work)


def _kept(tx: Transaction, person_id: str, key: Key) -> Finding:
    """The valid grant with its kept value. Raises ConsentMissing."""
    finding = states.findings(tx, person_id, [key]).get(key)
    help_id = _help_id(helps.find_open(tx, person_id), tx)
    reason = closed_because(
        finding,
        key,
        person_id=person_id,
        program_id=key[0].removesuffix(".remember"),
        help_id=help_id,
        now=tx.now,
    )
    if reason is None and finding is not None:
        reason = value_withheld_because(finding, help_id=help_id, now=tx.now)
    if reason is not None or finding is None:
        raise ConsentMissing(reason or "unasked", purpose=key[0], item=key[1])
    return finding


def _help_id(session: HelpSession | None, tx: Transaction) -> str:
    """The help that goes on now; a grant for one help only is valid in that one alone."""
    return session.help_id if session is not None and is_current(session, tx.now) else ""
