"""General help read as data."""

from pathlib import Path

import pytest

from engine.general_help import GeneralHelp


def program(folder: Path, name: str, content: str) -> GeneralHelp:
    (folder / name).mkdir()
    (folder / name / "program.yml").write_text(content, "utf-8")
    return GeneralHelp(folder)


def test_urgent_first_steps_come_before_the_general_help(tmp_path: Path) -> None:
    help_texts = program(
        tmp_path, "lost_card", "general_help: |\n  Then this.\n\n  And that.\nfirst_steps: Block it.\n"
    )
    assert help_texts.of("lost_card") == "Block it.\n\nThen this.\n\nAnd that."


@pytest.mark.parametrize(
    ("finer_need", "said"),
    [("swallowed", "It stays there.\n\nDo this."), ("other", "Do this."), (None, "Do this.")],
)
def test_the_question_that_was_asked_gets_its_own_first_sentences(
    tmp_path: Path, finer_need: str | None, said: str
) -> None:
    content = "general_help: Do this.\nfiner_needs:\n  swallowed: {need: a card, first: It stays there.}\n"
    assert program(tmp_path, "one", content).of("one", finer_need) == said


NUMBER = 'phone: "+1 23"\nphone_hours: at noon\n'


@pytest.mark.parametrize(
    ("controller", "said"),
    [(NUMBER, "Call +1 23, at noon."), ("a: b: c", "Call …, …."), (None, "Call …, ….")],
)
def test_phone_numbers_are_those_of_the_controller(tmp_path: Path, controller: str | None, said: str) -> None:
    help_texts = program(tmp_path, "one", "general_help: Call {phone}, {phone_hours}.\n")
    if controller is not None:
        (tmp_path / "controller.yml").write_text(controller, "utf-8")
    assert help_texts.of("one") == said


@pytest.mark.parametrize("finer_needs", ["[a]", "{a: 1}", "{a: {first: [1]}}", "{a: null}", "text"])
def test_broken_finer_needs_leave_the_general_help(tmp_path: Path, finer_needs: str) -> None:
    help_texts = program(tmp_path, "one", f"general_help: Do this.\nfiner_needs: {finer_needs}\n")
    assert help_texts.of("one", "a") == "Do this."


@pytest.mark.parametrize("steps", ["", "first_steps:\n", "first_steps: null\n"])
def test_most_programs_have_no_first_steps(tmp_path: Path, steps: str) -> None:
    assert program(tmp_path, "one", f"{steps}general_help: Do this.\n").of("one") == "Do this."


@pytest.mark.parametrize(
    "content", [b"", b"- a list", b"general_help: [1]", b"a: b: c", b"general_help: \xff"]
)
def test_a_broken_file_gives_no_help_and_no_error(tmp_path: Path, content: bytes) -> None:
    help_texts = program(tmp_path, "one", "")
    (tmp_path / "one" / "program.yml").write_bytes(content)
    assert help_texts.of("one") is None


@pytest.mark.parametrize(
    "name", [None, 3, "", "unknown", "../one", "one/../one", "/etc", "one\n", "One", {"a": 1}]
)
def test_nothing_but_a_program_id_is_looked_up(tmp_path: Path, name: object) -> None:
    assert program(tmp_path, "one", "general_help: Do this.\n").of(name) is None
