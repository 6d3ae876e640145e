"""
The widget's bundle: made by esbuild from widget/, checked in, and checked to be current.

Must never install anything but what package-lock.json names, nor let a package run a script while it is
installed.
"""

import gzip
import json
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from operate.children import start, to_its_end
from operate.errors import OperateError
from settings import ROOT

DIST = ROOT / "widget" / "dist"
SCRIPT = "ask-first-chat.min.js"
MOST_BYTES_COMPRESSED = 40 * 1024
"""What a page pays for the chat, with the socket.io client, as gzip sends it."""
SECONDS = 5 * 60.0
BUILD = ("node", "widget/build.mjs")
INSTALL = ("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")

Run = Callable[[tuple[str, ...]], int]


def run_here(command: tuple[str, ...]) -> int:
    """Run a command in the project's folder and return its exit code."""
    return to_its_end(start(command, None, cwd=ROOT, environ=os.environ), SECONDS)


def make_bundle(folder: Path = DIST, run: Run = run_here) -> None:
    """Write the bundle and its map into `folder`; raise OperateError with the reason."""
    if missing := missing_tools():
        raise _not_made(f"{' and '.join(missing)} not found: install the packages nodejs and npm")
    if not _installed() and run(INSTALL) != 0:
        raise _not_made("npm could not install what package-lock.json names")
    if run((*BUILD, str(folder))) != 0:
        raise _not_made("esbuild could not bundle widget/ask-first-chat.js")


def _not_made(reason: str) -> OperateError:
    return OperateError(f"The widget could not be bundled: {reason}.")


def missing_tools() -> list[str]:
    """Which of the programs that bundling needs are not on this computer."""
    return [name for name in ("node", "npm") if shutil.which(name) is None]


def faults_of_bundle(run: Run = run_here) -> list[str]:
    """Bundle once more, into a temporary folder, and say what is wrong with what is checked in."""
    faults = []
    if compressed_size() > MOST_BYTES_COMPRESSED:
        faults.append(f"The bundle is {compressed_size()} bytes compressed: {MOST_BYTES_COMPRESSED} at most.")
    with tempfile.TemporaryDirectory() as temporary:
        try:
            make_bundle(Path(temporary), run)
        except OperateError as reason:
            return [*faults, str(reason)]
        if contents(Path(temporary)) != contents(DIST):
            faults.append("widget/dist is not made from widget/ as it is now: `make widget`, then commit it.")
    return faults


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, by its name; nothing when there is no such folder."""
    return {path.name: path.read_bytes() for path in folder.glob("*")}


def compressed_size(folder: Path | None = None) -> int:
    """How many bytes the script is, as gzip sends it."""
    return len(gzip.compress(((folder or DIST) / SCRIPT).read_bytes(), mtime=0))


def _installed() -> bool:
    """Whether node_modules has the esbuild that the lock names."""
    try:
        locked = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
        there = json.loads((ROOT / "node_modules/esbuild/package.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return False
    return bool(locked["node_modules/esbuild"]["version"] == there["version"])
