"""Every help is useful with whatever was given, also with nothing. Examples are in the cases.yml files."""

from __future__ import annotations

import ast
import re
from datetime import date, timedelta
from decimal import Decimal
from itertools import chain, combinations
from math import ceil, floor
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from programs import Amount, Item, NotUnderstood, UnknownItem, help_for, read_value
from tests.catalogue import our_catalogue
from tests.tables import each

CATALOGUE = our_catalogue()
ASKING = {name: program for name, program in CATALOGUE.programs.items() if program.has_items}
PACKAGE = Path(__file__).parents[3] / "programs"
TODAY = date(2026, 5, 6)


def subsets(program):
    ids = program.item_ids
    return chain.from_iterable(combinations(ids, n) for n in range(len(ids) + 1))


def values_of(item: Item) -> st.SearchStrategy[object]:
    """Any value that an item may have, the limits more often."""
    if item.type in ("money", "percent"):
        return st.one_of(
            st.sampled_from([item.minimum, item.maximum]),
            st.decimals(min_value=item.minimum, max_value=item.maximum, places=2),
        )
    if item.type == "date":
        back = st.integers(min_value=int(item.minimum), max_value=int(item.maximum))
        return back.map(lambda days: TODAY + timedelta(days=days))
    if item.type == "country":
        return st.sampled_from(["IE", "DE", "NO", "CH", "US", "JP", "GB", "EG", "BV", "QQ"])
    if item.type in ("duration", "count"):
        return st.one_of(
            st.sampled_from([int(item.minimum), int(item.maximum)]),
            st.integers(min_value=int(item.minimum), max_value=int(item.maximum)),
        )
    if item.type == "yes_no":
        return st.booleans()
    if item.type == "amount":
        cents = st.decimals(min_value=item.minimum, max_value=item.maximum, places=2)
        sums = st.one_of(st.sampled_from([item.minimum, item.maximum]), cents)
        yen = st.integers(min_value=ceil(item.minimum), max_value=floor(item.maximum)).map(Decimal)
        return st.one_of(
            st.builds(Amount, sums, st.sampled_from(["USD", "GBP", "SEK", "CHF", "EUR", "EGP"])),
            st.builds(Amount, yen, st.just("JPY")),
        )
    return st.sampled_from(sorted(item.choices))


@pytest.mark.parametrize("program", ASKING.values(), ids=ASKING)
@settings(max_examples=15)
@given(data=st.data())
def test_every_subset_of_items_gives_useful_help(program, data):
    for given_items in subsets(program):
        _is_useful(program, given_items, data)


def _is_useful(program, given_items, data):
    values = {item: data.draw(values_of(CATALOGUE.items[item])) for item in given_items}
    help_ = help_for(program, values, today=TODAY)
    assert help_.used == given_items
    assert set(help_.without) == set(program.item_ids) - set(given_items)
    assert len(help_.text) > 80
    assert "\n\n" not in help_.text
    assert not re.search(r"[{}]|\bNone\b(?! of)|\bDecimal\b|\b(?i:nan|inf)\b", help_.text)
    assert len(help_.text) <= 1600
    if given_items:
        assert help_.figures


@each("program, given_items", [(program, given) for program in ASKING.values() for given in subsets(program)])
def test_what_was_not_given_makes_no_difference_by_being_none(program, given_items):
    values = _typical(given_items)
    with_none = dict.fromkeys(program.item_ids) | values
    assert help_for(program, values, today=TODAY) == help_for(program, with_none, today=TODAY)


@pytest.mark.parametrize("program", ASKING.values(), ids=ASKING)
def test_each_item_changes_the_help(program):
    """Otherwise it must not be asked for."""
    whole = _typical(program.item_ids)
    for item in program.item_ids:
        without = {key: value for key, value in whole.items() if key != item}
        assert help_for(program, without, today=TODAY).text != help_for(program, whole, today=TODAY).text


@pytest.mark.parametrize("program", ASKING.values(), ids=ASKING)
def test_no_help_computes_with_what_it_may_not_use(program):
    with pytest.raises(UnknownItem):
        help_for(program, {"shoe_size": Decimal(42)}, today=TODAY)


@pytest.mark.parametrize("program", CATALOGUE.programs.values(), ids=CATALOGUE.programs)
def test_every_sentence_of_a_program_is_used(program):
    """Each key stands in the program's code, or the two parts of which it is put together do."""
    said = _words_in_code(program.id)
    for key in program.sentences:
        assert key in said or _is_made_of(key, said), key


def _words_in_code(program):
    """Every string in the program's modules and in what several programs share."""
    paths = [path for room in (program, "bank", "saying") for path in (PACKAGE / room).glob("*.py")]
    nodes = chain.from_iterable(ast.walk(ast.parse(path.read_text())) for path in paths)
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def _is_made_of(key, said):
    """True for a key that is put together from words, with an underscore between, like f"{speed}_{zone}"."""
    parts = key.split("_")
    pairs = (("_".join(parts[:n]), "_".join(parts[n:])) for n in range(1, len(parts)))
    return any({first, f"{first}_"} & said and {rest, f"_{rest}"} & said for first, rest in pairs)


@pytest.mark.parametrize("program", CATALOGUE.programs.values(), ids=CATALOGUE.programs)
def test_general_help_stands_alone(program):
    assert len(program.general_help) > 200
    assert "{" not in program.general_help + (program.first_steps or "")


def _typical(given_items):
    return {
        item: read_value(CATALOGUE.items[item], CATALOGUE.items[item].examples[0], today=TODAY)
        for item in given_items
    }


@pytest.mark.parametrize("program", ASKING)
def test_every_program_has_cases(program):
    cases = yaml.safe_load((PACKAGE / program / "cases.yml").read_text())["cases"]
    assert any(case["given"] for case in cases)
    assert any(not case["given"] for case in cases), "what is said when nothing was given?"


def _cases():
    for program in ASKING:
        yield from (
            (program, case) for case in yaml.safe_load((PACKAGE / program / "cases.yml").read_text())["cases"]
        )


@each("program, case", _cases())
def test_the_help_says_what_the_case_file_says(program, case):
    values = {
        item: read_value(CATALOGUE.items[item], str(typed), today=case.get("today", TODAY))
        for item, typed in case["given"].items()
    }
    assert not [item for item, value in values.items() if isinstance(value, NotUnderstood)]
    help_ = help_for(CATALOGUE.programs[program], values, today=case.get("today", TODAY))
    figures = {figure.id: figure.value for figure in help_.figures}
    for words in case.get("says", ()):
        assert words in help_.text
    for words in case.get("does_not_say", ()):
        assert words not in help_.text
    for figure, value in case.get("figures", {}).items():
        assert figures[figure] == (Decimal(str(value)) if isinstance(value, float) else value), figure
