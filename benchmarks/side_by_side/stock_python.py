"""The Python that stock Rasa runs with: an environment of its own, made when it is missing, or else ours."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from operate import bootstrap
from settings import ROOT

FOLDER = ROOT / "var" / "bench" / "stock-venv"
REQUIREMENTS = ROOT / "benchmarks" / "stock" / "requirements.txt"
VERSION = "3.10"
"""The newest Python that Rasa's own metadata allows."""


@dataclass(frozen=True)
class Python:
    """
    `where` reads in the report; `folder` is the environment; `rasa` starts Rasa; `place` is where it must
    be started, if that matters.
    """

    path: Path
    folder: Path
    where: str
    rasa: tuple[str, ...]
    place: Path | None = None

    @property
    def version(self) -> str:
        """Its version, in words."""
        found = subprocess.run([self.path, "-V"], capture_output=True, text=True, check=True)
        return found.stdout.strip()


def find_python() -> Python:
    """Return the environment of its own, made now if need be; ours where that fails."""
    try:
        if not _is_current():
            _make()
    except bootstrap.CannotSetUp as reason:
        bootstrap.say(f"{reason} Stock Rasa runs on the assistant's own environment.")
        ours = ROOT / ".venv"
        starter = ("-m", "benchmarks.stock.on_ours")
        return Python(ours / "bin" / "python", ours, "our own environment, not Rasa's", starter, ROOT)
    path = FOLDER / "bin" / "python"
    return Python(path, FOLDER, "the libraries that Rasa's metadata asks for", ("-m", "rasa"))


def _is_current() -> bool:
    """Whether the environment runs and was made from exactly these requirements."""
    stamp, path = FOLDER / bootstrap.STAMP, FOLDER / "bin" / "python"
    if not stamp.is_file() or stamp.read_text(encoding="ascii").strip() != _wanted():
        return False
    return bootstrap.output_of([str(path), "-V"]) is not None


def _make() -> None:
    """Make it anew. Raises CannotSetUp."""
    uv = bootstrap.find_uv() or bootstrap.install_uv()
    python = bootstrap.output_of([uv, "python", "find", "--no-project", "--system", VERSION])
    if not python:
        raise bootstrap.CannotSetUp(f"Python {VERSION}, which stock Rasa asks for, is missing.")
    bootstrap.say(f"Installing stock Rasa into {FOLDER} …")
    shutil.rmtree(FOLDER, ignore_errors=True)
    path = str(FOLDER / "bin" / "python")
    install = [uv, "pip", "sync", "--quiet", "--no-config", "--require-hashes", "--compile-bytecode"]
    for command in (
        [uv, "venv", "--quiet", "--no-project", "-p", python, str(FOLDER)],
        [*install, "-p", path, str(REQUIREMENTS)],
    ):
        if not bootstrap.run(command):
            raise bootstrap.CannotSetUp(
                "The environment of stock Rasa could not be made (uv says why above)."
            )
    (FOLDER / bootstrap.STAMP).write_text(_wanted() + "\n", encoding="ascii")


def _wanted() -> str:
    return bootstrap.hash_of(str(REQUIREMENTS))
