"""Signatures: whoever has the public key can tell, and nobody else can make one."""

from __future__ import annotations

from pathlib import Path

import pytest

from consent_store.errors import KeyMissing
from consent_store.signing import Signer, is_signed, key_name

SIGNER = Signer(b"s" * 32)
DOCUMENT = {"size": 3, "head": "ab"}


def test_a_signed_document_is_recognised_with_the_public_key_alone() -> None:
    assert is_signed("checkpoint", DOCUMENT, SIGNER.sign("checkpoint", DOCUMENT), SIGNER.public_key)


@pytest.mark.parametrize(
    ("domain", "document", "key"),
    [
        ("receipt", DOCUMENT, SIGNER.public_key),
        ("checkpoint", {"size": 4, "head": "ab"}, SIGNER.public_key),
        ("checkpoint", DOCUMENT, Signer(b"t" * 32).public_key),
        ("checkpoint", DOCUMENT, "not a key"),
        ("checkpoint", DOCUMENT, ""),
    ],
)
def test_another_domain_document_or_key_is_refused(
    domain: str, document: dict[str, object], key: str
) -> None:
    assert not is_signed(domain, document, SIGNER.sign("checkpoint", DOCUMENT), key)  # type: ignore[arg-type]


@pytest.mark.parametrize("signature", ["", "AAAA", "not base64!", "é"])
def test_a_malformed_signature_is_no_signature(signature: str) -> None:
    assert not is_signed("checkpoint", DOCUMENT, signature, SIGNER.public_key)


def test_a_signature_has_one_spelling() -> None:
    signature = SIGNER.sign("checkpoint", DOCUMENT)
    others = [
        signature[:-1] + last for last in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    ]
    spelled = [*others, signature + "==", signature.replace("_", "/")]
    assert {text for text in spelled if is_signed("checkpoint", DOCUMENT, text, SIGNER.public_key)} == {
        signature
    }


def test_the_seed_is_never_shown() -> None:
    assert "ssss" not in repr(SIGNER)
    assert len(key_name(SIGNER.public_key)) == 16


def test_a_missing_key_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(KeyMissing, match=r"ledger\.key"):
        Signer.from_folder(tmp_path)
