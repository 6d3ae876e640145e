"""
States and instants in words, for tables. Names are in `programs.naming`.
"""

from __future__ import annotations

from datetime import datetime

from consent_store import DecisionView, HistoryLine

_HAPPENED = {
    "help_ended": "expired: the help ended",
    "term_ended": "expired: its time was over",
    "notice_changed": "ended: what it was given for has changed",
    "reopened": "opened: may be asked again",
}


def moment(at: datetime | None) -> str:
    """An instant for people: 2026-05-03 10:00 UTC. Blank for none."""
    return at.strftime("%Y-%m-%d %H:%M UTC") if at else ""


def until(decision: DecisionView) -> str:
    """Until when a grant holds; blank for what is no grant."""
    if decision.status != "given":
        return ""
    return moment(decision.expires_at) if decision.expires_at else "the help ends"


def happened(line: HistoryLine) -> str:
    """What a record of the ledger says."""
    if line.kind in ("answered", line.status):
        return line.status
    return _HAPPENED.get(line.kind, f"{line.kind.replace('_', ' ')}: {line.status}")


def how(line: HistoryLine) -> str:
    """In which channel, and by a button or by words; blank for what the clock did."""
    if line.channel is None:
        return ""
    return f"{line.channel}, {'button' if line.button else 'words'}"
