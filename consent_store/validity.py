"""
Whether a decision holds now: pure rules over facts and an instant. Absence is "no"; expired is "no".

The gate asks `closed_because` and nothing else. Source: rules 5, 7, 8, 9, 10 of the consent rules.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from consent_store.model import Finding, HelpSession, Key, Status, purposes_of

SILENCE = timedelta(minutes=30)
"""A help ends after this long without a word from the person."""

REQUEST_TERM = timedelta(minutes=30)
"""A permission request may be answered for this long."""

CLOCK_TOLERANCE = timedelta(seconds=5)
"""How far the clocks of two machines may differ before an instant counts as not reached yet."""


def is_current(help_session: HelpSession, now: datetime) -> bool:
    """
    Whether the help goes on: not ended, and a word from the person within the last 30 minutes.

    A word from the future does not count: where the clock was set back, a help is over, not longer.
    """
    silence = now - help_session.last_seen_at
    return help_session.ended_at is None and -CLOCK_TOLERANCE <= silence < SILENCE


def help_closed_because(
    help_session: HelpSession | None, *, person_id: str, program_id: str, now: datetime
) -> str | None:
    """Why nothing may be used in this help; None if it is the person's own, current and of this program."""
    if help_session is None or help_session.person_id != person_id:
        return "no_help"
    if not is_current(help_session, now):
        return "help_ended"
    return None if help_session.program_id == program_id else "other_program"


def closed_because(
    finding: Finding | None, key: Key, *, person_id: str, program_id: str, help_id: str, now: datetime
) -> str | None:
    """
    Why the gate stays closed for this person, purpose and item; None when the decision is valid now.

    `program_id` and `help_id` name the help that wants to use the item.
    """
    if key[0] not in purposes_of(program_id):
        return "other_purpose"
    if finding is None:
        return "unasked"
    decision = finding.decision
    if decision.person_id != person_id or decision.key != key:
        return "other_decision"
    if decision.status == "unasked" and finding.granted_epoch != finding.current_epoch:
        return "notice_changed"
    if decision.status != "given":
        return decision.status
    return _lapsed_because(finding, help_id, now)


def _lapsed_because(finding: Finding, help_id: str, now: datetime) -> str | None:
    decision = finding.decision
    if decision.help_id is None and decision.expires_at is None:
        return "no_term"
    if decision.help_id is not None and decision.help_id != help_id:
        return "help_ended"
    if decision.expires_at is not None and now >= decision.expires_at:
        return "expired"
    if now < decision.decided_at - CLOCK_TOLERANCE:
        return "not_yet_given"
    if finding.granted_epoch != finding.current_epoch:
        return "notice_changed"
    return None


def value_withheld_because(finding: Finding, *, help_id: str, now: datetime) -> str | None:
    """Why a kept value may not be read although the decision holds; None if it may."""
    value = finding.value
    if value is None:
        return "no_value"
    if value.help_id is not None and value.help_id != help_id:
        return "help_ended"
    if value.expires_at is not None and now >= value.expires_at:
        return "expired"
    return None


def status_for_help(
    finding: Finding | None, help_session: HelpSession | None, *, requested: bool, now: datetime
) -> Status:
    """
    Where an item stands for a help: what the person would be told.

    Refusals and withdrawals outlive the help; "not now" and grants for one help only do not.
    """
    status = _standing(finding, help_session, now)
    return "requested" if requested and status in ("unasked", "expired") else status


def _standing(finding: Finding | None, help_session: HelpSession | None, now: datetime) -> Status:
    if finding is None:
        return "unasked"
    decision = finding.decision
    if decision.status in ("refused", "withdrawn", "unasked", "requested"):
        return decision.status
    if decision.help_id is not None and (help_session is None or decision.help_id != help_session.help_id):
        return "unasked"
    if decision.status == "given":
        return _standing_grant(finding, help_session, now)
    return decision.status


def _standing_grant(finding: Finding, help_session: HelpSession | None, now: datetime) -> Status:
    bound = finding.decision.help_id is not None
    if bound and (help_session is None or not is_current(help_session, now)):
        return "expired"
    lapsed = _lapsed_because(finding, help_session.help_id if help_session else "", now)
    if lapsed is None:
        return "given"
    return "unasked" if lapsed == "notice_changed" else "expired"
