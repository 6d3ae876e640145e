"""Environments are made when they are missing or out of date, and what is missing on the machine is said."""

import ast
import stat
import subprocess
from pathlib import Path

import pytest

from operate import bootstrap
from settings import ROOT

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


class _Machine:
    """A folder like the project's, and a path with nothing on it but what a test puts there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.bin = folder / "machine"
        for name in ("requirements.txt", "operate/uv-requirements.txt"):
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text(f"{name}\n", encoding="utf-8")
        self.bin.mkdir()
        for tool in ("sh", "mkdir", "chmod", "basename"):
            (self.bin / tool).symlink_to(
                f"/bin/{tool}" if Path(f"/bin/{tool}").exists() else f"/usr/bin/{tool}"
            )

    def put(self, name: str, script: str) -> None:
        (self.bin / name).write_text(script, encoding="utf-8")
        (self.bin / name).chmod(stat.S_IRWXU)

    def put_uv(self, pythons: str = "3.11", sync: int = 0) -> None:
        self.put("uv", UV.format(calls=self.folder / "calls", pythons=pythons, sync=sync))

    def calls(self, kind: str) -> list[str]:
        path = self.folder / "calls"
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        return [line for line in lines if line.startswith(kind)]


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> _Machine:
    made = _Machine(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", str(made.bin))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("ASKFIRST_VAR", raising=False)
    monkeypatch.setattr(bootstrap.signal, "signal", lambda *_: None)
    return made


def test_the_environment_is_made_with_hashes_required(machine: _Machine) -> None:
    machine.put_uv()
    assert bootstrap.main() == 0
    assert len(machine.calls("venv")) == 1
    (sync,) = machine.calls("pip sync")
    assert "--require-hashes" in sync
    assert sync.endswith("-p .venv/bin/python requirements.txt")


def test_a_second_time_with_nothing_changed_calls_nothing(machine: _Machine) -> None:
    machine.put_uv()
    bootstrap.main()
    before = machine.calls("")
    assert bootstrap.main() == 0
    assert machine.calls("") == before


def test_changed_requirements_are_installed_into_the_same_environment(machine: _Machine) -> None:
    machine.put_uv()
    bootstrap.main()
    (machine.folder / "requirements.txt").write_text("newer\n", encoding="utf-8")
    bootstrap.main()
    assert len(machine.calls("venv")) == 1
    assert len(machine.calls("pip sync")) == 2


def test_an_environment_whose_python_is_gone_is_made_anew(machine: _Machine) -> None:
    machine.put_uv()
    bootstrap.main()
    (machine.folder / ".venv/bin/python").unlink()
    assert bootstrap.main() == 0
    assert len(machine.calls("venv")) == 2


def test_a_missing_python_is_one_sentence_with_what_to_do(
    machine: _Machine, capfd: pytest.CaptureFixture[str]
) -> None:
    machine.put_uv(pythons="3.10")
    assert bootstrap.main() == 1
    said = capfd.readouterr().err.strip().splitlines()
    assert len(said) == 1
    assert "Python 3.11 or newer is missing" in said[0]
    assert "install it" in said[0]


def test_nothing_is_installed_when_a_python_is_missing(machine: _Machine) -> None:
    machine.put_uv(pythons="3.10")
    bootstrap.main()
    assert machine.calls("pip sync") == []


@pytest.mark.parametrize("python", ["3.12", "3.13"])
def test_a_newer_python_will_do(machine: _Machine, python: str) -> None:
    machine.put_uv(pythons=python)
    assert bootstrap.main() == 0


def test_a_failed_installation_is_not_stamped_and_tried_again(machine: _Machine) -> None:
    machine.put_uv(sync=1)
    assert bootstrap.main() == 1
    machine.put_uv()
    assert bootstrap.main() == 0


def test_requirements_that_failed_and_were_put_back_are_installed_again(machine: _Machine) -> None:
    requirements = machine.folder / "requirements.txt"
    before = requirements.read_text(encoding="utf-8")
    machine.put_uv()
    bootstrap.main()
    requirements.write_text("broken\n", encoding="utf-8")
    machine.put_uv(sync=1)
    bootstrap.main()
    requirements.write_text(before, encoding="utf-8")
    machine.put_uv()
    bootstrap.main()
    assert len(machine.calls("pip sync")) == 3  # it, the one that failed, and it again


def test_a_uv_that_does_not_run_counts_as_none_and_ours_is_installed(machine: _Machine) -> None:
    machine.put("uv", "#!/bin/sh\nexit 127\n")
    ours = UV.format(calls=machine.folder / "calls", pythons="3.11", sync=0).replace("$", "\\$")
    machine.put(
        "python3",
        f'#!/bin/sh\n[ "$2" = venv ] || exit 1\nmkdir -p $3/bin\nprintf "%s" "{ours}" > $3/bin/uv\n'
        'chmod +x $3/bin/uv\nprintf "#!/bin/sh\\nexit 0\\n" > $3/bin/python\nchmod +x $3/bin/python\n',
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bootstrap.sys, "executable", str(machine.bin / "python3"))
        uv = bootstrap.install_uv()
    assert uv == "var/tools/uv/bin/uv"
    assert bootstrap.find_uv() == uv


def test_a_machine_that_cannot_get_uv_is_told_in_one_sentence(
    machine: _Machine, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.put("python3", "#!/bin/sh\nexit 1\n")
    monkeypatch.setattr(bootstrap.sys, "executable", str(machine.bin / "python3"))
    monkeypatch.setattr(bootstrap, "run", lambda command, quiet=False: False)
    assert bootstrap.main() == 1
    assert "uv is missing and could not be installed" in capfd.readouterr().err.splitlines()[-1]


def test_the_shell_script_says_so_when_no_python_runs(machine: _Machine) -> None:
    script = (ROOT / "operate/bootstrap.sh").read_text(encoding="utf-8").replace("/usr/bin/python3", "none")
    (machine.folder / "operate/bootstrap.sh").write_text(script, encoding="utf-8")
    (machine.bin / "dirname").symlink_to("/usr/bin/dirname")
    ended = subprocess.run(["sh", "operate/bootstrap.sh"], capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert "install Python 3.11 or newer" in ended.stderr


def test_it_is_written_for_old_pythons() -> None:
    source = (ROOT / "operate/bootstrap.py").read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 6))
    with pytest.raises(SyntaxError):
        ast.parse("match x:\n    case 1: pass", feature_version=(3, 6))
