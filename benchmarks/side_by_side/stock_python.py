"""The Python that stock Rasa runs with: an environment of its own, made when it is missing, or else ours."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

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
    make = ["sh", "operate/bootstrap.sh", str(FOLDER), str(REQUIREMENTS), VERSION]
    if subprocess.run(make, cwd=ROOT, stdin=subprocess.DEVNULL, check=False).returncode == 0:
        path = FOLDER / "bin" / "python"
        return Python(path, FOLDER, "the libraries that Rasa's metadata asks for", ("-m", "rasa"))
    sys.stderr.write("So stock Rasa runs on the assistant's own environment.\n")
    return on_ours()


def on_ours() -> Python:
    """Return our own environment, where Rasa starts with its stand-ins and nothing else of ours."""
    ours = ROOT / ".venv"
    starter = ("-m", "benchmarks.stock.on_ours")
    return Python(ours / "bin" / "python", ours, "our own environment, not Rasa's", starter, ROOT)
