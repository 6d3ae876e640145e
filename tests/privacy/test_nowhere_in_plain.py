"""
What people tell by any way lies nowhere in plain: no file, no table, no log, no answer to a mistake.

The control shows that the scanner would find it: there Rasa keeps and logs as it does without us.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.contract import raw
from tests.privacy.scanner import Find, Scanner
from tests.privacy.words import entering, everything

if TYPE_CHECKING:
    from tests.privacy.conftest import Kept

pytestmark = pytest.mark.live


def _found(kept: Kept) -> set[Find]:
    scanner = Scanner(everything())
    in_output = scanner.in_bytes("the terminal", kept.output.encode())
    return in_output | scanner.in_files(kept.var) | scanner.in_tables(kept.database_url)


def _holds_something(kept: Kept) -> None:
    """Else finding nothing would mean nothing."""
    for table in ("conversation", "conversation_turn", "consent_event", "personal_data"):
        assert raw.count(kept.database_url, table) >= 2, table


def test_nothing_that_was_told_lies_in_plain_anywhere_below_var(sealed: Kept) -> None:
    _holds_something(sealed)
    assert _listed(_found(sealed)) == []


@pytest.mark.full
def test_nothing_lies_in_plain_in_a_postgresql(in_postgresql: Kept) -> None:
    _holds_something(in_postgresql)
    assert _listed(_found(in_postgresql)) == []


def test_logs_are_written_at_the_lowest_level_all_the_same(sealed: Kept) -> None:
    log = (sealed.var / "log" / "rasa.log").read_text()
    assert log.count(" DEBUG ") > 500
    assert "processor.actions.log" in log
    assert "Traceback" not in log


def test_the_scanner_finds_it_all_where_rasa_keeps_and_logs_by_itself(control: Kept) -> None:
    scanner = Scanner(entering().values())
    kept = {find.text for find in scanner.in_bytes("", (control.var / "stock.db").read_bytes())}
    logged = {find.text for find in scanner.in_bytes("", (control.var / "log" / "rasa.log").read_bytes())}
    assert {way: each for way, each in entering().items() if each not in kept} == {}
    assert {way: each for way, each in entering().items() if each not in logged} == {}


def _listed(found: set[Find]) -> list[str]:
    return sorted(map(str, found))
