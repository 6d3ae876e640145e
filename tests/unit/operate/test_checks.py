"""All sections run whatever fails, and the end is honest about it."""

import json
from collections.abc import Sequence
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from operate import checks
from operate.checks import Place, Section, run_checks, sections
from operate.counts import Counts
from operate.errors import OperateError
from operate.terminal import Terminal


def _section(name: str, counts: Counts, ran: list[str]) -> Section:
    def count(place: Place) -> Counts:
        ran.append(name)
        return counts

    return Section(name, name, count)


def _run(tmp_path: Path, *counts: Counts) -> tuple[int, str, list[str]]:
    screen, ran = StringIO(), list[str]()
    wanted = [_section(f"s{number}", each, ran) for number, each in enumerate(counts)]
    code = run_checks(wanted, Terminal(Console(file=screen)), environ={}, results=tmp_path / "results")
    return code, screen.getvalue(), ran


def test_a_failure_does_not_keep_the_next_section_from_running(tmp_path: Path) -> None:
    code, screen, ran = _run(tmp_path, Counts(failed=1), Counts(passed=5, skipped=1))
    assert code == 1
    assert ran == ["s0", "s1"]
    assert screen.splitlines()[-1] == "5 passed, 1 failed, 1 skipped"


def test_all_passed_ends_well(tmp_path: Path) -> None:
    assert _run(tmp_path, Counts(passed=1), Counts(passed=2))[0] == 0


def test_nothing_run_does_not_end_well(tmp_path: Path) -> None:
    assert _run(tmp_path)[0] == 1


def test_sections_can_be_chosen_by_name_and_a_wrong_name_is_said() -> None:
    assert [section.name for section in sections(("unit", "lint"))] == ["lint", "unit"]
    with pytest.raises(OperateError, match="unti"):
        sections(("unti",))


class _FakeRasa:
    """Stands in for `python -m engine test core`: writes the report that it is told to, ends as told."""

    def __init__(self, results: Path, evaluated: int, exit_code: int = 0) -> None:
        self.results, self.evaluated, self.exit_code = results, evaluated, exit_code
        self.command: tuple[str, ...] = ()

    def __call__(self, command: tuple[str, ...]) -> int:
        self.command = command
        report = self.results / "stories/story_report.json"
        report.parent.mkdir(parents=True, exist_ok=True)
        report.write_text(json.dumps({"conversation_accuracy": {"total": self.evaluated}}), encoding="utf-8")
        return self.exit_code


@pytest.fixture
def three_stories(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "written"
    folder.mkdir()
    (folder / "test_stories.yml").write_text(
        "stories: [{story: a}, {story: b}, {story: c}]\n", encoding="utf-8"
    )
    monkeypatch.setattr(checks, "STORIES", folder)
    monkeypatch.setattr(checks, "PROGRAMS", tmp_path / "programs")
    return tmp_path


def _count_stories(rasa: _FakeRasa, said: list[str]) -> Counts:
    (section,) = sections(("stories",))
    return section.count(Place(run=rasa, results=rasa.results, model="m.tar.gz", say=said.append))


def test_every_written_story_counts_when_all_were_evaluated(three_stories: Path) -> None:
    rasa = _FakeRasa(three_stories, evaluated=3)
    assert _count_stories(rasa, []) == Counts(passed=3)
    assert "--fail-on-prediction-errors" in rasa.command


def test_rasa_classifies_what_the_person_says_in_every_story(three_stories: Path) -> None:
    rasa = _FakeRasa(three_stories / "results", evaluated=3)
    _count_stories(rasa, [])
    assert "--e2e" in rasa.command


def test_the_story_of_every_program_is_run_too(three_stories: Path) -> None:
    for program in ("one", "two"):
        (three_stories / "programs" / program).mkdir(parents=True)
        story = f"stories: [{{story: {program}}}]"
        (three_stories / "programs" / program / "story.yml").write_text(story, encoding="utf-8")
    rasa = _FakeRasa(three_stories, evaluated=5)
    assert _count_stories(rasa, []) == Counts(passed=5)
    folder = Path(rasa.command[rasa.command.index("--stories") + 1])
    names = ["test_program_one.yml", "test_program_two.yml", "test_stories.yml"]
    assert sorted(path.name for path in folder.iterdir()) == names
    (three_stories / "programs/two/story.yml").unlink()
    assert _count_stories(_FakeRasa(three_stories, evaluated=4), []) == Counts(passed=4)


def test_a_story_that_rasa_dropped_is_a_failure(three_stories: Path) -> None:
    said: list[str] = []
    assert _count_stories(_FakeRasa(three_stories, evaluated=2), said).failed == 1
    assert said


def test_a_failing_story_is_a_failure(three_stories: Path) -> None:
    assert _count_stories(_FakeRasa(three_stories, evaluated=3, exit_code=1), []).failed == 1


def _browser(tmp_path: Path, *, in_ci: bool) -> Counts:
    def pytest_that_skips(command: Sequence[str]) -> int:
        report = '<testsuites><testsuite tests="3" failures="0" errors="0" skipped="1"/></testsuites>'
        (tmp_path / "browser.xml").write_text(report, encoding="utf-8")
        return 0

    (section,) = sections(("browser",))
    place = Place(run=pytest_that_skips, results=tmp_path, model="", say=lambda _: None, in_ci=in_ci)
    return section.count(place)


def test_an_absent_browser_is_a_failure_in_ci_and_a_skip_elsewhere(tmp_path: Path) -> None:
    assert _browser(tmp_path, in_ci=True) == Counts(2, 1, 0)
    assert _browser(tmp_path, in_ci=False) == Counts(2, 0, 1)
