"""What the schema lets be written, and what it does not."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from pydantic import ValidationError

from programs import Item, Program
from programs.model import ProgramFile

MONEY = {
    "id": "rent_eur",
    "name": "your rent",
    "type": "money",
    "unit": "EUR",
    "minimum": 1,
    "maximum": 9,
    "question": "How much?",
    "examples": ["5"],
    "why": "Because the sum follows from it.",
}


def test_nothing_in_the_catalogue_can_be_changed(catalogue):
    program = catalogue.programs["debt_payoff"]
    with pytest.raises(ValidationError):
        program.purpose = "sell your data"
    for mapping in (catalogue.programs, catalogue.items, catalogue.notices, program.sentences):
        assert isinstance(mapping, Mapping)
        with pytest.raises(TypeError):
            mapping["new"] = "value"


def test_the_two_purposes_of_a_program_have_keys_of_their_own(catalogue):
    program = catalogue.programs["debt_payoff"]
    assert program.purpose_key == "debt_payoff"
    assert program.remember_purpose_key == "debt_payoff.remember"
    assert program.remember_purpose != program.purpose


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"id": "rent"}, "must end in _eur"),
        ({"unit": "USD"}, "Input should be"),
        ({"unit": None}, "unit of a money must be EUR"),
        ({"minimum": None}, "needs a minimum below its maximum"),
        ({"minimum": 10}, "needs a minimum below its maximum"),
        ({"choices": {"a": {"label": "A"}}}, "choices belong to items of type choice"),
        ({"type": "country", "unit": None, "id": "home_country"}, "has no minimum and maximum"),
        (
            {"type": "date", "unit": None, "id": "some_date", "period": "year"},
            "a date has no period",
        ),
        ({"examples": []}, "at least 1 item"),
        ({"sensitive": True}, "Extra inputs are not permitted"),
    ],
)
def test_an_item_says_what_it_is_and_in_which_unit(change, words):
    Item.model_validate(MONEY)
    with pytest.raises(ValidationError, match=words):
        Item.model_validate(MONEY | change)


def test_only_urgent_programs_have_first_steps(catalogue):
    assert catalogue.programs["lost_card"].urgent
    assert catalogue.programs["lost_card"].first_steps
    content = catalogue.programs["lost_card"].model_dump(exclude={"compute"})
    with pytest.raises(ValidationError, match="first_steps"):
        ProgramFile.model_validate(content | {"urgent": False})
    with pytest.raises(ValidationError, match="first_steps"):
        ProgramFile.model_validate(content | {"first_steps": None})


def test_a_text_is_one_message(catalogue):
    content = catalogue.programs["lost_card"].model_dump(exclude={"compute"})
    with pytest.raises(ValidationError, match="no blank line"):
        ProgramFile.model_validate(content | {"general_help": "One.\n\nTwo."})


def test_an_urgent_program_asks_for_at_most_two_items(catalogue):
    assert all(len(program.items) <= 2 for program in catalogue.programs.values() if program.urgent)


def test_a_program_does_not_show_its_function(catalogue):
    program: Program = catalogue.programs["debt_payoff"]
    assert "compute" not in program.model_dump()
    assert "compute" not in repr(program)
