"""
One byte form for one content: canonical JSON for records, unambiguous joining for hashes and keys.

Hashes and commitments are made over these bytes only. Must never accept what has two spellings (floats, NaN).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from sealing.boxes import joined

__all__ = ["Plain", "canonical_json", "joined", "sha256_hex"]

Plain = str | int | bool | None | list["Plain"] | dict[str, "Plain"]


def canonical_json(content: Mapping[str, Plain]) -> str:
    """JSON with sorted keys and no blanks. Raises TypeError for a float, which has several spellings."""
    _refuse_floats(content)
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def sha256_hex(text: str | bytes) -> str:
    """SHA-256 as 64 hex characters; text is taken as UTF-8."""
    return hashlib.sha256(text.encode() if isinstance(text, str) else text).hexdigest()


def _refuse_floats(content: object) -> None:
    if isinstance(content, float):
        raise TypeError("a record holds no floats: write them as text")
    if isinstance(content, Mapping):
        for value in content.values():
            _refuse_floats(value)
    elif isinstance(content, list | tuple):
        for value in content:
            _refuse_floats(value)
