"""
Verifying the checkpoints themselves: each is signed, follows the one before, and is the one that was noted.

What they say of the chains and notices is handed on, to be held against the ledger. Must never believe a
checkpoint whose signature was not checked when a public key is at hand.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from consent_store import checkpoint_files as files
from consent_store import checkpoints
from consent_store.checkpoints import Said
from consent_store.sql import checkpoint_notes
from consent_store.sql.checkpoint_notes import Note
from consent_store.sql.database import Transaction
from consent_store.views import Fault

Noted = dict[str, tuple[Note, str | None]]
"""By file name: the note in the database, and its instant."""


@dataclass
class Witnesses:
    """What sound checkpoints say: ends by chain and size, digests by notice; and what is wrong."""

    sound: int = 0
    chains: dict[str, dict[int, list[tuple[str, str]]]] = field(default_factory=dict)
    notices: dict[str, dict[str, str]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def fault(self, file_name: str, reason: str) -> None:
        """Note what is wrong with a checkpoint."""
        self.faults.append(Fault(f"checkpoint {file_name}", reason))

    def hear(self, said: Said) -> None:
        """Take a sound checkpoint's word."""
        name = f"checkpoint_{said.number}"
        self.sound += 1
        for chain_id, (size, head) in said.chains.items():
            self.chains.setdefault(chain_id, {}).setdefault(size, []).append((head, name))
        for notice_id, digest in (said.notices or {}).items():
            self.notices.setdefault(notice_id, {}).setdefault(digest, name)


def listen(tx: Transaction, folder: Path | None, public_key: str | None) -> Witnesses:
    """
    All checkpoints of the folder, held against their signatures, one another and the notes in the database.

    Without a folder only the notes are looked at. Raises StoreUnavailable if the folder cannot be read.
    """
    witnesses = Witnesses()
    noted = checkpoint_notes.everything(tx)
    for place, (note, _) in enumerate(noted, 1):
        if note.number != place:
            witnesses.fault(note.file_name, f"notes_missing_before_{note.number}")
            break
    if folder is None:
        return witnesses
    found = _read_all(witnesses, folder, public_key)
    _check_row(witnesses, found)
    _check_notes(witnesses, found, {one[0].file_name: one for one in noted})
    return witnesses


def _read_all(witnesses: Witnesses, folder: Path, public_key: str | None) -> dict[str, Said | None]:
    found: dict[str, Said | None] = {}
    for name, content in files.listed(folder):
        try:
            said = checkpoints.read(name, content)
            signed = public_key is None or said.signed_with(public_key)
        except (AttributeError, KeyError, TypeError, ValueError):
            said, signed = None, False
        found[name] = said if signed else None
        if said is None:
            witnesses.fault(name, "checkpoint_changed")
        elif not signed:
            witnesses.fault(name, "not_signed_with_this_key")
        else:
            witnesses.hear(said)
    return found


def _check_row(witnesses: Witnesses, found: dict[str, Said | None]) -> None:
    """Each sound checkpoint follows the one before, if that one is sound too."""
    in_order = sorted((said for said in found.values() if said is not None), key=lambda one: one.number)
    for before, said in zip([None, *in_order], in_order, strict=False):
        number, file_hash = (before.number, before.file_hash) if before is not None else (0, None)
        if said.number == number + 1 and said.document["previous"] != file_hash:
            witnesses.fault(said.file_name, "does_not_follow_the_checkpoint_before")
        elif said.number == number:
            witnesses.fault(said.file_name, "two_checkpoints_of_one_number")
        elif said.number > number + 1 and None not in found.values():
            witnesses.fault(said.file_name, f"checkpoints_missing_before_{said.number}")


def _check_notes(witnesses: Witnesses, found: dict[str, Said | None], noted: Noted) -> None:
    for name in sorted(noted.keys() - found.keys()):
        witnesses.fault(name, "file_missing")
    for name, said in found.items():
        note = noted.get(name)
        if said is not None and (note is None or not _agree(*note, said)):
            witnesses.fault(name, "noted_otherwise" if note else "not_noted")


def _agree(note: Note, at: str | None, said: Said) -> bool:
    return (note.number, at, note.file_hash, note.key_name) == (
        said.number, said.document["at"], said.file_hash, said.document["key"],
    )  # fmt: skip
