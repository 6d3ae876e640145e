"""A receipt is checked with the public key alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from consent_store import ConsentStore
from consent_store.signing import Signer
from tests.unit.cli.conftest import SENDER, Askfirst
from tests.unit.consent_store.kit import FakeNotice, Person
from tests.unit.consent_store.receipts.samples import SIGNER, issue

PUBLIC = SIGNER.public_key


@pytest.fixture
def receipt(anna: Person, tmp_path: Path) -> Path:
    path = tmp_path / "receipt.json"
    path.write_text(json.dumps(issue(anna.store, anna.person_id)), encoding="utf-8")
    return path


@pytest.fixture
def nowhere(tmp_path: Path) -> Askfirst:
    """A machine without a store and without keys."""
    return Askfirst(tmp_path / "nothing here")


def test_a_genuine_receipt_is_verified_without_store_and_keys(nowhere: Askfirst, receipt: Path) -> None:
    verdict = nowhere.json("receipt", "verify", str(receipt), "--public-key", PUBLIC)
    assert verdict == {"ok": True, "reasons": []}
    assert "genuine" in nowhere("receipt", "verify", str(receipt), "--public-key", PUBLIC).stdout
    assert not nowhere.var.exists()


def test_the_public_key_may_be_a_file(nowhere: Askfirst, receipt: Path, tmp_path: Path) -> None:
    (tmp_path / "public.txt").write_text(PUBLIC + "\n", encoding="ascii")
    result = nowhere("receipt", "verify", str(receipt), "--public-key", str(tmp_path / "public.txt"))
    assert result.exit_code == 0


def changed(document: dict[str, Any]) -> str:
    document["records"][0]["item"] = "something else"
    return json.dumps(document)


@pytest.mark.parametrize("rewrite", [changed, lambda _: "[]", lambda _: "no JSON", lambda _: ""])
def test_anything_else_is_not_relied_on(nowhere: Askfirst, receipt: Path, rewrite: Any) -> None:
    receipt.write_text(rewrite(json.loads(receipt.read_text(encoding="utf-8"))), encoding="utf-8")
    verdict = nowhere.json("receipt", "verify", str(receipt), "--public-key", PUBLIC, exit_code=1)
    assert not verdict["ok"]
    assert verdict["reasons"]


def test_another_key_does_not_verify_it(nowhere: Askfirst, receipt: Path) -> None:
    other = "A" * 43
    assert nowhere("receipt", "verify", str(receipt), "--public-key", other).exit_code == 1


@pytest.mark.parametrize("key", ["", "short", "ü" * 43, "no/such/file"])
def test_what_is_no_key_is_told_as_such(nowhere: Askfirst, receipt: Path, key: str) -> None:
    result = nowhere("receipt", "verify", str(receipt), "--public-key", key)
    assert result.exit_code == 2
    assert "no public key" in result.stderr


def test_a_missing_file_is_told_as_such(nowhere: Askfirst, tmp_path: Path) -> None:
    result = nowhere("receipt", "verify", str(tmp_path / "none.json"), "--public-key", PUBLIC)
    assert result.exit_code == 2
    assert "none.json" in result.stderr


def test_files_count_from_where_the_caller_stands(
    nowhere: Askfirst, receipt: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASKFIRST_CALLED_FROM", str(receipt.parent))
    assert nowhere("receipt", "verify", receipt.name, "--public-key", PUBLIC).exit_code == 0


def test_a_receipt_that_was_shown_verifies(askfirst: Askfirst, anna: Person, tmp_path: Path) -> None:
    document = askfirst.json("receipt", "show", "--channel", "rest", "--id", SENDER)
    (tmp_path / "own.json").write_text(json.dumps(document), encoding="utf-8")
    public_key = Signer.from_folder(askfirst.var / "keys").public_key
    verdict = askfirst.json("receipt", "verify", str(tmp_path / "own.json"), "--public-key", public_key)
    assert verdict["ok"]
    assert SENDER not in json.dumps(document)
    assert "1200" not in json.dumps(document)


def test_a_receipt_in_words_has_the_words_that_the_person_saw(askfirst: Askfirst, anna: Person) -> None:
    shown = askfirst("receipt", "show", anna.person_id).stdout
    assert "Harbour Bank" in shown
    assert FakeNotice().item_name in shown
    assert "given" in shown


def test_who_decided_nothing_has_no_receipt(askfirst: Askfirst, store: ConsentStore) -> None:
    Person(store, "0" * 32).begin()
    assert askfirst("receipt", "show", "0" * 32).exit_code == 2
