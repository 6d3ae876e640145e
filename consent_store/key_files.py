"""
Where master keys lie: the file `master.key`, the folder `master.earlier`, or variables of the environment.

Reads them, puts a new one in place, and removes an earlier one. Every step leaves each key that may still be
needed in at least one file, wherever the process is killed. Must never print a key or overwrite one.
"""

from __future__ import annotations

import base64
import fcntl
import hashlib
import os
import secrets
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from consent_store.errors import KeyInvalid, KeyMissing, KeyRefused
from sealing import development
from sealing import keys as sealed_files

MASTER = "master.key"
EARLIER = "master.earlier"
MASTER_VARIABLE = "ASKFIRST_MASTER_KEY"
EARLIER_VARIABLE = "ASKFIRST_EARLIER_MASTER_KEYS"
_DRAFT = ".draft"


def key_id(key: bytes) -> str:
    """A name for a key: 16 hex characters of a hash with a domain of its own."""
    return hashlib.sha256(b"ask-first.master-key-id.v1" + key).hexdigest()[:16]


def read_file(path: Path, environ: Mapping[str, str] | None = None) -> bytes:
    """The key in a private file. Raises KeyMissing, KeyInvalid or KeyRefused, which name the file."""
    try:
        return sealed_files.read_key(path, private=True, environ=environ)
    except sealed_files.KeyMissing:
        raise KeyMissing("key_file_missing_run_make_setup", file=str(path)) from None
    except sealed_files.KeyInvalid:
        raise KeyInvalid("key_file_is_not_32_bytes_as_urlsafe_base64", file=str(path)) from None
    except sealed_files.SealingError as refused:
        raise KeyRefused(str(refused)) from None


def from_variables(environ: Mapping[str, str], name: str) -> tuple[bytes, ...]:
    """
    The keys in a variable, in the text form of the files, apart from each other by commas or blanks.

    Raises KeyInvalid or KeyRefused, which name the variable.
    """
    texts = environ.get(name, "").replace(",", " ").split()
    keys = [sealed_files.decode_key(text.encode()) for text in texts]
    try:
        return tuple(sealed_files.refuse_in_production(_whole(key, name), name, environ) for key in keys)
    except sealed_files.SealingError as refused:
        raise KeyRefused(str(refused)) from None


def _whole(key: bytes | None, variable: str) -> bytes:
    if key is None:
        raise KeyInvalid("not_32_bytes_as_urlsafe_base64", variable=variable)
    return key


def earlier_in(folder: Path, environ: Mapping[str, str] | None = None) -> Mapping[str, bytes]:
    """
    The keys in `master.earlier`, by name. Raises what `read_file` raises.

    KeyInvalid also for a file that is not named for its key: it would not be found when it is needed.
    """
    found = {}
    for path in sorted((folder / EARLIER).glob("*.key")):
        key = read_file(path, environ)
        if path.stem != key_id(key):
            raise KeyInvalid("key_file_is_not_named_for_its_key", file=str(path), key=key_id(key))
        found[path.stem] = key
    return found


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
