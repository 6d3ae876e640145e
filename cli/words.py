"""
Keys, states and instants in words, for tables. What the catalogue no longer knows is shown by its key.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from consent_store import DecisionView, HistoryLine
from programs import Catalogue

_HAPPENED = {
    "help_ended": "expired: the help ended",
    "term_ended": "expired: its time was over",
    "reopened": "opened: may be asked again",
}


class Names:
    """The names of items, purposes and programs."""

    def __init__(self, catalogue: Catalogue | None) -> None:
        self._items = catalogue.items if catalogue else {}
        self._programs = catalogue.programs if catalogue else {}

    def item(self, key: str) -> str:
        """What the item is called."""
        return self._items[key].name if key in self._items else key

    def purpose(self, key: str) -> str:
        """What the item is for: helping, or being remembered for the next time."""
        program = self._programs.get(key.removesuffix(".remember"))
        if program is None:
            return key
        return program.remember_purpose if key == program.remember_purpose_key else program.purpose

    def program(self, key: str) -> str:
        """What the help program is called."""
        return self._programs[key].name if key in self._programs else key

    def spoken(self) -> Mapping[str, str]:
        """All words by item, purpose and program id; a program and its purpose have the same id."""
        named = {key: item.name for key, item in self._items.items()}
        for program in self._programs.values():
            named[program.purpose_key] = program.purpose
            named[program.remember_purpose_key] = program.remember_purpose
        return named


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
