"""Counts add up, and nothing that did not run counts as passed."""

import json
from pathlib import Path

from operate.counts import Counts, from_junit, one, stories_evaluated, stories_written

REPORT = """<testsuites><testsuite tests="10" failures="2" errors="1" skipped="3"/></testsuites>"""


def _report(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "report.xml"
    path.write_text(text, encoding="utf-8")
    return path


def test_counts_add_up_and_read_as_a_closing_line() -> None:
    assert str(Counts(2, 0, 1) + Counts(3, 1, 0)) == "5 passed, 1 failed, 1 skipped"


def test_pytests_report_is_counted(tmp_path: Path) -> None:
    assert from_junit(_report(tmp_path, REPORT), exit_code=1) == Counts(4, 3, 3)


def test_a_run_without_a_report_is_a_failure(tmp_path: Path) -> None:
    assert from_junit(tmp_path / "none.xml", exit_code=2) == Counts(0, 1, 0)


def test_a_run_that_collected_nothing_is_a_failure(tmp_path: Path) -> None:
    empty = '<testsuites><testsuite tests="0" failures="0" errors="0" skipped="0"/></testsuites>'
    assert from_junit(_report(tmp_path, empty), exit_code=5).failed == 1


def test_a_crash_after_passing_tests_is_a_failure(tmp_path: Path) -> None:
    passing = '<testsuites><testsuite tests="2" failures="0" errors="0" skipped="0"/></testsuites>'
    assert from_junit(_report(tmp_path, passing), exit_code=-9) == Counts(2, 1, 0)


def test_a_check_is_one_test() -> None:
    assert (one(True), one(False)) == (Counts(passed=1), Counts(failed=1))


def test_stories_are_counted_over_all_files(tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "a.yml").write_text("stories:\n- story: one\n- story: two\n", encoding="utf-8")
    (tmp_path / "more/b.yml").write_text("stories:\n- story: three\n", encoding="utf-8")
    (tmp_path / "empty.yml").write_text("", encoding="utf-8")
    assert stories_written(tmp_path) == 3


def test_evaluated_stories_come_from_rasas_report(tmp_path: Path) -> None:
    path = tmp_path / "story_report.json"
    path.write_text(json.dumps({"conversation_accuracy": {"total": 7}}), encoding="utf-8")
    assert stories_evaluated(path) == 7
    assert stories_evaluated(tmp_path / "none.json") == 0
