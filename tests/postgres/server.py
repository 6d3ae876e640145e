"""
A PostgreSQL of our own for the tests: made in a folder of its own, on a socket in it, ended by its process.

Must never use a server or a folder that was not made here, and never leave one behind.
"""

from __future__ import annotations

import os
import pwd
import resource
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

READY_SECONDS = 60.0
ENDING_SECONDS = 20.0
NEVER_ROOT = ("postgres", "nobody")
OPTIONS = (
    "listen_addresses=",
    "unix_socket_permissions=0700",
    "max_connections=200",
    "shared_buffers=32MB",
    "dynamic_shared_memory_type=mmap",
    "log_min_messages=fatal",
)


class NoPostgres(Exception):
    """There is no PostgreSQL to test with, or it does not start; says why."""


def programs() -> Path | None:
    """The folder with `initdb` and `postgres`: the newest below Debian's, else where PATH leads; or None."""
    debian = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name), reverse=True
    )
    on_path = shutil.which("postgres")
    candidates = [*debian, *([Path(on_path).resolve().parent] if on_path else [])]
    found = [path for path in candidates if (path / "initdb").exists() and (path / "postgres").exists()]
    return found[0] if found else None


@contextmanager
def room(most_bytes: int | None) -> Iterator[None]:
    """Let what is started meanwhile write no longer file than that."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    if most_bytes is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@dataclass
class Server:
    """One server; `folder` holds its data, its socket and its log."""

    folder: Path
    programs: Path
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def make(self) -> None:
        """Make its files. Only the folder's owner can reach the socket in it."""
        command = [self.programs / "initdb", "-D", self.data, "-U", "askfirst", "--auth=trust", "--no-sync"]
        made = self._run([*map(str, command), "--encoding=UTF8", "--locale=C", "--wal-segsize=1"])
        if made.wait(READY_SECONDS) != 0:
            raise NoPostgres(f"initdb failed: {self.words()}")

    def start(self, *options: str) -> None:
        """Start it and wait until it answers. Raises NoPostgres with its own words if it does not."""
        chosen = [f"unix_socket_directories={self.folder}", *OPTIONS, *options]
        settings = [word for option in chosen for word in ("-c", option)]
        self.process = self._run([str(self.programs / "postgres"), "-D", str(self.data), *settings])
        for _ in range(int(READY_SECONDS / 0.05)):
            if self._says_ready():
                return
            if self._ended_within(0.05):
                break
        self.stop()
        raise NoPostgres(f"postgres did not start: {self.words()}")

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """End it: SIGINT tidily, SIGQUIT at once as in a crash. What does not end is killed."""
        if self.process is None:
            return
        self.process.send_signal(how)
        if not self._ended_within(ENDING_SECONDS):
            self.process.kill()
            self.process.wait()
        self.process = None

    def url(self, database: str = "postgres") -> str:
        """The address of one of its databases."""
        return f"postgresql://askfirst@/{database}?unix_sock={self.folder}/.s.PGSQL.5432"

    @property
    def data(self) -> Path:
        """The folder of its data."""
        return self.folder / "data"

    def words(self) -> str:
        """The end of what it wrote."""
        return (self.folder / "log").read_text(errors="replace")[-500:]

    def _says_ready(self) -> bool:
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
        except OSError:
            return False
        return len(lines) > 7 and lines[7].strip() == "ready" and lines[0] == str(self.process.pid)

    def _ended_within(self, seconds: float) -> bool:
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    def _run(self, command: list[str]) -> subprocess.Popen[bytes]:
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(
                command, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"}, **_as_whom(),
            )  # fmt: skip


def _as_whom() -> dict[str, Any]:
    """PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    owner = _owner()
    return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}


def _owner() -> pwd.struct_passwd:
    for name in NEVER_ROOT:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise NoPostgres(f"as root, one of these users is needed: {', '.join(NEVER_ROOT)}")


@contextmanager
def running_server(*options: str, most_bytes: int | None = None) -> Iterator[Server]:
    """
    A server that is ended, and whose folder is removed, when the block is left.

    `most_bytes`: how long a file it may write at most, as if the disk were full then. Raises NoPostgres.
    """
    where = programs()
    if where is None:
        raise NoPostgres("no PostgreSQL found: install Debian's postgresql, or set the variable")
    folder = Path(tempfile.mkdtemp(prefix="askfirst-postgres-"))
    server = Server(folder, where)
    try:
        if os.geteuid() == 0:
            os.chown(folder, _owner().pw_uid, _owner().pw_gid)
        server.make()
        with room(most_bytes):
            server.start(*options)
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
