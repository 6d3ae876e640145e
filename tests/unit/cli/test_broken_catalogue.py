"""Erasing, exporting and verifying go on while the catalogue is broken, in whatever way."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import programs
from programs import CatalogueInvalid, load_catalogue
from tests.unit.cli.conftest import Askfirst
from tests.unit.consent_store.kit import Person

PACKAGE = Path(programs.__file__).parent
STRANGER = "0123456789abcdef" * 2
"""Somebody who decided nothing."""


def _no_yaml(root: Path) -> None:
    (root / "lost_card" / "program.yml").write_text("id: [")


def _code_that_fails(root: Path) -> None:
    (root / "lost_card" / "help.py").write_text("raise SystemExit(3)")


def _nothing(root: Path) -> None:
    shutil.rmtree(root)


@pytest.fixture(params=[_no_yaml, _code_that_fails, _nothing], ids=lambda change: change.__name__)
def broken(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A catalogue that cannot be loaded stands where ours is."""
    root = tmp_path / "programs"
    shutil.copytree(PACKAGE, root, ignore=shutil.ignore_patterns("__pycache__"))
    change: Callable[[Path], None] = request.param
    change(root)
    monkeypatch.setattr("programs.loading.loader.PACKAGE", root)
    with pytest.raises(CatalogueInvalid):
        load_catalogue()
    return change.__name__


@pytest.mark.usefixtures("broken")
def test_a_person_is_erased_and_the_certificate_names_who_is_responsible(
    askfirst: Askfirst, anna: Person
) -> None:
    certificate = askfirst.json("consent", "erase", anna.person_id, "--yes")
    assert (certificate["verified"], certificate["controller"]["id"]) == (True, "harbour_bank")
    assert not anna.store.overview(anna.person_id).decisions


@pytest.mark.usefixtures("broken")
def test_a_person_is_exported_with_their_values(askfirst: Askfirst, anna: Person) -> None:
    assert "1200.50" in askfirst("consent", "export", anna.person_id).stdout


@pytest.mark.usefixtures("broken")
@pytest.mark.parametrize("command", ["show", "history", "withdraw"])
def test_a_persons_rights_do_not_wait(askfirst: Askfirst, anna: Person, command: str) -> None:
    every = ("--all", "--yes") if command == "withdraw" else ()
    assert askfirst("consent", command, anna.person_id, *every).exit_code == 0


@pytest.mark.usefixtures("broken", "anna")
def test_the_ledger_is_verified(askfirst: Askfirst) -> None:
    assert askfirst("ledger", "verify").exit_code == 0


def test_a_receipt_needs_only_who_is_responsible(askfirst: Askfirst, anna: Person, broken: str) -> None:
    shown = askfirst("receipt", "show", anna.person_id)
    if broken == "_nothing":
        assert "The catalogue has faults" in shown.stderr
    else:
        assert "of Harbour Bank" in shown.stdout


def test_somebody_unknown_to_the_ledger_is_erased_too(
    askfirst: Askfirst, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, anna: Person
) -> None:
    monkeypatch.setattr("programs.loading.loader.PACKAGE", tmp_path / "nowhere")
    anna.store.record_hand_over(STRANGER, "widget", None)
    certificate = askfirst.json("consent", "erase", STRANGER, "--yes")
    assert (certificate["verified"], certificate["controller"]["id"]) == (True, "unknown")
