"""Numbers that no person means: read rightly or asked again, and no help ever fails on one."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from itertools import product

import pytest

from programs import NotUnderstood, display, explain, from_text, help_for, read_value, to_text

TODAY = date(2026, 5, 6)
ZEROS = "0" * 50
TYPED = [
    *(
        "1e-9",
        "1e-9 %",
        "1E-9 percent",
        "1e-9 months",
        "1e-9 years",
        "1e-9 times",
        "1e-9 USD",
        "1e9",
        "2e3 euros",
        "1.5e+3",
    ),
    *(
        f"0.{ZEROS}1",
        f"0.{ZEROS}1 %",
        f"0,{ZEROS}1 %",
        f"0.{ZEROS}1 USD",
        f"0.{ZEROS}1 years",
        f"0.{ZEROS} %",
    ),
    *(f"19.5{ZEROS} %", f"{ZEROS}19 %", f"1{ZEROS} %", "0.000001 %", "0.0000001 %", "100 %", "0 %"),
    *("0.01", "0", "-0", "1", "1,000,000", "1 million"),
]


def test_every_answer_is_read_or_explained_and_every_help_is_given(catalogue):
    for program in catalogue.programs.values():
        answers = {item: _read(catalogue.items[item]) for item in program.item_ids}
        for values in product(*answers.values()) if answers else ():
            assert help_for(program, dict(zip(answers, values, strict=True)), today=TODAY).text


def _read(item):
    found = {None: None}
    for text in (*TYPED, *item.examples):
        value = read_value(item, text, today=TODAY)
        if isinstance(value, NotUnderstood):
            assert explain(item, value)
            continue
        assert not re.match(r"[\d.]+e", text, re.IGNORECASE), f"{item.id}: {text}"
        assert display(item, value)
        assert from_text(item, to_text(item, value)) == value
        found[value] = None
    return list(found)[:12]


@pytest.mark.parametrize(
    "text", ["1e-9 %", "1e-9", "1E-9 percent", f"0.{ZEROS}1 %", "0.0000001 %", "4.12345678 %"]
)
def test_what_is_no_rate_is_asked_about_again(catalogue, text):
    item = catalogue.items["yearly_rate_percent"]
    problem = read_value(item, text, today=TODAY)
    assert problem == NotUnderstood("unreadable")
    assert item.examples[0] in explain(item, problem)


@pytest.mark.parametrize(
    ("text", "rate"),
    [(f"0.{ZEROS} %", "0"), (f"19.5{ZEROS} %", "19.5"), (f"{ZEROS}19 %", "19"), ("0.000001 %", "0.000001")],
)
def test_zeros_that_change_nothing_change_nothing(catalogue, text, rate):
    read = read_value(catalogue.items["yearly_rate_percent"], text, today=TODAY)
    assert read == Decimal(rate)
    assert len(to_text(catalogue.items["yearly_rate_percent"], read)) < 12


@pytest.mark.parametrize("rate", ["1e-9", "1e-19", "1e-20", "1e-51", "1e-400"])
def test_a_debt_has_an_answer_at_any_rate(catalogue, rate):
    program = catalogue.programs["debt_payoff"]
    given = {
        "yearly_rate_percent": Decimal(rate),
        "debt_balance_eur": Decimal(2000),
        "monthly_payment_eur": Decimal(100),
    }
    assert "in 20 months" in help_for(program, given, today=TODAY).text
    for missing in given:
        assert help_for(program, given | {missing: None}, today=TODAY).text
