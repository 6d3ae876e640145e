"""
Where the servers' own words go: a file a server, the last run's beside it.

Must never write to the terminal.
"""

from collections import deque
from pathlib import Path
from typing import BinaryIO

from honcho.printer import Message

from operate.keys import private_folder

TAIL_LINES = 12


class LogFiles:
    """A honcho printer that sorts lines into `<folder>/<server>.log`, and remembers the last ones of each."""

    width = 0  # honcho sets it; we need no columns

    def __init__(self, folder: Path) -> None:
        self.folder = private_folder(folder)
        self._closed = False
        self._files: dict[str, BinaryIO] = {}
        self._tails: dict[str, deque[str]] = {}

    def path(self, name: str) -> Path:
        """Return where the words of this server are."""
        return self.folder / f"{name}.log"

    def tail(self, name: str) -> tuple[str, ...]:
        """Return the last lines that this server wrote."""
        return tuple(self._tails.get(name, ()))

    def write(self, message: Message) -> None:
        """Take one line of one server, or of honcho itself (named "system"); after close() it is dropped."""
        if self._closed:
            return
        data = message.data if isinstance(message.data, bytes) else message.data.encode()
        if message.name not in self._files:
            self._files[message.name] = self._open(message.name)
            self._tails[message.name] = deque(maxlen=TAIL_LINES)
        self._files[message.name].write(data)
        self._tails[message.name].append(data.decode("utf-8", "replace").rstrip())

    def close(self) -> None:
        """Close every file."""
        self._closed = True
        for file in self._files.values():
            file.close()

    def _open(self, name: str) -> BinaryIO:
        path = self.path(name)
        if path.exists():
            path.replace(path.with_suffix(".log.1"))
        return path.open("wb", buffering=0)
