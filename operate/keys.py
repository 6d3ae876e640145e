"""
Write the keys that this machine needs, each into a file of its own that only its owner can read.

Keys are for development, and say so of themselves, unless they are asked for by "production". Must never
overwrite a key, never print one, and never replace a lost key while data sealed with it is there.
"""

import base64
import os
from collections.abc import Mapping
from pathlib import Path

from operate.errors import OperateError
from sealing.development import new_development_key, new_production_key
from sealing.keys import MODE, PRODUCTION, SealingError, read_key

KEY_FILES = (
    "master.key",
    "person.key",
    "widget_token.key",
    "buttons.key",
    "rest.secret",
    "actions.secret",
    "ledger.key",
)
BOUND_TO_DATA = ("master.key", "person.key", "ledger.key")
MASTER_VARIABLE = "ASKFIRST_MASTER_KEY"


def needed_files(environ: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names of the files that must be there: all, or all but a master key that is handed in."""
    handed_in = environ.get(MASTER_VARIABLE, "").strip()
    return tuple(name for name in KEY_FILES if not (handed_in and name == "master.key"))


def write_keys(
    folder: Path,
    database: Path | None = None,
    *,
    names: tuple[str, ...] = KEY_FILES,
    production: bool = False,
) -> tuple[str, ...]:
    """
    Write every key that is missing (32 bytes, URL-safe base64, one line, 0600); return their names.

    `database`: the file that holds data sealed with the keys, if it is a file. `production`: keys without the
    mark of development keys. Raises OperateError when that file exists and a key of its data does not, and
    when a key that is there must not be used in production.
    """
    private_folder(folder)
    missing = [name for name in names if not (folder / name).exists()]
    if production:
        _check([folder / name for name in names if name not in missing])
    if database is not None and database.exists():
        for name in missing:
            if name in BOUND_TO_DATA:
                raise OperateError(
                    f"{folder / name} is missing although {database} exists: put it back from your backup, "
                    f"or delete {database} to start anew without what it holds."
                )
    for name in missing:
        key = new_production_key() if production else new_development_key()
        _write_once(folder / name, base64.urlsafe_b64encode(key) + b"\n")
    for name in names:
        (folder / name).chmod(0o600)
    return tuple(missing)


def check_production_keys(folder: Path, names: tuple[str, ...] = KEY_FILES) -> None:
    """Raise OperateError unless every key is there and fit for production; make none."""
    missing = [name for name in names if not (folder / name).exists()]
    if missing:
        raise OperateError(
            f"ASKFIRST_MODE is production, but {', '.join(missing)} are not in {folder}: put the keys there "
            "from your backup, or make new ones with `python -m operate keys --production`."
        )
    _check([folder / name for name in names])


def _check(paths: list[Path]) -> None:
    for path in paths:
        try:
            read_key(path, private=True, environ={MODE: PRODUCTION})
        except SealingError as refused:
            raise OperateError(str(refused)) from None


def private_folder(folder: Path) -> Path:
    """Make the folder if it is missing, let nobody but its owner in (mode 0700), and return it."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)
    return folder


def _write_once(path: Path, content: bytes) -> None:
    """Put a whole file in place or none; a file that appeared meanwhile stays as it is."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
