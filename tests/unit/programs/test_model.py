"""What the schema lets be written, and what it does not."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from pydantic import ValidationError

from programs import Item, Program
from programs.catalogue.model import ProgramFile

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


@pytest.mark.parametrize(
    ("type_", "unit", "id_", "words"),
    [
        ("duration", "month", "loan_months", None),
        ("duration", "day", "wait_days", None),
        ("count", "times", "fee_times", None),
        ("amount", None, "paid_amount", None),
        ("duration", "day", "loan_months", "must end in _days"),
        ("duration", "month", "loan_term", "must end in _months"),
        ("duration", None, "loan_months", "unit of a duration must be month or day"),
        ("duration", "times", "loan_months", "unit of a duration must be month or day"),
        ("count", "month", "fee_times", "unit of a count must be times"),
        ("count", "times", "fee_number", "must end in _times"),
        ("amount", "EUR", "paid_amount", "unit of a amount must be left out"),
        ("amount", None, "paid_eur", "must end in _amount"),
        ("yes_no", None, "has_card", "has no minimum and maximum"),
    ],
)
def test_the_other_types_of_items(type_, unit, id_, words):
    content = MONEY | {"type": type_, "unit": unit, "id": id_}
    if words is None:
        assert Item.model_validate(content).type == type_
        return
    with pytest.raises(ValidationError, match=words):
        Item.model_validate(content)


def test_limits_of_whole_numbers_are_whole():
    times = MONEY | {"type": "count", "unit": "times", "id": "fee_times"}
    assert Item.model_validate(times | {"period": "month"}).period == "month"
    with pytest.raises(ValidationError, match="must be whole numbers"):
        Item.model_validate(times | {"maximum": "9.5"})
    with pytest.raises(ValidationError, match="has no period"):
        Item.model_validate(times | {"type": "duration", "unit": "day", "id": "a_days", "period": "month"})


def test_a_yes_or_no_item_says_nothing_but_its_words():
    bare = {key: value for key, value in MONEY.items() if key not in ("unit", "minimum", "maximum")}
    assert Item.model_validate(bare | {"type": "yes_no", "id": "has_card"}).choices == {}
    with pytest.raises(ValidationError, match="choices belong to"):
        Item.model_validate(bare | {"type": "yes_no", "id": "has_card", "choices": {"a": {"label": "A"}}})


def test_a_finer_need_goes_before_the_general_help(catalogue):
    program = catalogue.programs["lost_card"]
    finer = program.finer_needs["card_swallowed"]
    assert program.need_of("card_swallowed") == finer.need != program.need
    assert program.general_help_for("card_swallowed") == f"{finer.first}\n{program.general_help}"
    for unknown in (None, "", "no_such_need", "how_soon"):
        assert program.need_of(unknown) == program.need
        assert program.general_help_for(unknown) == program.general_help
    with pytest.raises(TypeError):
        program.finer_needs["new"] = finer
