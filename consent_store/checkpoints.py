"""
Signed checkpoints: how long each chain is and how it ends, said at an instant and kept outside the database.

A chain shows what was changed inside it; only a checkpoint shows that its end was cut off, or that all of it
was written anew. Must never go on from a checkpoint that is not sound.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from consent_store import checkpoint_files as files
from consent_store.canonical import Plain, canonical_json, sha256_hex
from consent_store.clock import from_text, to_text
from consent_store.errors import CheckpointUnsound
from consent_store.signing import Signer, is_signed, key_name
from consent_store.sql import checkpoint_notes, events, notices
from consent_store.sql.checkpoint_notes import Note
from consent_store.sql.database import Transaction

DOMAIN = "ask-first.checkpoint.v1"
FORM = "ask-first.checkpoint"
VERSION = 1
_FIELDS = {"form", "v", "number", "at", "previous", "key", "chains", "notices"}


@dataclass(frozen=True)
class Checkpoint:
    """
    The latest checkpoint. `written` is False when nothing had changed since and none was made.

    `entries`: how many entries all chains have together. `file_hash`: SHA-256 (hex) of the file.
    """

    number: int
    at: datetime
    path: Path
    file_hash: str
    entries: int
    written: bool


@dataclass(frozen=True)
class Said:
    """What one checkpoint file says; nothing about it is believed before it was checked."""

    document: Mapping[str, Any]
    signature: str
    file_name: str
    file_hash: str

    @property
    def number(self) -> int:
        """Its place in the row of checkpoints, from 1."""
        return int(self.document["number"])

    @property
    def own_name(self) -> str:
        """The name that its file must have."""
        return _file_name(from_text(self.document["at"]), self.number)

    @property
    def chains(self) -> Mapping[str, tuple[int, str]]:
        """By chain: how many entries, and the last hash in hex."""
        return {chain: (end["size"], end["head"]) for chain, end in self.document["chains"].items()}

    @property
    def notices(self) -> Mapping[str, str] | None:
        """By notice id: the digest of all it says. None: as the checkpoint before."""
        return self.document["notices"]  # type: ignore[no-any-return]

    def signed_with(self, public_key: str) -> bool:
        """Whether the signature is that of this key, and the key the one that is named."""
        named = self.document["key"] == key_name(public_key)
        return named and is_signed(DOMAIN, dict(self.document), self.signature, public_key)


def read(name: str, content: bytes) -> Said:
    """What a file says. Raises KeyError, TypeError or ValueError for what this code never wrote."""
    whole = json.loads(content)
    said = Said(whole["checkpoint"], whole["signature"], name, sha256_hex(content))
    if _text(said.document, said.signature).encode() != content:
        raise ValueError("not in canonical form")
    if set(said.document) != _FIELDS or (said.document["form"], said.document["v"]) != (FORM, VERSION):
        raise ValueError("not a checkpoint of this form")
    if said.own_name != name:
        raise ValueError("under another name")
    if not all(isinstance(size, int) and isinstance(head, str) for size, head in said.chains.values()):
        raise ValueError("not the ends of chains")
    return said


def take(tx: Transaction, signer: Signer, folder: Path) -> Checkpoint:
    """
    Write a checkpoint and note it, unless nothing changed since the last one and its file is there.

    A file that was written but not noted (the machine stopped in between) is taken up first. Raises
    CheckpointUnsound, StoreUnavailable.
    """
    events.lock_all_heads(tx)
    last = _take_up(tx, signer, folder, checkpoint_notes.latest(tx))
    chains, listed = _chains(tx), notices.digests(tx)
    entries = sum(end.size for end in events.heads(tx).values())
    hashes = (sha256_hex(canonical_json(chains)), sha256_hex(canonical_json(listed)))
    unchanged = last is not None and (last.chains_hash, last.notices_hash) == hashes
    if last is not None and unchanged and (folder / last.file_name).exists():
        return Checkpoint(
            last.number, last.made_at, folder / last.file_name, last.file_hash, entries, written=False
        )
    document: dict[str, Plain] = {
        "form": FORM,
        "v": VERSION,
        "number": last.number + 1 if last is not None else 1,
        "at": to_text(tx.now),
        "previous": last.file_hash if last is not None else None,
        "key": key_name(signer.public_key),
        "chains": chains,
        "notices": None if last is not None and last.notices_hash == hashes[1] else listed,
    }
    note, path = _write(tx, signer, folder, document, hashes)
    return Checkpoint(note.number, tx.now, path, note.file_hash, entries, written=True)


def _write(
    tx: Transaction, signer: Signer, folder: Path, document: dict[str, Plain], hashes: tuple[str, str]
) -> tuple[Note, Path]:
    number, name = int(str(document["number"])), _file_name(tx.now, int(str(document["number"])))
    content = _text(document, signer.sign(DOMAIN, document))
    path = files.write(folder, name, content)
    note = Note(number, tx.now, name, sha256_hex(content), str(document["key"]), *hashes)
    checkpoint_notes.add(tx, note)
    return note, path


def _take_up(tx: Transaction, signer: Signer, folder: Path, last: Note | None) -> Note | None:
    for name, content in files.listed(folder):
        number, noted = _number_in(name), last.number if last is not None else 0
        if number is None or number <= noted:
            continue
        said = _sound(name, content, signer, last)
        listed = said.notices
        notices_hash = sha256_hex(canonical_json(dict(listed))) if listed is not None else ""
        last = Note(
            number=said.number,
            made_at=from_text(said.document["at"]),
            file_name=name,
            file_hash=said.file_hash,
            key_name=said.document["key"],
            chains_hash=sha256_hex(canonical_json(said.document["chains"])),
            notices_hash=notices_hash or (last.notices_hash if last is not None else ""),
        )
        checkpoint_notes.add(tx, last)
    return last


def _sound(name: str, content: bytes, signer: Signer, last: Note | None) -> Said:
    """The checkpoint in a file that nobody noted, if it follows the last one. Raises CheckpointUnsound."""
    try:
        said = read(name, content)
    except (KeyError, TypeError, ValueError, AttributeError):
        said = None
    before = (last.number, last.file_hash) if last is not None else (0, None)
    follows = said is not None and (said.number - 1, said.document["previous"]) == before
    if said is None or not follows or not said.signed_with(signer.public_key):
        raise CheckpointUnsound("not_noted_and_not_ours", file=name)
    return said


def _chains(tx: Transaction) -> dict[str, Plain]:
    return {chain: {"size": end.size, "head": end.head_hash.hex()} for chain, end in events.heads(tx).items()}


def _text(document: Mapping[str, Plain], signature: str) -> str:
    return canonical_json({"checkpoint": dict(document), "signature": signature}) + "\n"


def _file_name(at: datetime, number: int) -> str:
    return f"{at:%Y%m%dT%H%M%SZ}-{number:06d}.json"


def _number_in(name: str) -> int | None:
    digits = name.removesuffix(".json").rpartition("-")[2]
    return int(digits) if digits.isdecimal() else None
