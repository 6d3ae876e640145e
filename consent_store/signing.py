"""
Ed25519 signatures over canonical JSON: for checkpoints, receipts and certificates.

The private seed is the key file `ledger.key`; whoever verifies needs the public key alone, as text. Each
kind of document signs under a domain of its own, so that one can never be passed off as another.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from consent_store.canonical import Plain, canonical_json, joined, sha256_hex
from consent_store.errors import KeyInvalid, KeyMissing
from sealing import keys as key_files


@dataclass(frozen=True)
class Signer:
    """Signs documents with the seed of 32 bytes. Never shows it."""

    seed: bytes = field(repr=False)

    @classmethod
    def from_folder(cls, folder: Path) -> Signer:
        """Read `ledger.key` in `folder`. Raises KeyMissing or KeyInvalid, which name the file."""
        path = Path(folder) / "ledger.key"
        try:
            return cls(key_files.read_key(path))
        except key_files.KeyMissing:
            raise KeyMissing("key_file_missing_run_make_setup", file=str(path)) from None
        except key_files.KeyInvalid:
            raise KeyInvalid("key_file_is_not_32_bytes_as_urlsafe_base64", file=str(path)) from None

    @property
    def public_key(self) -> str:
        """The public key: urlsafe base64 of 32 bytes. Anybody may have it."""
        return _text(Ed25519PrivateKey.from_private_bytes(self.seed).public_key().public_bytes_raw())

    def sign(self, domain: str, document: Mapping[str, Plain]) -> str:
        """
        The signature of a document: urlsafe base64 of 64 bytes.

        Raises TypeError for a document with floats.
        """
        return _text(Ed25519PrivateKey.from_private_bytes(self.seed).sign(_signed_bytes(domain, document)))


def is_signed(domain: str, document: Mapping[str, Plain], signature: str, public_key: str) -> bool:
    """
    Whether `signature` is that of this document, under this domain and key.

    Malformed texts are no signature.
    """
    try:
        key, signed = Ed25519PublicKey.from_public_bytes(_bytes(public_key)), _bytes(signature)
        key.verify(signed, _signed_bytes(domain, document))
    except (InvalidSignature, ValueError, TypeError):
        return False
    return _text(signed) == signature  # base64 has spare bits: one signature has one spelling


def key_name(public_key: str) -> str:
    """A short name of a public key: 16 hex characters of its hash, to say which key signed."""
    return sha256_hex(public_key)[:16]


def _signed_bytes(domain: str, document: Mapping[str, Plain]) -> bytes:
    return joined(domain, canonical_json(document))


def _text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
