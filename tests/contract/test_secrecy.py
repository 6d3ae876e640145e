"""No value and no word of a person is in any file of the store, in any usual spelling."""

from __future__ import annotations

import base64
import logging
from pathlib import Path

import pytest

from consent_store import ConsentStore
from tests.unit.consent_store.kit import Person

VALUE = "98765.43"
WORDS = "sure, my sister Ottilie says it is fine"


def spellings(text: str) -> list[bytes]:
    raw = text.encode()
    found = [raw, text.encode("utf-16-le"), text.encode("utf-16-be"), raw.hex().encode(), raw[::-1]]
    for shift in range(3):  # base64 of the text in the middle of something else
        whole = base64.b64encode(b"\0" * shift + raw)
        found.append(whole[4 if shift else 0 : len(whole) - 4])
    return found


def test_no_value_and_no_word_is_in_any_file(
    sqlite_only: Path, store: ConsentStore, person: Person, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.DEBUG)
    assert person.answer(person.ask(), words=WORDS).status == "given"
    person.tell(VALUE)
    person.remembers()
    assert person.release().values
    files = {path.name: path.read_bytes() for path in sqlite_only.parent.iterdir()}
    assert any(b"debt_balance_eur" in content for content in files.values())
    for secret in (VALUE, WORDS, "Ottilie"):
        for spelling in spellings(secret):
            assert not [name for name, content in files.items() if spelling in content], secret
    assert VALUE not in caplog.text
    assert "Ottilie" not in caplog.text
