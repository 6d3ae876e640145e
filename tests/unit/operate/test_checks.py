"""All sections run whatever fails, the end is honest about it, and nothing outlives the command."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from operate import checks
from operate.checks import Checks, Plan, temporary_folder
from operate.results import Result
from operate.sections import Place, Section
from operate.terminal import Terminal
from settings import ROOT
from tests.live.server import is_alive
from tests.live.waiting import eventually


def _run(folder: Path, *sections: Section) -> tuple[int, str, str]:
    """Return the exit code, the screen and the report."""
    screen = StringIO()
    plan = Plan(sections, {"PATH": os.environ["PATH"]}, folder / "results", seed=7)
    code = Checks(plan, Terminal(Console(file=screen, width=200))).run()
    return code, screen.getvalue(), (folder / "results/report.md").read_text(encoding="utf-8")


def _comes_to(name: str, result: Result) -> Section:
    return Section(name, name.title(), lambda place: result)


def test_a_failure_does_not_keep_the_others_from_running_and_all_are_in_the_report(tmp_path: Path) -> None:
    bad = Result(2, 1, failures=("tests/a.py::b",), not_run=("tests/a.py::c",), faults=("It was killed.",))
    good = Result(
        5, 0, 1, skips=("no browser here",), times=((2.5, "tests/d.py::slow"), (0.1, "tests/d.py::quick"))
    )
    code, screen, report = _run(tmp_path, _comes_to("bad", bad), _comes_to("good", good))
    assert code == 1
    assert screen.splitlines()[-1] == "7 passed, 1 failed, 1 skipped, 1 not run"
    for said in ("Failed: Bad", "It was killed.", "tests/a.py::c", "left out: no browser here", "SEED=7"):
        assert said in screen
    assert "| Bad | 2 | 1 | 0 | 1 |" in report
    assert "| Good | 5 | 0 | 1 | 0 |" in report
    for said in ("Bad: It was killed.", "- tests/a.py::b", "- tests/a.py::c", "- no browser here", "seed 7"):
        assert said in report
    assert report.index("2.5 s tests/d.py::slow") < report.index("0.1 s tests/d.py::quick")


def test_all_passed_ends_well_and_nothing_run_does_not(tmp_path: Path) -> None:
    assert _run(tmp_path, _comes_to("a", Result(passed=1)), _comes_to("b", Result(passed=2)))[0] == 0
    assert _run(tmp_path, _comes_to("a", Result(passed=1)), _comes_to("b", Result()))[0] == 1
    assert _run(tmp_path)[0] == 1


def test_a_section_that_breaks_is_named_and_the_next_runs(tmp_path: Path) -> None:
    def breaks(place: Place) -> Result:
        raise OSError("no space left")

    code, screen, _ = _run(tmp_path, Section("a", "Broken", breaks), _comes_to("b", Result(passed=1)))
    assert code == 1
    assert "It could not be run: no space left" in screen
    assert "1 passed" in screen


def test_commands_get_the_seed_and_their_words_are_kept_and_shown_when_they_fail(tmp_path: Path) -> None:
    def fails(place: Place) -> Result:
        place.run(("sh", "-c", "echo $TEST_SEED $PYTHONHASHSEED $TMPDIR; exit 1"))
        return Result(failed=1)

    _, screen, _ = _run(tmp_path, Section("a", "A", fails))
    said = (tmp_path / "results/a.log").read_text(encoding="utf-8")
    assert said.startswith("7 7 /")
    assert said in screen
    assert not Path(said.split()[2]).exists()


@pytest.mark.parametrize("full", [True, False])
def test_what_repeats_does_so_for_longer_when_all_is_run(tmp_path: Path, full: bool) -> None:
    def says(place: Place) -> Result:
        place.run(("sh", "-c", "echo $ASKFIRST_SOAK"))
        return Result(passed=1)

    plan = Plan([Section("a", "A", says)], {"PATH": os.environ["PATH"]}, tmp_path, full=full)
    assert Checks(plan, Terminal(Console(quiet=True))).run() == 0
    assert (tmp_path / "a.log").read_text(encoding="utf-8").strip() == ("1000" if full else "")


def test_a_section_that_takes_too_long_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    codes = []

    def waits(place: Place) -> Result:
        codes.append(place.run(("sleep", "600")))
        return Result(passed=1)

    monkeypatch.setattr(checks, "SECTION_SECONDS", 0.1)
    _run(tmp_path, Section("a", "A", waits))
    assert codes == [124]


def test_temporary_files_lie_in_memory_where_there_is_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "ROOM_BYTES", 1)
    assert temporary_folder(tmp_path).parent == tmp_path
    monkeypatch.setattr(checks, "ROOM_BYTES", 1 << 60)
    elsewhere = temporary_folder(tmp_path)
    elsewhere.rmdir()
    assert elsewhere.parent != tmp_path


class _Command:
    """The test command as a process, with sections whose servers ignore every signal that can be ignored."""

    def __init__(self, folder: Path, then: str) -> None:
        self.folder = folder
        script = str(ROOT / "tests/unit/operate/small_checks.py")
        with (folder / "screen").open("wb") as file:
            self.process = subprocess.Popen(
                [sys.executable, script, str(folder), then],
                cwd=ROOT,
                env={**os.environ, "PYTHONPATH": str(ROOT)},
                stdout=file,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def pids(self) -> list[int]:
        return [int(pid) for path in self.folder.glob("*.pids") for pid in path.read_text().split()]

    def until_both_wait(self) -> None:
        eventually(lambda: len(self.pids()) == 4, "two sections have servers", 60)

    def all_end(self) -> None:
        eventually(lambda: not any(map(is_alive, self.pids())), "no process of it is left", 30)
        eventually(lambda: not list(self.folder.glob("askfirst-*")), "its temporary files are gone", 30)

    def report(self) -> str:
        return (self.folder / "results/report.md").read_text(encoding="utf-8")


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], _Command]]:
    started: list[_Command] = []

    def run(then: str) -> _Command:
        started.append(_Command(tmp_path, then))
        return started[-1]

    yield run
    for each in started:
        each.process.kill()
        each.process.wait()
        for pid in filter(is_alive, each.pids()):
            os.kill(pid, signal.SIGKILL)


@pytest.mark.parametrize(
    ("number", "exit_code"),
    [
        (signal.SIGINT, 130),
        pytest.param(signal.SIGTERM, 143, marks=pytest.mark.full),
        pytest.param(signal.SIGHUP, 129, marks=pytest.mark.full),
    ],
)
def test_a_command_that_is_stopped_leaves_nothing_and_names_what_did_not_run(
    command: Callable[[str], _Command], number: signal.Signals, exit_code: int
) -> None:
    running = command("waits")
    running.until_both_wait()
    running.process.send_signal(number)
    assert running.process.wait(timeout=90) == exit_code
    running.all_end()
    report = running.report()
    for said in (
        "one: It was stopped",
        "two: It was stopped",
        "three: It was not run",
        "test_two.py::test_last",
    ):
        assert said in report
    assert "test_one.py::test_first" not in report.split("## Not run")[1].split("##")[0]


def test_a_command_that_is_killed_leaves_nothing(command: Callable[[str], _Command]) -> None:
    running = command("waits")
    running.until_both_wait()
    running.process.kill()
    running.all_end()


def test_a_server_that_a_section_left_behind_is_ended_named_and_fails_the_run(
    command: Callable[[str], _Command],
) -> None:
    running = command("leaves")
    assert running.process.wait(timeout=90) == 1
    running.all_end()
    assert "Leftovers: Somebody left this running" in running.report()
