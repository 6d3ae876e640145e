"""
Documents are judged as a truth table says that is written out by hand here; days are found by trying each.

The table names a few words of each sentence, not its key; so it holds whatever bank.yml and code look like.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from pathlib import Path

import pytest
import yaml
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from programs import help_for
from programs.identity_check.facts import DOCUMENTS, Identity
from tests.catalogue import our_catalogue
from tests.tables import each
from tests.unit.programs.payment_calendars import irish

CATALOGUE = our_catalogue()
PROGRAM = CATALOGUE.programs["identity_check"]
FOLDER = Path(__file__).parents[3] / "programs"
BANK = yaml.safe_load((FOLDER / "identity_check" / "bank.yml").read_text())
TODAY = date(2026, 5, 6)
YEARS_LEFT, EXPIRED = date(2030, 1, 1), date(2026, 1, 1)
PLACES = ("IE", "DE", "US", None)

PASSPORT, CARD, PASSPORT_CARD = (
    "A passport is accepted",
    "identity card is accepted if",
    "Irish passport card",
)
NO_LICENCE, LICENCE_2ND, LICENCE_OLD = (
    "driving licence is no identity",
    "does as the second paper",
    "Nor is it a second paper",
)
NO_PERMIT, REFUGEE = "residence permit is no identity", "refugee's travel document"
NONE, BASIC, OLD_HELPS = "Report that to the police", "right to a basic account", "makes it easier"
ANY, ANOTHER, NO_MATTER = "You need a valid passport", "Another one that is valid", "makes no difference here"
GONE, LONG = "Your document expired on", "That is long enough"
ALL = (
    PASSPORT,
    CARD,
    PASSPORT_CARD,
    NO_LICENCE,
    LICENCE_2ND,
    LICENCE_OLD,
    NO_PERMIT,
    REFUGEE,
    NONE,
    BASIC,
    OLD_HELPS,
    ANY,
    ANOTHER,
    NO_MATTER,
    GONE,
    LONG,
)

# document → what is said without a date, with a date to come, with one that is over
TABLE = {
    "passport": ({PASSPORT}, {PASSPORT, LONG}, {GONE, ANOTHER}),
    "national_identity_card": ({CARD}, {CARD, LONG}, {GONE, ANOTHER}),
    "driving_licence": ({NO_LICENCE, LICENCE_2ND}, {NO_LICENCE, LICENCE_2ND}, {NO_LICENCE, LICENCE_OLD}),
    "residence_permit": (
        {NO_PERMIT, REFUGEE},
        {NO_PERMIT, REFUGEE, NO_MATTER},
        {NO_PERMIT, REFUGEE, NO_MATTER},
    ),
    "none_of_these": ({NONE, BASIC}, {NONE, BASIC, NO_MATTER}, {NONE, BASIC, OLD_HELPS}),
    None: ({ANY}, {ANY, LONG}, {GONE, ANY, ANOTHER}),
}
ELSEWHERE = {  # where the country changes the row above
    ("driving_licence", "DE"): ({NO_LICENCE}, {NO_LICENCE, NO_MATTER}, {NO_LICENCE, NO_MATTER}),
    ("driving_licence", "US"): ({NO_LICENCE}, {NO_LICENCE, NO_MATTER}, {NO_LICENCE, NO_MATTER}),
    ("none_of_these", "US"): ({NONE}, {NONE, NO_MATTER}, {NONE, OLD_HELPS}),
    ("national_identity_card", "IE"): ({CARD, PASSPORT_CARD}, {CARD, PASSPORT_CARD, LONG}, {GONE, ANOTHER}),
}
CASES = [
    (document, place, day, ELSEWHERE.get((document, place), TABLE[document])[n])
    for document, place, (n, day) in product(TABLE, PLACES, enumerate((None, YEARS_LEFT, EXPIRED)))
]


def help_of(document=None, place=None, expires=None, today=TODAY):
    given = {"identity_document": document, "residence_country": place, "document_expiry_date": expires}
    help_ = help_for(PROGRAM, given, today=today)
    return help_.text, {figure.id: figure.value for figure in help_.figures}


def two_business_days_after(sent: date) -> date:
    """By ticking off the open days one by one; the day of sending does not count."""
    return [day for day in (sent + timedelta(days=n) for n in range(1, 20)) if irish(day)][1]


def test_the_table_here_is_complete():
    assert len({case[:3] for case in CASES}) == (len(DOCUMENTS) + 1) * 4 * 3


@each("document, place, expires, said", CASES)
def test_each_document_is_judged_by_kind_place_and_last_day(document, place, expires, said):
    text, _ = help_of(document, place, expires)
    assert {words for words in ALL if words in text} == said


@each("document, place, expires, said", CASES)
def test_everybody_is_told_whom_to_call_once(document, place, expires, said):
    text, _ = help_of(document, place, expires)
    assert text.count("+353 20 911 0100") == 1
    assert ("Verify identity" in text) is (document != "none_of_these")


@given(
    today=st.dates(min_value=date(2024, 1, 1), max_value=date(2030, 12, 31)),
    days=st.integers(min_value=0, max_value=70),
)
def test_the_latest_day_for_a_check_by_hand_is_found_by_trying_all(today, days):
    expires = today + timedelta(days=days)
    text, found = help_of("passport", None, expires, today)
    sendings = [today + timedelta(days=n) for n in range(days + 1)]
    in_time = [sent for sent in sendings if two_business_days_after(sent) <= expires]
    assert found["days_left"] == days
    if days > 60:
        assert "latest_by_hand" not in found
    elif in_time:
        assert found["latest_by_hand"] == max(in_time)
    else:
        assert "latest_by_hand" not in found
        assert "too late" in text


@given(today=st.dates(min_value=date(2024, 1, 1), max_value=date(2030, 12, 31)))
def test_a_check_by_hand_is_done_after_two_irish_business_days(today):
    assert help_of(today=today)[1]["checked_by_hand"] == two_business_days_after(today)


@given(today=st.dates(min_value=date(2024, 1, 1), max_value=date(2030, 12, 31)))
def test_a_proof_of_address_may_be_three_calendar_months_old(today):
    since = help_of(today=today)[1]["proof_since"]
    assert (today.year * 12 + today.month) - (since.year * 12 + since.month) == 3
    short = (since + timedelta(days=1)).month != since.month  # the month's last day
    assert since.day == today.day or (short and since.day < today.day)


@pytest.mark.parametrize(
    ("days", "words"),
    [(-1, "1 day ago"), (0, "last day"), (1, "too late"), (60, "By hand"), (61, "long enough")],
)
def test_the_edges_of_the_last_day(days, words):
    text, _ = help_of("passport", None, TODAY + timedelta(days=days))
    assert words in text
    assert (PASSPORT in text) is (days >= 0)


@pytest.mark.parametrize("country", BANK["identity"]["residence_certificates"])
def test_certificates_are_of_countries_of_the_european_economic_area(country):
    post = yaml.safe_load((FOLDER / "bank.yml").read_text())["card_post"]
    assert country in post["eea_countries"]
    assert country != post["home_country"]
    text, _ = help_of(place=country)
    assert BANK["identity"]["residence_certificates"][country] in text
    assert f"({Locale('en', 'IE').territories[country]})" in text


@pytest.mark.parametrize(
    ("place", "outside"),
    [("IE", False), ("PL", False), ("CY", False), ("GB", True), ("CH", True), (None, False)],
)
def test_who_lives_outside_is_told_that_no_account_can_be_opened(place, outside):
    assert ("none can be opened" in help_of("passport", place)[0]) is outside


def test_a_table_with_a_gap_is_refused():
    content = BANK["identity"] | {"documents": BANK["identity"]["documents"][:-1]}
    with pytest.raises(ValueError, match="no row for document any, date valid, where home"):
        Identity.model_validate(content)


def test_the_texts_name_the_times_of_the_bank():
    shared = yaml.safe_load((FOLDER / "bank.yml").read_text())
    times = shared["identity_times"]
    months = f"at most {BANK['identity']['proof_age_months']} months old"
    assert f"about {times['by_app_minutes']} minutes" in PROGRAM.general_help
    assert f"in {times['by_hand_business_days']} business days" in PROGRAM.general_help
    assert months in PROGRAM.general_help
    assert months in PROGRAM.finer_needs["edit_details"].first
    asked_above = int(shared["transfers"]["source_asked_above_eur"])
    assert f"above €{asked_above:,} at once" in PROGRAM.finer_needs["source_of_funds"].first
