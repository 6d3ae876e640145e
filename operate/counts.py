"""
How many tests passed, failed and were skipped, added up over everything that ran.

Must never count something as passed that did not run.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import yaml


@dataclass(frozen=True)
class Counts:
    """Numbers of tests. Adding two gives the total of both."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped)

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


def one(ok: bool) -> Counts:
    """Return the counts of a check that is a single test."""
    return Counts(passed=1) if ok else Counts(failed=1)


def from_junit(report: Path, exit_code: int) -> Counts:
    """
    Return pytest's own counts, from its JUnit report.

    A run that ended badly without a failed test (nothing collected, a crash, no report) counts as one
    failure.
    """
    counts = Counts()
    if report.is_file():
        for suite in ElementTree.parse(report).getroot().iter("testsuite"):  # noqa: S314 - written by our pytest
            counts += _of_suite(suite)
    if exit_code != 0 and counts.failed == 0:
        counts += Counts(failed=1)
    return counts


def _of_suite(suite: ElementTree.Element) -> Counts:
    number = {name: int(suite.get(name, "0")) for name in ("tests", "failures", "errors", "skipped")}
    failed = number["failures"] + number["errors"]
    passed = max(0, number["tests"] - failed - number["skipped"])
    return Counts(passed, failed, number["skipped"])


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
