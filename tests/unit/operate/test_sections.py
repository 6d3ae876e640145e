"""Every test belongs to a section, and a section is honest about what it could not look at."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from operate import bundle
from operate import sections as sections_module
from operate.audit import NOT_ASKED
from operate.errors import OperateError
from operate.results import Result
from operate.sections import FOLDERS, Place, sections
from settings import ROOT


def _check(name: str, place: Place) -> Result:
    (section,) = sections((name,))
    return section.check(place)


def _place(folder: Path, code: int = 0, words: str = "", **more: bool) -> tuple[Place, list[Sequence[str]]]:
    """A place where every command says these words and ends so, and the commands that were run."""
    ran: list[Sequence[str]] = []

    def run(command: Sequence[str]) -> int:
        ran.append(command)
        (folder / "log").write_text(words, encoding="utf-8")
        return code

    return Place(run, folder, folder / "log", model="m.tar.gz", seed=7, **more), ran


def test_sections_are_chosen_by_name_and_a_wrong_name_is_said() -> None:
    assert {section.name for section in sections(("unit", "lint"))} == {"lint", "unit"}
    with pytest.raises(OperateError, match="unti: choose from unit, lint"):
        sections(("unti",))


def test_every_folder_of_tests_belongs_to_one_section() -> None:
    there = {path.relative_to(ROOT / "tests").parts[0] for path in (ROOT / "tests").rglob("test_*.py")}
    named = [folder for folders in FOLDERS.values() for folder in folders]
    assert sorted(there) == sorted(named)


@pytest.mark.parametrize(
    ("name", "full", "marked"),
    [
        ("unit", False, "not browser and not full"),
        ("unit", True, "not browser"),
        ("browser", False, "browser and not full"),
        ("browser", True, "browser"),
    ],
)
def test_each_test_is_run_by_one_section_and_the_long_ones_when_asked_for(
    tmp_path: Path, name: str, full: bool, marked: str
) -> None:
    place, ran = _place(tmp_path, full=full)
    _check(name, place)
    (command,) = ran
    assert command[command.index("-m", 2) + 1] == marked
    assert "--hypothesis-seed=7" in command
    assert ("tests/browser" in command) == (name == "browser")


@pytest.mark.parametrize("in_ci", [True, False])
def test_an_absent_browser_is_a_failure_in_ci_and_a_skip_elsewhere(tmp_path: Path, in_ci: bool) -> None:
    def skips(command: Sequence[str]) -> int:
        entry = {
            "test": "a",
            "when": "teardown",
            "outcome": "skipped",
            "seconds": 0.0,
            "reason": "no Chromium",
        }
        (tmp_path / "browser.jsonl").write_text(json.dumps(entry) + "\n", encoding="utf-8")
        return 0

    result = _check("browser", Place(skips, tmp_path, tmp_path / "log", in_ci=in_ci))
    assert result.well is not in_ci
    assert result.skips == ("no Chromium",)


@pytest.mark.parametrize("in_ci", [True, False])
def test_without_node_the_widget_is_left_out_with_the_reason_and_fails_in_ci(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_ci: bool
) -> None:
    monkeypatch.setattr(bundle.shutil, "which", lambda name: None)
    place, ran = _place(tmp_path, in_ci=in_ci)
    result = _check("widget", place)
    assert result.well is not in_ci
    assert "node and npm not found" in str(result.faults + result.skips)
    assert ran == []


@pytest.mark.parametrize("faults", [[], ["The bundle is too big."]])
def test_the_widgets_tests_and_its_bundle_are_both_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, faults: list[str]
) -> None:
    monkeypatch.setattr(sections_module, "missing_tools", list)
    monkeypatch.setattr(sections_module, "faults_of_bundle", lambda run: faults)
    place, ran = _place(tmp_path, words="# tests 2\n# pass 2\n")
    assert _check("widget", place) == Result(3 - len(faults), len(faults), faults=tuple(faults))
    assert any("outbox.test.mjs" in word for word in ran[0])


def test_what_could_not_be_asked_is_said_and_what_is_wrong_fails(tmp_path: Path) -> None:
    place, _ = _place(tmp_path, NOT_ASKED, "Licences: all as they may be.\nVulnerabilities: no answer.\n")
    assert _check("audit", place) == Result(1, 0, 1, skips=("Vulnerabilities: no answer.",))
    assert _check("audit", _place(tmp_path, 0)[0]) == Result(passed=1)
    assert _check("audit", _place(tmp_path, 1)[0]) == Result(failed=1)


class _FakeRasa:
    """Stands in for `python -m engine test core`: writes the report that it is told to, ends as told."""

    def __init__(self, folder: Path, evaluated: int, exit_code: int = 0) -> None:
        self.folder, self.evaluated, self.exit_code = folder, evaluated, exit_code
        self.command: Sequence[str] = ()

    def __call__(self, command: Sequence[str]) -> int:
        self.command = command
        report = self.folder / "stories/story_report.json"
        report.parent.mkdir(parents=True, exist_ok=True)
        report.write_text(json.dumps({"conversation_accuracy": {"total": self.evaluated}}), encoding="utf-8")
        return self.exit_code

    def result(self) -> Result:
        return _check("stories", Place(self, self.folder, self.folder / "log", model="m.tar.gz"))


@pytest.fixture
def three_stories(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "written"
    folder.mkdir()
    (folder / "test_stories.yml").write_text("stories: [{story: a}, {story: b}]\n", encoding="utf-8")
    (tmp_path / "programs" / "one").mkdir(parents=True)
    (tmp_path / "programs/one/story.yml").write_text("stories: [{story: c}]\n", encoding="utf-8")
    monkeypatch.setattr(sections_module, "STORIES", folder)
    monkeypatch.setattr(sections_module, "PROGRAMS", tmp_path / "programs")
    return tmp_path


def test_every_written_story_counts_with_those_of_programs_and_the_persons_words(three_stories: Path) -> None:
    rasa = _FakeRasa(three_stories, evaluated=3)
    assert rasa.result() == Result(passed=3)
    assert {"--fail-on-prediction-errors", "--e2e"} <= set(rasa.command)
    folder = Path(rasa.command[rasa.command.index("--stories") + 1])
    assert {path.name for path in folder.iterdir()} == {"test_stories.yml", "test_program_one.yml"}
    (three_stories / "programs/one/story.yml").unlink()
    assert _FakeRasa(three_stories, evaluated=2).result() == Result(passed=2)


def test_a_story_that_failed_or_that_rasa_dropped_is_a_failure(three_stories: Path) -> None:
    dropped = _FakeRasa(three_stories, evaluated=2).result()
    assert (dropped.passed, dropped.failed, len(dropped.faults)) == (2, 1, 1)
    assert not _FakeRasa(three_stories, evaluated=3, exit_code=1).result().well
