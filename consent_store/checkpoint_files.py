"""
The files of the checkpoints: written whole or not at all, for their owner only, and never over another one.

They belong outside the database and its backups: what a database lost, only they can show.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from consent_store.errors import StoreUnavailable

_SUFFIX = ".json"


def write(folder: Path, name: str, content: str) -> Path:
    """
    Write a new file of mode 0600, durable when this returns. Makes the folder with mode 0700.

    Raises StoreUnavailable if the disk fails or the name is taken.
    """
    path = folder / name
    unfinished = folder / f".{name}.{os.getpid()}"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write_durably(unfinished, content.encode())
        try:
            os.link(unfinished, path)
        finally:
            unfinished.unlink()
        _sync_folder(folder)
    except OSError as error:
        reason = f"checkpoint_file_{error.errno}"
    else:
        return path
    raise StoreUnavailable(reason, file=name)


def listed(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of every checkpoint in the folder, by name. Raises StoreUnavailable if unreadable."""
    try:
        for path in sorted(folder.glob(f"*{_SUFFIX}")):
            yield path.name, path.read_bytes()
    except OSError as error:
        reason = f"checkpoint_file_{error.errno}"
    else:
        return
    raise StoreUnavailable(reason)


def _write_durably(path: Path, content: bytes) -> None:
    handle = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
