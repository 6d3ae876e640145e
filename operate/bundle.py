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
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Verdict:
    """What was found: `fault` "" when all is well; `could_look` is false where the tools are missing."""

    fault: str = ""
    could_look: bool = True


def run_here(command: tuple[str, ...]) -> int:
    """Run a command in the project's folder and return its exit code."""
    return to_its_end(start(command, None, cwd=ROOT, environ=os.environ), SECONDS)


def make_bundle(folder: Path = DIST, run: Run = run_here) -> None:
    """Write the bundle and its map into `folder`; raise OperateError with the reason."""
    missing = missing_tools()
    if missing:
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


def check_bundle(run: Run = run_here) -> Verdict:
    """Bundle once more, into a temporary folder, and compare every byte with what is checked in."""
    if missing := missing_tools():
        return Verdict(f"{' and '.join(missing)} not found, so the bundle was not checked", could_look=False)
    with tempfile.TemporaryDirectory() as temporary:
        try:
            make_bundle(Path(temporary), run)
        except OperateError as reason:
            return Verdict(str(reason))
        if contents(Path(temporary)) != contents(DIST):
            return Verdict("widget/dist is not made from widget/ as it is now: `make widget`, then commit it")
    return Verdict()


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, by its name; nothing when there is no such folder."""
    return {path.name: path.read_bytes() for path in folder.glob("*")}


def compressed_size(folder: Path = DIST) -> int:
    """How many bytes the script is, as gzip sends it."""
    return len(gzip.compress((folder / SCRIPT).read_bytes(), mtime=0))


def _installed() -> bool:
    """Whether node_modules has the esbuild that the lock names."""
    try:
        locked = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
        there = json.loads((ROOT / "node_modules/esbuild/package.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return False
    return bool(locked["node_modules/esbuild"]["version"] == there["version"])
