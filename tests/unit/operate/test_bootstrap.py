"""The environment is made when it is missing or out of date, and what the machine lacks is said."""

import shutil
import subprocess
from pathlib import Path

import pytest

from settings import ROOT

SCRIPT = ROOT / "operate/bootstrap.sh"
TOOLS = ("basename", "cat", "chmod", "cut", "dirname", "mkdir", "rm", "sha256sum")
UV = """#!/bin/sh
echo "$@" >> {calls}
case "$1 $2" in
    "--version "*) echo "uv 1" ;;
    "python find")
        for last; do :; done
        case " {pythons} " in *" $last "*) echo /pythons/$last ;; *) exit 2 ;; esac ;;
    "venv --quiet")
        for last; do :; done
        mkdir -p $last/bin
        printf '#!/bin/sh\\necho %s\\n' $(basename $5) > $last/bin/python
        chmod +x $last/bin/python ;;
    "pip sync") exit {sync} ;;
esac
"""
HAS_VENV = """#!/bin/sh
[ "$2" = venv ] || exit 1
mkdir -p "$3/bin"
cp {uv} "$3/bin/uv"
printf '#!/bin/sh\\nexit 0\\n' > "$3/bin/python"
chmod +x "$3/bin/python"
"""


class _Machine:
    """A project's folder, and a path with nothing on it but what a test puts there."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.bin, self.calls_file = folder, folder / "machine", folder / "calls"
        self.requirements = folder / "requirements.txt"
        (folder / "operate").mkdir()
        self.bin.mkdir()
        # A Python of the real machine must not help out.
        script = SCRIPT.read_text(encoding="utf-8").replace("/usr/bin/python3", "")
        (folder / "operate/bootstrap.sh").write_text(script, encoding="utf-8")
        self.requirements.write_text("first\n", encoding="utf-8")
        for tool in (*TOOLS, "cp"):
            (self.bin / tool).symlink_to(str(shutil.which(tool)))

    def put(self, name: str, script: str) -> Path:
        (self.bin / name).write_text(script, encoding="utf-8")
        (self.bin / name).chmod(0o700)
        return self.bin / name

    def put_uv(self, pythons: str = "3.11", sync: int = 0, name: str = "uv") -> Path:
        return self.put(name, UV.format(calls=self.calls_file, pythons=pythons, sync=sync))

    def run(self, *arguments: str) -> tuple[int, list[str]]:
        """Return the exit code and the lines that the person reads."""
        ended = subprocess.run(
            ["/bin/sh", "operate/bootstrap.sh", *arguments],
            cwd=self.folder,
            env={"PATH": str(self.bin), "HOME": str(self.folder)},
            capture_output=True,
            text=True,
            check=False,
        )
        return ended.returncode, ended.stderr.splitlines()

    def calls(self, kind: str = "") -> list[str]:
        lines = self.calls_file.read_text(encoding="utf-8").splitlines() if self.calls_file.exists() else []
        return [line for line in lines if line.startswith(kind)]


@pytest.fixture
def machine(tmp_path: Path) -> _Machine:
    return _Machine(tmp_path)


def test_it_is_made_with_hashes_required_and_left_alone_while_nothing_changes(machine: _Machine) -> None:
    machine.put_uv()
    assert machine.run()[0] == 0
    (sync,) = machine.calls("pip sync")
    assert "--require-hashes" in sync
    assert sync.endswith("-p .venv/bin/python requirements.txt")
    before = machine.calls()
    assert machine.run() == (0, [])
    assert machine.calls() == before


def test_changed_requirements_are_installed_into_the_same_environment(machine: _Machine) -> None:
    machine.put_uv()
    machine.run()
    machine.requirements.write_text("newer\n", encoding="utf-8")
    assert machine.run()[0] == 0
    assert (len(machine.calls("venv")), len(machine.calls("pip sync"))) == (1, 2)


def test_an_environment_whose_python_is_gone_is_made_anew(machine: _Machine) -> None:
    machine.put_uv()
    machine.run()
    (machine.folder / ".venv/bin/python").unlink()
    assert machine.run()[0] == 0
    assert len(machine.calls("venv")) == 2


def test_a_missing_python_is_one_sentence_with_what_to_do_and_nothing_is_installed(machine: _Machine) -> None:
    machine.put_uv(pythons="3.10")
    code, said = machine.run()
    assert code == 1
    assert len(said) == 1
    assert "Python 3.11 or newer is missing: install it" in said[0]
    assert machine.calls("pip sync") == []


@pytest.mark.parametrize("python", ["3.12", "3.13"])
def test_a_newer_python_will_do(machine: _Machine, python: str) -> None:
    machine.put_uv(pythons=python)
    assert machine.run()[0] == 0


def test_a_failed_installation_is_tried_again_also_when_the_old_requirements_are_back(
    machine: _Machine,
) -> None:
    machine.put_uv()
    machine.run()
    machine.requirements.write_text("broken\n", encoding="utf-8")
    machine.put_uv(sync=1)
    code, said = machine.run()
    assert code == 1
    assert "could not be installed" in said[-1]
    machine.requirements.write_text("first\n", encoding="utf-8")
    machine.put_uv()
    assert machine.run()[0] == 0
    assert len(machine.calls("pip sync")) == 3


@pytest.mark.parametrize("python", ["python3", "python3.12"])
def test_without_a_uv_that_runs_ours_is_installed_by_any_python(machine: _Machine, python: str) -> None:
    machine.put("uv", "#!/bin/sh\nexit 127\n")
    machine.put(python, HAS_VENV.format(uv=machine.put_uv(name="uv_of_the_index")))
    assert machine.run()[0] == 0
    assert (machine.folder / "var/tools/uv/bin/uv").exists()
    assert len(machine.calls("pip sync")) == 1


def test_a_machine_that_cannot_get_uv_is_told_in_one_sentence(machine: _Machine) -> None:
    machine.put("python3", "#!/bin/sh\nexit 1\n")
    code, said = machine.run()
    assert code == 1
    assert "uv is missing and could not be installed: install it" in said[-1]


def test_another_environment_can_be_asked_for(machine: _Machine) -> None:
    machine.put_uv(pythons="3.10")
    (machine.folder / "other.txt").write_text("x\n", encoding="utf-8")
    assert machine.run("elsewhere/venv", "other.txt", "3.10")[0] == 0
    assert machine.calls("pip sync")[0].endswith("-p elsewhere/venv/bin/python other.txt")
    assert machine.run("elsewhere/venv", "other.txt", "3.10") == (0, [])
