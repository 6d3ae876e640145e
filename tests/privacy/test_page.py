"""docs/privacy.md: every test that it names is there, and every table that the store has is on it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from consent_store.sql.tables import metadata

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`(tests/[\w/]+\.(?:py|yml))(?:::(\w+))?`")
STATEMENT = re.compile(r"^- .*(?:\n  .*)*", re.MULTILINE)
ABOUT_NOBODY = {"checkpoint", "controller", "master_key", "notice_current", "notice_version"}


def _missing(page: str) -> list[str]:
    """The tests that a text names and that are not there."""
    return [f"{path}::{test}" for path, test in NAMED.findall(page) if not _is_there(path, test)]


def _is_there(path: str, test: str) -> bool:
    file = ROOT / path
    if not file.is_file():
        return False
    return not test or re.search(rf"^def {test}\b", file.read_text(), re.MULTILINE) is not None


def test_every_test_that_the_page_names_is_there() -> None:
    assert len(NAMED.findall(PAGE)) >= 30
    assert _missing(PAGE) == []


def test_every_statement_names_a_test() -> None:
    promised = PAGE.partition("## The statements")[2].partition("## What this does not")[0]
    statements = STATEMENT.findall(promised)
    assert len(statements) >= 20
    assert [each for each in statements if not NAMED.search(each)] == []


def test_every_table_is_on_the_page_unless_it_is_about_nobody() -> None:
    table = PAGE.partition("| --- |")[2].partition("\n\n")[0]
    named = set(re.findall(r"`(\w+)`", table))
    assert set(metadata.tables) - ABOUT_NOBODY <= named
    assert not ABOUT_NOBODY & named


@pytest.mark.parametrize("name", ["tests/privacy/test_nothing.py", "tests/privacy/test_page.py::test_gone"])
def test_a_test_that_is_not_there_is_noticed(name: str) -> None:
    assert _missing(f"see `{name}`")
    assert not _missing("see `tests/privacy/test_page.py::test_every_statement_names_a_test`")
