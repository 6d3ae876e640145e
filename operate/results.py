"""
What came of a section of the tests: how many passed, what did not run, and how long each took.

Must never count something as passed that did not run.
"""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from operate.children import STOPPED, TIMED_OUT

CUT_OFF = {TIMED_OUT: "It took too long and was ended.", STOPPED: "It was stopped before its end."}
ALL_RAN = (0, 1)
"""Exit codes of pytest after which every test has a result."""


@dataclass(frozen=True)
class Result:
    """
    Numbers of tests; `faults` are sentences about the section itself, of which each fails it.

    `failures` and `not_run` name tests, `skips` has reasons, `times` the seconds of each test.
    """

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    faults: tuple[str, ...] = ()
    failures: tuple[str, ...] = ()
    not_run: tuple[str, ...] = ()
    skips: tuple[str, ...] = ()
    times: tuple[tuple[float, str], ...] = ()

    @property
    def well(self) -> bool:
        """Whether something passed or was left out for a reason, and nothing failed."""
        return not self.failed and not self.faults and not self.not_run and bool(self.passed or self.skips)

    def __add__(self, other: "Result") -> "Result":
        return Result(
            *(mine + its for mine, its in zip(vars(self).values(), vars(other).values(), strict=True))
        )

    def __str__(self) -> str:
        left = f", {len(self.not_run)} not run" if self.not_run else ""
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped{left}"


def one(exit_code: int) -> Result:
    """What a check came to that is a single test."""
    return Result(passed=1) if exit_code == 0 else Result(failed=1, faults=ended(exit_code))


def left_out(reason: str) -> Result:
    """A check that could not be made here."""
    return Result(skipped=1, skips=(reason,))


def ended(exit_code: int) -> tuple[str, ...]:
    """A sentence when a command was cut off."""
    if exit_code in CUT_OFF:
        return (CUT_OFF[exit_code],)
    return (f"It was killed (signal {-exit_code}).",) if exit_code < 0 else ()


def recorded(record: Path, exit_code: int) -> Result:
    """What pytest did, from the record that it wrote (operate/record.py)."""
    collected, tests = set[str](), dict[str, list[dict[str, Any]]]()
    for entry in _entries(record):
        collected.update(entry.get("collected", ()))
        if "test" in entry:
            tests.setdefault(entry["test"], []).append(entry)
    outcomes = {test: _outcome(parts) for test, parts in tests.items()}
    faults = ended(exit_code)
    if not faults and exit_code not in ALL_RAN:
        faults = (f"pytest ended with the exit code {exit_code}.",)
    values = list(outcomes.values())
    if not set(values) - {"unfinished"} and not faults:
        faults = ("It reported no results.",)
    if exit_code == 1 and "failed" not in values and not faults:
        faults = ("pytest failed without a test that did.",)
    return Result(
        passed=values.count("passed"),
        failed=values.count("failed"),
        skipped=values.count("skipped"),
        faults=faults,
        failures=tuple(sorted(test for test, end in outcomes.items() if end == "failed")),
        not_run=tuple(sorted(collected - {test for test, end in outcomes.items() if end != "unfinished"})),
        skips=tuple(
            sorted({part["reason"] for parts in tests.values() for part in parts if part.get("reason")})
        ),
        times=tuple((sum(part["seconds"] for part in parts), test) for test, parts in tests.items()),
    )


def _entries(record: Path) -> Iterator[dict[str, Any]]:
    for line in record.read_text(encoding="utf-8").splitlines() if record.is_file() else ():
        with suppress(ValueError):  # the last line of somebody who was killed
            yield json.loads(line)


def _outcome(parts: list[dict[str, Any]]) -> str:
    seen = {part["outcome"] for part in parts}
    if "failed" in seen:
        return "failed"
    if parts[-1]["when"] != "teardown":
        return "unfinished"
    return "skipped" if "skipped" in seen else "passed"


def told_by_node(words: str, exit_code: int) -> Result:
    """What `node --test` says at its end."""
    number = {name: int(count) for name, count in re.findall(r"^# (\w+) (\d+)$", words, re.MULTILINE)}
    failed = number.get("fail", 0) + number.get("cancelled", 0)
    faults = ended(exit_code) or (() if number.get("tests") else ("It reported no results.",))
    if exit_code and not failed and not faults:
        faults = ("node failed without a test that did.",)
    return Result(number.get("pass", 0), failed, number.get("skipped", 0), faults)


def stories_written(folder: Path) -> int:
    """Return how many test stories the YAML files below `folder` hold."""
    total = 0
    for path in sorted(folder.rglob("*.yml")):
        content = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        total += len(content.get("stories") or ())
    return total


def stories_evaluated(report: Path) -> int:
    """Return how many stories Rasa says that it evaluated; it drops those that it thinks are the same."""
    if not report.is_file():
        return 0
    content = json.loads(report.read_text(encoding="utf-8"))
    return int(content.get("conversation_accuracy", {}).get("total", 0))
