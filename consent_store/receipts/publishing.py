"""The public key that receipts are verified with, as text to publish. Must never show the private one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from consent_store.signing import Signer, key_name


@dataclass(frozen=True)
class PublicKey:
    """A public key: its name, as it stands in the proof of each receipt, and its text to verify with."""

    name: str
    text: str


def public_key(keys_folder: Path) -> PublicKey:
    """The public half of `ledger.key` in a folder. Raises KeyMissing or KeyInvalid, which name the file."""
    text = Signer.from_folder(keys_folder).public_key
    return PublicKey(key_name(text), text)


def key_of(document: Mapping[str, Any]) -> str:
    """The name of the key that an issued receipt was signed with."""
    return str(document["proof"]["key"])
