"""
The steps to a PIN or passcode are those of a truth table written out by hand here, case by case.

The table names a few words of each step, not its key; so it holds whatever bank.yml and the code look like.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from programs import help_for
from programs.pin_passcode.facts import PROBLEMS, Codes
from tests.catalogue import our_catalogue
from tests.tables import each
from tests.unit.programs.payment_calendars import irish

CATALOGUE = our_catalogue()
PROGRAM = CATALOGUE.programs["pin_passcode"]
BANK = Path(__file__).parents[3] / "programs" / "pin_passcode" / "bank.yml"
TODAY = date(2026, 5, 6)

SEE, UNBLOCK, CHIP, ONLINE_CHIP = "It shows the PIN", "press Unblock", "use the chip once", "Toll gates"
OLD, MACHINE, WELL = "need the old PIN", "“PIN services”", "like 1234"
HOME_ONLY, KNOWN = "outside Ireland cannot", "Does somebody know"
FIRST, IF_CLOSED, RESET, OPEN_RESET, WALLET = (
    "First get into the app",
    "Can you not get into the app",
    "take a picture of your identity document",
    "The app still opens",
    "phone's wallet",
)
ALL = (
    SEE,
    UNBLOCK,
    CHIP,
    ONLINE_CHIP,
    OLD,
    MACHINE,
    WELL,
    HOME_ONLY,
    KNOWN,
    FIRST,
    IF_CLOSED,
    RESET,
    OPEN_RESET,
    WALLET,
)

# problem, app opens, countries → the words that are said, and no other of those above
HOME, ABROAD, UNKNOWN = "IE", "US", None
TABLE = {
    ("forgotten_pin", True, (HOME, ABROAD, UNKNOWN)): {SEE},
    ("forgotten_pin", False, (HOME, ABROAD, UNKNOWN)): {FIRST, SEE, WALLET},
    ("forgotten_pin", None, (HOME, ABROAD, UNKNOWN)): {SEE, IF_CLOSED},
    ("blocked_pin", True, (HOME, UNKNOWN)): {UNBLOCK, CHIP},
    ("blocked_pin", True, (ABROAD,)): {UNBLOCK, CHIP, ONLINE_CHIP},
    ("blocked_pin", False, (HOME, UNKNOWN)): {FIRST, UNBLOCK, CHIP, WALLET},
    ("blocked_pin", False, (ABROAD,)): {FIRST, UNBLOCK, CHIP, ONLINE_CHIP, WALLET},
    ("blocked_pin", None, (HOME, UNKNOWN)): {UNBLOCK, CHIP, IF_CLOSED},
    ("blocked_pin", None, (ABROAD,)): {UNBLOCK, CHIP, ONLINE_CHIP, IF_CLOSED},
    ("change_pin", True, (HOME, UNKNOWN)): {OLD, MACHINE, WELL},
    ("change_pin", True, (ABROAD,)): {HOME_ONLY, KNOWN},
    ("change_pin", False, (HOME, UNKNOWN)): {FIRST, OLD, MACHINE, WELL},
    ("change_pin", False, (ABROAD,)): {HOME_ONLY, FIRST, KNOWN},
    ("change_pin", None, (HOME, UNKNOWN)): {OLD, MACHINE, WELL, IF_CLOSED},
    ("change_pin", None, (ABROAD,)): {HOME_ONLY, KNOWN, IF_CLOSED},
    ("forgotten_passcode", True, (HOME, ABROAD, UNKNOWN)): {OPEN_RESET},
    ("forgotten_passcode", False, (HOME, ABROAD, UNKNOWN)): {RESET},
    ("forgotten_passcode", None, (HOME, ABROAD, UNKNOWN)): {RESET},
    (None, True, (HOME, ABROAD, UNKNOWN)): {SEE, UNBLOCK},
    (None, False, (HOME, ABROAD, UNKNOWN)): {FIRST, SEE},
    (None, None, (HOME, ABROAD, UNKNOWN)): {SEE, IF_CLOSED},
}
CASES = [
    (problem, app, country, said) for (problem, app, places), said in TABLE.items() for country in places
]


def help_of(problem, app, country, today=TODAY):
    given = {"code_problem": problem, "app_access": app, "current_country": country}
    return help_for(PROGRAM, given, today=today)


def figures(help_):
    return {figure.id: figure.value for figure in help_.figures}


def test_the_table_here_is_complete():
    assert len(CASES) == (len(PROBLEMS) + 1) * 3 * 3
    assert len({case[:3] for case in CASES}) == len(CASES)


@each("problem, app, country, said", CASES)
def test_each_case_has_its_own_steps(problem, app, country, said):
    help_ = help_of(problem, app, country)
    assert {words for words in ALL if words in help_.text} == said
    assert figures(help_)["steps"] == len(said) - (ONLINE_CHIP in said)  # two words of one step


@each("problem, app, country, said", CASES)
def test_a_proof_of_identity_comes_with_its_time_and_what_if_it_fails(problem, app, country, said):
    help_ = help_of(problem, app, country)
    proof = bool(said & {FIRST, IF_CLOSED, RESET, OPEN_RESET})
    assert ("10 minutes" in help_.text) is proof
    assert ("check by hand" in help_.text) is proof
    assert ("checked_by_hand" in figures(help_)) is proof
    assert ("reset_takes" in figures(help_)) is proof


@each("problem, app, country, said", CASES)
def test_a_new_card_is_spoken_of_where_a_pin_may_stay_blocked(problem, app, country, said):
    wanted = country is not None and problem in (None, "forgotten_pin", "blocked_pin")
    assert ("new_card_by" in figures(help_of(problem, app, country))) is wanted


@pytest.mark.parametrize(
    ("country", "words"),
    [
        ("IE", "Call 020 911 0199"),
        ("NO", "than a call at home"),
        ("US", "call you back"),
        (None, "Call +353"),
    ],
)
def test_the_way_to_call_is_that_of_the_place(country, words):
    assert words in help_of("blocked_pin", True, country).text


@given(today=st.dates(min_value=date(2024, 1, 1), max_value=date(2030, 12, 31)))
def test_a_check_by_hand_takes_two_irish_business_days(today):
    done = figures(help_of("forgotten_passcode", False, None, today))["checked_by_hand"]
    work = [day for day in (today + timedelta(days=n) for n in range(1, 20)) if irish(day)]
    assert done == work[1]


def test_a_table_with_a_gap_is_refused():
    content = yaml.safe_load(BANK.read_text())["codes"]
    content["steps"] = [row for row in content["steps"] if "problem" in row["when"]]
    with pytest.raises(ValueError, match="no row for problem any, app open, where home"):
        Codes.model_validate(content)


def test_a_row_that_is_never_reached_is_refused():
    content = yaml.safe_load(BANK.read_text())["codes"]
    content["steps"] += [{"when": {"problem": "change_pin"}, "steps": ["see_pin"]}]
    with pytest.raises(ValueError, match="no case reaches the row for problem change_pin"):
        Codes.model_validate(content)


def test_more_tries_than_the_law_allows_are_refused():
    content = yaml.safe_load(BANK.read_text())["codes"] | {"passcode_tries": 6}
    with pytest.raises(ValueError, match="less than or equal to 5"):
        Codes.model_validate(content)


def test_the_texts_name_the_tries_and_times_of_the_bank():
    shared = yaml.safe_load((BANK.parents[1] / "bank.yml").read_text())
    own = yaml.safe_load(BANK.read_text())["codes"]
    assert f"After {shared['cards']['limits']['pin_tries']} wrong tries" in PROGRAM.general_help
    assert f"It has {own['passcode_tries']} tries" in PROGRAM.general_help
    minutes = f"{shared['identity_times']['by_app_minutes']} minutes"
    assert minutes in PROGRAM.general_help
    assert minutes in PROGRAM.finer_needs["passcode_forgotten"].first
