"""Nothing that did not run counts as passed, and what was cut off is named."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from operate.children import STOPPED, TIMED_OUT
from operate.results import Result, one, recorded, stories_evaluated, stories_written, told_by_node
from settings import ROOT

TESTS = """
import os, pytest, time

def test_passes(): pass
def test_fails(): assert False
def test_is_skipped(): pytest.skip("no browser here")
@pytest.fixture
def broken(): raise OSError
def test_cannot_begin(broken): pass
def test_ends_all():
    if "DIES" in os.environ: os._exit(9)
def test_comes_after(): pass
"""


def _pytest(folder: Path, *arguments: str, source: str = TESTS, dies: bool = False) -> Result:
    (folder / "test_some.py").write_text(source, encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "xdist",
        "-p",
        "operate.record",
        "--rootdir",
        str(folder),
        *arguments,
    ]
    ended = subprocess.run(
        [*command, "-p", "no:cacheprovider", f"--record={folder / 'record'}", str(folder)],
        cwd=ROOT,
        env={
            "PATH": "/usr/bin:/bin",
            "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
            **({"DIES": "1"} if dies else {}),
        },
        capture_output=True,
        check=False,
    )
    return recorded(folder / "record", ended.returncode)


@pytest.mark.parametrize("how", [(), ("-n", "2")], ids=["alone", "two_processes"])
def test_pytest_is_counted_with_the_reasons_and_the_times(tmp_path: Path, how: tuple[str, ...]) -> None:
    result = _pytest(tmp_path, *how)
    assert (result.passed, result.failed, result.skipped) == (3, 2, 1)
    assert [name.rpartition("::")[2] for name in result.failures] == ["test_cannot_begin", "test_fails"]
    assert result.skips == ("no browser here",)
    assert len(result.times) == 6
    assert (result.not_run, result.faults, result.well) == ((), (), False)


def test_what_did_not_run_because_the_process_died_is_named(tmp_path: Path) -> None:
    result = _pytest(tmp_path, dies=True)
    assert [name.rpartition("::")[2] for name in result.not_run] == ["test_comes_after", "test_ends_all"]
    assert result.faults == ("pytest ended with the exit code 9.",)
    assert "2 not run" in str(result)


def test_a_process_of_several_that_dies_fails_its_test_and_the_rest_runs(tmp_path: Path) -> None:
    result = _pytest(tmp_path, "-n", "2", dies=True)
    assert any("test_ends_all" in name for name in result.failures)
    assert result.not_run == ()


def test_a_file_that_cannot_be_read_is_a_failure(tmp_path: Path) -> None:
    assert _pytest(tmp_path, source="import nothing_of_this_name").failed == 1


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        (0, "It reported no results."),
        (5, "pytest ended with the exit code 5."),
        (-9, "It was killed (signal 9)."),
        (TIMED_OUT, "It took too long and was ended."),
        (STOPPED, "It was stopped before its end."),
    ],
)
def test_a_run_without_results_is_never_well(tmp_path: Path, code: int, fault: str) -> None:
    result = recorded(tmp_path / "none", code)
    assert result.faults == (fault,)
    assert not result.well


def test_the_half_line_of_somebody_who_was_killed_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "record").write_text('{"collected": ["a", "b"]}\n{"test": "a", "wh', encoding="utf-8")
    assert recorded(tmp_path / "record", -9).not_run == ("a", "b")


def test_a_failure_of_pytest_itself_after_passing_tests_is_one(tmp_path: Path) -> None:
    entry = {"test": "a", "when": "teardown", "outcome": "passed", "seconds": 0.0}
    (tmp_path / "record").write_text(json.dumps(entry) + "\n", encoding="utf-8")
    assert recorded(tmp_path / "record", 0) == Result(passed=1, times=((0.0, "a"),))
    assert not recorded(tmp_path / "record", 1).well


def test_nodes_tests_are_counted() -> None:
    words = "ok 1 - # pass 9\n# tests 6\n# pass 3\n# fail 1\n# cancelled 1\n# skipped 1\n"
    assert told_by_node(words, 1) == Result(passed=3, failed=2, skipped=1)
    assert not told_by_node("", 0).well
    assert not told_by_node("# tests 1\n# pass 1\n", 1).well
    assert told_by_node("# tests 1\n# pass 1\n", 0).well


def test_results_add_up_and_read_as_a_closing_line() -> None:
    total = Result(2, 0, 1, skips=("a",)) + Result(3, 1, skips=("b",), not_run=("c",))
    assert str(total) == "5 passed, 1 failed, 1 skipped, 1 not run"
    assert total.skips == ("a", "b")
    assert one(0).well
    assert not one(1).well
    assert not Result().well


def test_stories_are_counted_over_all_files_and_from_rasas_report(tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "a.yml").write_text("stories:\n- story: one\n- story: two\n", encoding="utf-8")
    (tmp_path / "more/b.yml").write_text("stories:\n- story: three\n", encoding="utf-8")
    (tmp_path / "empty.yml").write_text("", encoding="utf-8")
    assert stories_written(tmp_path) == 3
    (tmp_path / "report.json").write_text('{"conversation_accuracy": {"total": 7}}', encoding="utf-8")
    assert stories_evaluated(tmp_path / "report.json") == 7
    assert stories_evaluated(tmp_path / "none.json") == 0
