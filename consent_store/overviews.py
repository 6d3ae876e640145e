"""
How decisions stand now, as the person would be told, over all identities of one person. Never a value.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from consent_store.model import Finding, HelpSession, Key
from consent_store.sql import helps, states
from consent_store.sql.database import Transaction
from consent_store.validity import is_current, status_for_help, value_withheld_because
from consent_store.views import DecisionView


def decision_views(tx: Transaction, person_ids: Sequence[str]) -> tuple[DecisionView, ...]:
    """
    What stands for each purpose and item. The first identity stands for the person.

    Of the others only what the first knows nothing of, and what was given there, is shown.
    """
    stands: dict[Key, DecisionView] = {}
    for person_id in person_ids:
        for view in _views(tx, person_id):
            if view.key not in stands or (view.status == "given" and stands[view.key].status != "given"):
                stands[view.key] = view
    return tuple(stands.values())


def _views(tx: Transaction, person_id: str) -> Iterator[DecisionView]:
    session = helps.find_open(tx, person_id)
    for finding in states.findings(tx, person_id).values():
        if finding.decision.status != "unasked":
            yield _view(tx, finding, session)


def _view(tx: Transaction, finding: Finding, session: HelpSession | None) -> DecisionView:
    decision = finding.decision
    status = status_for_help(finding, session, requested=False, now=tx.now)
    if status == "unasked":
        status = "deferred" if decision.status == "deferred" else "expired"
    help_id = session.help_id if session is not None and is_current(session, tx.now) else ""
    has_value = status == "given" and value_withheld_because(finding, help_id=help_id, now=tx.now) is None
    return DecisionView(
        decision.purpose, decision.item, status, decision.decided_at, decision.expires_at, has_value
    )
