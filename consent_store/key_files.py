"""
Changing master keys where they lie: puts a new one in place, and removes an earlier one.

`sealing.masters` reads them; its errors become those of the store here. Every step leaves each key that may
still be needed in at least one file, wherever the process is killed. Must never print a key or overwrite one.
"""

from __future__ import annotations

import base64
import fcntl
import os
import secrets
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from consent_store.errors import KeyInvalid, KeyMissing, KeyRefused
from sealing import development, masters
from sealing import keys as sealed_files
from sealing.masters import EARLIER, MASTER, MASTER_VARIABLE, Masters, key_id

__all__ = ["begin_rotation", "key_id", "read", "read_file", "remove_earlier"]

_DRAFT = ".draft"


def read(folder: Path, environ: Mapping[str, str] | None = None) -> Masters:
    """The master keys, as `masters.read`. Raises KeyMissing, KeyInvalid or KeyRefused."""
    with _our_errors():
        return masters.read(folder, environ)


def read_file(path: Path, environ: Mapping[str, str] | None = None) -> bytes:
    """The key in a private file. Raises KeyMissing, KeyInvalid or KeyRefused, which name the file."""
    with _our_errors():
        return masters.read_file(path, environ)


@contextmanager
def _our_errors() -> Iterator[None]:
    try:
        yield
    except sealed_files.KeyMissing as missing:
        raise KeyMissing("key_file_missing_run_make_setup", file=str(missing.path)) from None
    except sealed_files.KeyInvalid as invalid:
        raise KeyInvalid("key_file_is_not_32_bytes_as_urlsafe_base64", file=str(invalid.path)) from None
    except masters.MasterKeyInvalid as invalid:
        raise KeyInvalid(invalid.reason, **invalid.ids) from None
    except sealed_files.SealingError as refused:
        raise KeyRefused(str(refused)) from None


def begin_rotation(folder: Path, environ: Mapping[str, str] | None = None) -> str:
    """
    Put a new master key in place and keep the former one in `master.earlier`; returns the new one's name.

    The former key is safe in its file before the new one takes its place, in one step. A development key is
    followed by a development key. `environ`: None for the process's own. Raises what `read_file` raises, and
    KeyRefused if the master key comes from a variable, which this cannot change.
    """
    variables = os.environ if environ is None else environ
    if variables.get(MASTER_VARIABLE, "").strip():
        raise KeyRefused(
            f"The master key comes from {MASTER_VARIABLE}, not from {folder / MASTER}: rotate it where that "
            "variable is set, as docs/keys.md says."
        )
    with _alone(folder):
        former = read_file(folder / MASTER, variables)
        _keep(folder / EARLIER, former)
        marked = development.is_development_key(former)
        new = development.new_development_key() if marked else development.new_production_key()
        _draft(folder / MASTER, new).replace(folder / MASTER)
        _sync(folder)
    return key_id(new)


def remove_earlier(folder: Path, retired: Collection[str]) -> tuple[str, ...]:
    """
    Delete the earlier keys that the store has retired (`Rotation.retired`); returns the names of those that
    went.

    What they alone could open is unreadable from then on. Never deletes the current master key. A file
    system or a disk may keep a copy of what was deleted: see docs/keys.md.
    """
    with _alone(folder):
        current = key_id(read_file(folder / MASTER)) if (folder / MASTER).exists() else None
        names = [path for path in sorted((folder / EARLIER).glob("*.key")) if path.stem in retired]
        going = [path for path in names if path.stem != current]
        for path in going:
            _wipe(path)
        if going:
            _sync(folder / EARLIER)
    return tuple(path.stem for path in going)


def _keep(folder: Path, key: bytes) -> None:
    """Put the key into a file named for it, unless it is there already."""
    folder.mkdir(mode=0o700, exist_ok=True)
    folder.chmod(0o700)
    path = folder / f"{key_id(key)}.key"
    if path.exists():
        if read_file(path, {}) != key:
            raise KeyInvalid("key_file_is_not_named_for_its_key", file=str(path))
    else:
        _draft(path, key).rename(path)
    _sync(folder)
    _sync(folder.parent)


def _draft(path: Path, key: bytes) -> Path:
    """A whole, private, durable file beside `path`, to be renamed. One that a kill left behind goes."""
    draft = path.with_name(f".{path.name}{_DRAFT}")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(base64.urlsafe_b64encode(key) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    return draft


def _wipe(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(secrets.token_bytes(path.stat().st_size))
        file.flush()
        os.fsync(file.fileno())
    path.unlink()


def _sync(folder: Path) -> None:
    """Make the names in a folder durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Nobody else changes keys in this folder meanwhile. Raises KeyMissing if there is no such folder."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        raise KeyMissing("key_folder_missing_run_make_setup", folder=str(folder)) from None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
