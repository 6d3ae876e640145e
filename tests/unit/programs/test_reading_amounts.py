"""A number reads back as itself however it is spelt, or is asked about; it is never off by a factor."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from programs import NotUnderstood, explain, load_catalogue, read_value
from programs.reading.choices import _listed

ITEMS = load_catalogue().items
DAY = date(2026, 5, 6)
ONES = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
AROUND = [
    "{} I think", "I owe {}", "well, {} or so", "{} on one card", "{} left", "I'm 41 and owe {}",
    "{} lads",
    "{}, it was 9 before", "{} and I have 3 kids", "the {} thing", "{} hundred", "{}k",
    "{} million",
    "a {}",
]  # fmt: skip


def _in_words(number: int) -> str:
    if number < 20:
        return ONES[number]
    if number < 100:
        return TENS[number // 10] + (f"-{ONES[number % 10]}" if number % 10 else "")
    for size, name in ((1000, "thousand"), (100, "hundred")):
        if number >= size:
            rest = number % size
            joined = " and " if rest < 100 else " "
            return f"{_in_words(number // size)} {name}" + (joined + _in_words(rest) if rest else "")
    raise AssertionError(number)


def _spellings(number: int) -> list[str]:
    found = [str(number), f"{number:,}", f"{number:,}".replace(",", "."), f"{number:,}".replace(",", " ")]
    found += [f"€{number}", f"{number} euro", f"about {number:,}", f"it's {number}", _in_words(number)]
    found += [
        f"{_in_words(number)} euro",
        f"{number}.00",
        f"{number},-",
        f"roughly {_in_words(number)}",
        f"{number}ish",
    ]
    thousands, hundreds = Decimal(number) / 1000, Decimal(number) / 100
    if number % 10 == 0 and number >= 1000:
        found += [
            f"{thousands.normalize():f}{scale}" for scale in ("k", " k", " grand", " thousand", " thou", "K")
        ]
    if number % 1000 == 0:
        found += [f"{_in_words(number // 1000)} {scale}" for scale in ("k", "grand", "thou")]
    if number % 1000 == 500 and number > 1000:
        found += [f"{_in_words(number // 1000)} and a half grand", f"{number // 1000}½k"]
    if number % 100 == 0 and number < 10_000:
        found += [f"{hundreds:f} hundred", f"{_in_words(number // 100)} hundred"]
    return found


@settings(max_examples=300)
@given(number=st.integers(min_value=2, max_value=999_999), place=st.randoms(use_true_random=False))
def test_a_number_is_itself_in_every_spelling(number, place):
    text = place.choice(_spellings(number))
    assert read_value(ITEMS["debt_balance_eur"], text, today=DAY) == number, text


@settings(max_examples=300)
@given(
    number=st.integers(min_value=2, max_value=999_999),
    place=st.randoms(use_true_random=False),
    around=st.sampled_from(AROUND),
)
def test_a_number_among_words_is_itself_or_asked_about(number, place, around):
    read = read_value(ITEMS["debt_balance_eur"], around.format(place.choice(_spellings(number))), today=DAY)
    if not isinstance(read, NotUnderstood):
        factor = {"hundred": 100, "k": 1000, "million": 1_000_000}.get(around.split("{}")[-1].strip(), 1)
        assert read in (number, number * factor), around


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("36,000 a year", "€3,000 a month"),
        ("14,400 p.a.", "€1,200 a month"),
        ("24 grand per annum", "€2,000 a month"),
    ],
)
def test_what_is_said_for_a_year_is_told_for_a_month_where_that_is_exact(said, words):
    item = ITEMS["net_income_month_eur"]
    problem = read_value(item, said, today=DAY)
    assert problem == NotUnderstood("other_period")
    assert words in explain(item, problem)
    assert "a month" not in explain(item, read_value(item, "10,000.01 a year", today=DAY))


@pytest.mark.parametrize("item", [item for item in ITEMS.values() if item.choices], ids=lambda item: item.id)
def test_every_listed_word_is_read_as_its_choice(item):
    unread = {}
    for word, key in _listed(item).items():
        for said in (word.replace("…", "the"), word.replace("…", "my old")):
            if read_value(item, said, today=DAY) != key:
                unread[said] = read_value(item, said, today=DAY)
    assert unread == {}


@pytest.mark.parametrize("item", ITEMS.values(), ids=ITEMS)
def test_who_does_not_know_is_told_where_to_find_it(item):
    assert item.find_it
    said = explain(item, NotUnderstood("does_not_know"))
    assert " ".join(item.find_it.split()) in said
    assert "skip" in said


@pytest.mark.parametrize("item", ITEMS.values(), ids=ITEMS)
@pytest.mark.parametrize("text", ["I've no idea", "I really don't know", "haven't a clue"])
def test_not_knowing_is_no_value(item, text):
    read = read_value(item, text, today=DAY)
    unsure = item.id == "fee_kind" and read == "other"  # lists such words
    assert read == NotUnderstood("does_not_know") or unsure


@pytest.mark.parametrize("item", ITEMS.values(), ids=ITEMS)
@pytest.mark.parametrize("text", ["wait", "one sec", "hang on a minute", "just a moment please"])
def test_who_needs_a_moment_gives_no_value(item, text):
    assert read_value(item, text, today=DAY) == NotUnderstood("wait")
