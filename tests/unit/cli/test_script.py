"""The script `askfirst`: it works from any folder and through a link, and says what is missing."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.unit.cli.conftest import Askfirst

SCRIPT = Path(__file__).resolve().parents[3] / "askfirst"
NEEDS_ENVIRONMENT = pytest.mark.skipif(
    not (SCRIPT.parent / ".venv").exists(), reason="the script runs in the project's own environment"
)


def run(script: Path, *arguments: str, var: Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    told = {"ASKFIRST_VAR": str(var), "ASKFIRST_DATABASE_URL": "", "CDPATH": "/"}
    return subprocess.run(
        [str(script), *arguments],
        check=False,
        cwd=cwd,
        env={**os.environ, **told},
        capture_output=True,
        text=True,
    )


@NEEDS_ENVIRONMENT
def test_it_works_from_any_folder_and_through_a_link(askfirst: Askfirst, tmp_path: Path) -> None:
    (tmp_path / "a folder").mkdir()
    link = tmp_path / "a folder" / "askfirst"
    link.symlink_to(SCRIPT)
    done = run(link, "store", "stats", "--json", var=askfirst.var, cwd=tmp_path / "a folder")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["counts"]["persons"] == 0


@NEEDS_ENVIRONMENT
def test_its_exit_code_is_the_commands(tmp_path: Path) -> None:
    (tmp_path / "no receipt.json").write_text("{}", encoding="utf-8")
    done = run(
        SCRIPT, "receipt", "verify", "no receipt.json", "--public-key", "A" * 43, var=tmp_path, cwd=tmp_path
    )
    assert done.returncode == 1


def test_without_its_environment_it_says_what_to_do(tmp_path: Path) -> None:
    shutil.copy(SCRIPT, tmp_path / "askfirst")
    done = run(tmp_path / "askfirst", "store", "stats", var=tmp_path, cwd=Path("/"))
    assert (done.returncode, done.stdout) == (3, "")
    assert "make setup" in done.stderr
    assert len(done.stderr.splitlines()) == 1
