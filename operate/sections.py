"""
The sections of `make test`: what each runs, and how it is told what came of it.

Must never let a folder of tests belong to no section.
"""

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from operate.audit import NOT_ASKED
from operate.bundle import faults_of_bundle, missing_tools
from operate.errors import OperateError
from operate.keys import private_folder
from operate.results import Result, left_out, one, recorded, stories_evaluated, stories_written, told_by_node
from settings import ROOT

AT_ONCE = ("-n", "2", "--dist")
STORIES = ROOT / "tests" / "stories"
PROGRAMS = ROOT / "programs"
"""Each help program brings a test story of its own: programs/<id>/story.yml."""
WIDGET_TESTS = ROOT / "tests" / "widget"
FOLDERS = {
    "unit": ("unit",),
    "store": ("contract", "postgres", "robustness"),
    "conversations": ("conversations", "channels"),
    "live": ("live", "portal", "privacy"),
    "browser": ("browser",),
}
"""Folders below tests/ of each section of pytest; what needs a browser is the browser's, wherever it is."""
QUICK = ("unit", "store")
"""Their tests share nothing that takes long to start; those of the others share servers and conversations."""


@dataclass(frozen=True)
class Place:
    """
    Where a section runs: `run` starts a command and returns its exit code; its words go to `log`.

    `folder` takes reports; `model` is Rasa's; `full`: also the tests that are marked so.
    """

    run: Callable[[tuple[str, ...]], int]
    folder: Path
    log: Path
    model: str = ""
    seed: int = 0
    full: bool = False
    in_ci: bool = False

    def can_not(self, reason: str) -> Result:
        """What it comes to that something is missing here: in CI a failure."""
        return Result(failed=1, faults=(reason,)) if self.in_ci else left_out(reason)


@dataclass(frozen=True)
class Section:
    """One part of all checks."""

    name: str
    title: str
    check: Callable[[Place], Result]
    needs_model: bool = False


def _command(*module: str) -> Callable[[Place], Result]:
    return lambda place: one(place.run((sys.executable, "-m", *module)))


def _pytest(name: str) -> Callable[[Place], Result]:
    def check(place: Place) -> Result:
        record = place.folder / f"{name}.jsonl"
        record.unlink(missing_ok=True)
        browser = "browser" if name == "browser" else "not browser"
        marked = browser if place.full else f"{browser} and not full"
        folders = FOLDERS[name] if name != "browser" else [each for all_ in FOLDERS.values() for each in all_]
        command = (sys.executable, "-m", "pytest", "-p", "operate.record", f"--record={record}")
        at_once = (*AT_ONCE, "worksteal" if name in QUICK else "loadgroup")
        seed = f"--hypothesis-seed={place.seed}"
        code = place.run((*command, *at_once, seed, "-m", marked, *(f"tests/{folder}" for folder in folders)))
        result = recorded(record, code)
        if place.in_ci and name == "browser" and result.skipped:
            return result + Result(faults=("A test was skipped: is the browser installed?",))
        return result

    return check


def _audit(place: Place) -> Result:
    code = place.run((sys.executable, "-m", "operate.audit"))
    if code != NOT_ASKED:
        return one(code)
    last = place.log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-1]
    return one(0) + left_out(last)


def _widget(place: Place) -> Result:
    """The modules' own tests, and that the bundle is small and made from the sources as they are."""
    if missing := missing_tools():
        return place.can_not(f"{' and '.join(missing)} not found, so the widget was not tested.")
    tests = (str(path) for path in sorted(WIDGET_TESTS.glob("*.test.mjs")))
    code = place.run(("node", "--test", "--test-reporter=tap", *tests))
    tested = told_by_node(place.log.read_text(encoding="utf-8", errors="replace"), code)
    faults = tuple(faults_of_bundle(place.run))
    return tested + Result(passed=not faults, failed=bool(faults), faults=faults)


def _stories(place: Place) -> Result:
    """Rasa drops stories that are the same to it, and files not named test_…: evaluated must be written."""
    out = place.folder / "stories"
    report = out / "story_report.json"
    report.unlink(missing_ok=True)
    stories = _collected_stories(private_folder(place.folder / "collected_stories"))
    command = (sys.executable, "-m", "engine", "test", "core", "--stories", str(stories), "--e2e")
    options = ("--fail-on-prediction-errors", "--no-plot", "--model", place.model, "--out", str(out))
    code = place.run((*command, *options))
    written, evaluated = stories_written(stories), stories_evaluated(report)
    if code != 0:
        return one(code)
    if written == evaluated:
        return Result(passed=written)
    same = f"{written} test stories are written, but Rasa evaluated {evaluated}: two are the same to it."
    return Result(passed=min(written, evaluated), failed=abs(written - evaluated), faults=(same,))


def _collected_stories(folder: Path) -> Path:
    """Copies of all test stories in one folder: Rasa reads one, and only files whose names begin so."""
    for old in folder.iterdir():
        old.unlink()
    for path in sorted(STORIES.glob("*.yml")):
        shutil.copyfile(path, folder / path.name)
    for path in sorted(PROGRAMS.glob("*/story.yml")):
        shutil.copyfile(path, folder / f"test_program_{path.parent.name}.yml")
    return folder


def all_sections() -> tuple[Section, ...]:
    """Return every section, the long ones first: two run at a time."""
    validate = ("data", "validate", "--domain", "domain.yml", "--data", "data", "--config", "config.yml")
    return (
        Section("unit", "Unit tests", _pytest("unit"), needs_model=True),
        Section("lint", "Linter", _command("ruff", "check", ".")),
        Section("format", "Format", _command("ruff", "format", "--check", ".")),
        Section("types", "Types", _command("mypy", ".")),
        Section("browser", "Browser", _pytest("browser"), needs_model=True),
        Section("conversations", "Conversations", _pytest("conversations"), needs_model=True),
        Section("live", "Live servers", _pytest("live"), needs_model=True),
        Section("store", "Store", _pytest("store")),
        Section("catalogue", "Help catalogue", _command("programs", "check")),
        Section("data", "Training data", _command("engine", *validate)),
        Section("stories", "Test stories", _stories, needs_model=True),
        Section("widget", "Widget", _widget),
        Section("audit", "Audit", _audit),
    )


def sections(only: tuple[str, ...] = ()) -> tuple[Section, ...]:
    """Return all sections, or those named; raise OperateError for an unknown name."""
    every = all_sections()
    known = [section.name for section in every]
    if unknown := sorted(set(only) - set(known)):
        raise OperateError(f"There is no section {', '.join(unknown)}: choose from {', '.join(known)}.")
    return tuple(section for section in every if not only or section.name in only)
