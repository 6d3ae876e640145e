"""`.env.example` names every variable that an operator may set, and sets none."""

from __future__ import annotations

import re
import subprocess
from itertools import pairwise
from pathlib import Path

from dotenv import dotenv_values

from settings import Settings

ROOT = Path(__file__).resolve().parents[3]
FILE = ROOT / ".env.example"
NAME = re.compile(r"^# (ASKFIRST_[A-Z_]+)=", re.MULTILINE)
EXPLANATION = re.compile(r"# (?!---|ASKFIRST_[A-Z_]+=)\S")
NAMED = NAME.findall(FILE.read_text(encoding="utf-8"))
VARIABLE = re.compile(r"\bASKFIRST_[A-Z]+(?:_[A-Z]+)*\b(?!_)")
OUR_OWN = {"ASKFIRST_ACTIONS_SECRET", "ASKFIRST_CALLED_FROM", "ASKFIRST_MODEL"}
"""What our processes tell each other; nobody else sets it."""


def _in_text(pattern: str) -> set[str]:
    """Variables that our sources name: those of keys and of messaging apps."""
    sources = (path.read_text(encoding="utf-8") for path in ROOT.glob(pattern) if ".venv" not in path.parts)
    return {name for source in sources for name in VARIABLE.findall(source)}


def _known() -> set[str]:
    fields = {f"ASKFIRST_{field.upper()}" for field in Settings.model_fields}
    return fields | _in_text("engine/**/*.py") | _in_text("sealing/**/*.py")


def test_every_variable_that_a_messaging_app_needs_is_named() -> None:
    needed = _in_text("engine/channels/*/app.py") | _in_text("engine/channels/apps/needs.py")
    assert {"ASKFIRST_TELEGRAM_TOKEN", "ASKFIRST_SMS_NUMBER", "ASKFIRST_PUBLIC_URL"} <= needed
    assert needed - set(NAMED) == set()


def test_every_other_variable_is_named_and_none_that_the_code_does_not_know() -> None:
    assert set(NAMED) == _known() - OUR_OWN
    assert len(NAMED) == len(set(NAMED))


def test_each_is_explained_and_nothing_is_set() -> None:
    lines = FILE.read_text(encoding="utf-8").splitlines()
    unexplained = [
        line for before, line in pairwise(lines) if NAME.match(line) and not EXPLANATION.match(before)
    ]
    assert dotenv_values(FILE) == {}
    assert [line for line in lines if line and not line.startswith("# ")] == []
    assert unexplained == []


def test_what_is_copied_from_it_stays_out_of_the_repository() -> None:
    ignored = subprocess.run(["git", "check-ignore", "-q", ".env"], cwd=ROOT, check=False)
    assert ignored.returncode == 0
