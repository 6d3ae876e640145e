"""
All checks and tests behind `make test`, section by section, with one closing line.

Must never stop at the first failure, and never end well when a section ran nothing.
"""

import shutil
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from operate.bundle import MOST_BYTES_COMPRESSED, check_bundle, compressed_size
from operate.children import start, to_its_end
from operate.counts import Counts, from_junit, one, stories_evaluated, stories_written
from operate.errors import OperateError
from operate.keys import private_folder
from operate.quick_files import with_quick_files
from operate.terminal import Terminal
from settings import ROOT

SECTION_SECONDS = 15 * 60.0
NOT_SERVERS = "not live and not browser"
AT_ONCE = ("-n", "auto", "--maxprocesses=2")  # each process starts servers of its own
WHY_FEWER = "two are the same to it, or the name of a file does not begin with test_"
STORIES = ROOT / "tests" / "stories"
PROGRAMS = ROOT / "programs"
"""Each help program brings a test story of its own: programs/<id>/story.yml."""

Run = Callable[[tuple[str, ...]], int]


@dataclass(frozen=True)
class Place:
    """Where a section runs: `run` starts a command and returns its exit code, `results` takes its reports."""

    run: Run
    results: Path
    model: str
    say: Callable[[str], None]
    in_ci: bool = False


@dataclass(frozen=True)
class Section:
    """One part of all checks."""

    name: str
    title: str
    count: Callable[[Place], Counts]
    needs_model: bool = False


def _command(*command: str) -> Callable[[Place], Counts]:
    return lambda place: one(place.run(command) == 0)


def _pytest(name: str, *arguments: str) -> Callable[[Place], Counts]:
    def count(place: Place) -> Counts:
        report = place.results / f"{name}.xml"
        report.unlink(missing_ok=True)
        return from_junit(
            report, place.run((sys.executable, "-m", "pytest", f"--junit-xml={report}", *arguments))
        )

    return count


def _browser(place: Place) -> Counts:
    counts = _pytest("browser", *AT_ONCE, "-m", "browser")(place)
    if place.in_ci and counts.skipped:
        place.say("A browser test was skipped, which counts as failed in CI: is the browser installed?")
        return Counts(counts.passed, counts.failed + counts.skipped, 0)
    return counts


def _widget(place: Place) -> Counts:
    """Two checks: the bundle is made from the sources as they are, and it is small."""
    small = compressed_size() <= MOST_BYTES_COMPRESSED
    if not small:
        place.say(f"The bundle is {compressed_size()} bytes compressed: {MOST_BYTES_COMPRESSED} at most.")
    verdict = check_bundle(place.run)
    if verdict.fault:
        place.say(verdict.fault)
    if not verdict.could_look and not place.in_ci:
        return one(small) + Counts(skipped=1)
    return one(small) + one(not verdict.fault)


def _stories(place: Place) -> Counts:
    """Rasa drops stories that are the same to it, and files not named test_…: evaluated must be written."""
    out = place.results / "stories"
    report = out / "story_report.json"
    report.unlink(missing_ok=True)
    stories = _collected_stories(private_folder(place.results / "collected_stories"))
    command = (sys.executable, "-m", "engine", "test", "core", "--stories", str(stories), "--e2e")
    options = ("--fail-on-prediction-errors", "--no-plot", "--model", place.model, "--out", str(out))
    exit_code = place.run((*command, *options))
    written, evaluated = stories_written(stories), stories_evaluated(report)
    if exit_code != 0:
        return Counts(failed=1)
    if written != evaluated or not written:
        place.say(
            f"{written} test stories are written, but Rasa evaluated {evaluated}: two are the same to it."
        )
        return Counts(failed=max(1, abs(written - evaluated)), passed=min(written, evaluated))
    return Counts(passed=written)


def _collected_stories(folder: Path) -> Path:
    """Copies of all test stories in one folder: Rasa reads one, and only files whose names begin so."""
    for old in folder.iterdir():
        old.unlink()
    for path in sorted(STORIES.glob("*.yml")):
        shutil.copyfile(path, folder / path.name)
    for path in sorted(PROGRAMS.glob("*/story.yml")):
        shutil.copyfile(path, folder / f"test_program_{path.parent.name}.yml")
    return folder


def sections(only: tuple[str, ...] = ()) -> tuple[Section, ...]:
    """Return all sections, or those named, the quick ones first; raise OperateError for an unknown name."""
    every = _all_sections()
    unknown = set(only) - {section.name for section in every}
    if unknown:
        known = ", ".join(section.name for section in every)
        raise OperateError(f"There is no section {', '.join(sorted(unknown))}: choose from {known}.")
    return tuple(section for section in every if not only or section.name in only)


def _all_sections() -> tuple[Section, ...]:
    validate = ("data", "validate", "--domain", "domain.yml", "--data", "data", "--config", "config.yml")
    return (
        Section("lint", "Linter", _command(sys.executable, "-m", "ruff", "check", ".")),
        Section("format", "Format", _command(sys.executable, "-m", "ruff", "format", "--check", ".")),
        Section("types", "Types", _command(sys.executable, "-m", "mypy", ".")),
        Section("catalogue", "Help catalogue", _command(sys.executable, "-m", "programs", "check")),
        Section("unit", "Unit tests", _pytest("unit", *AT_ONCE, "-m", NOT_SERVERS)),
        Section("widget", "Widget bundle", _widget),
        Section("data", "Training data", _command(sys.executable, "-m", "engine", *validate)),
        Section("stories", "Test stories", _stories, needs_model=True),
        Section(
            "live",
            "Live conversations",
            _pytest("live", *AT_ONCE, "-m", "live and not browser"),
            needs_model=True,
        ),
        Section("browser", "Browser", _browser, needs_model=True),
    )


def run_checks(
    wanted: Iterable[Section],
    terminal: Terminal,
    *,
    environ: Mapping[str, str],
    results: Path,
    model: str = "",
) -> int:
    """
    Run the sections, write the closing line, return 0 when something passed and nothing failed.

    environ: what the commands get. results: a folder for their reports. model: Rasa's, for the test stories.

    The line reads "N passed, N failed, N skipped" and counts every test of every section, and
    each check as one.
    """
    place = Place(
        run=lambda command: to_its_end(
            start(command, None, cwd=ROOT, environ=with_quick_files(environ)), SECTION_SECONDS
        ),
        results=private_folder(results),
        model=model,
        say=lambda text: terminal.line(text, style="bold red"),
        in_ci=environ.get("CI") == "true",
    )
    total = Counts()
    failed: list[str] = []
    for section in wanted:
        terminal.heading(section.title)
        counts = section.count(place)
        total += counts
        if counts.failed:
            failed.append(section.title)
    terminal.heading("All together")
    if failed:
        terminal.failed(f"Failed: {', '.join(failed)}")
    terminal.line(str(total))
    return 1 if failed or not total.passed else 0
