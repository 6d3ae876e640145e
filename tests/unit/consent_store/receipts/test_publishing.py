"""The public key as text: enough to verify, nothing to sign with."""

import base64
from pathlib import Path

import pytest

from consent_store.errors import KeyMissing
from consent_store.receipts import public_key
from tests.unit.consent_store.receipts.samples import SIGNER


def test_the_published_key_is_the_one_that_receipts_are_verified_with(tmp_path: Path) -> None:
    (tmp_path / "ledger.key").write_bytes(base64.urlsafe_b64encode(SIGNER.seed) + b"\n")
    (tmp_path / "ledger.key").chmod(0o600)
    published = public_key(tmp_path)
    assert published.text == SIGNER.public_key
    assert len(published.name) == 16
    assert base64.urlsafe_b64encode(SIGNER.seed).decode().rstrip("=") not in repr(published)


def test_without_a_key_file_it_says_which_is_missing(tmp_path: Path) -> None:
    with pytest.raises(KeyMissing, match=r"ledger\.key"):
        public_key(tmp_path)
