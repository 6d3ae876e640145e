"""Whether a decision holds now: absence is no, expired is no, another purpose is no."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from consent_store.model import Decision, Finding, HelpSession, SealedValue
from consent_store.validity import (
    closed_because,
    help_closed_because,
    is_current,
    status_for_help,
    value_withheld_because,
)
from tests.unit.consent_store.kit import BALANCE, CARD, DEBT, RATE, START

NOW = START + timedelta(minutes=1)
HELP = HelpSession("help-1", "person-a", DEBT, "widget", START, START)
GIVEN = Decision(
    person_id="person-a",
    controller_id="harbour_bank",
    purpose=DEBT,
    item=BALANCE,
    status="given",
    help_id="help-1",
    request_id="r1",
    notice_id="n1",
    decided_at=START,
    expires_at=None,
    chain_id="c00",
    seq=1,
)
KEPT = replace(GIVEN, purpose=f"{DEBT}.remember", help_id=None, expires_at=START + timedelta(days=180))


def closed(
    decision: Decision | None = GIVEN, *, epochs: tuple[int, int | None] = (1, 1), **other: object
) -> str | None:
    about = {"person_id": "person-a", "program_id": DEBT, "help_id": "help-1", "now": NOW, **other}
    key = about.pop("key", decision.key if decision else (DEBT, BALANCE))
    finding = Finding(decision, *epochs) if decision else None
    return closed_because(finding, key, **about)


def test_a_valid_decision_opens():
    assert closed() is None
    assert closed(KEPT) is None


def test_absence_is_no():
    assert closed(None) == "unasked"


@pytest.mark.parametrize("status", ["unasked", "requested", "refused", "deferred", "withdrawn", "expired"])
def test_everything_but_given_is_no(status: str):
    assert closed(replace(GIVEN, status=status)) == status


def test_another_purpose_is_no():
    assert closed(program_id=CARD) == "other_purpose"
    assert closed(KEPT, program_id=CARD) == "other_purpose"


def test_another_persons_or_items_decision_is_no():
    assert closed(person_id="person-b") == "other_decision"
    assert closed(key=(DEBT, RATE)) == "other_decision"


def test_a_grant_for_this_help_only_is_no_in_another_help():
    assert closed(help_id="help-2") == "help_ended"


def test_a_term_ends_to_the_instant():
    end = START + timedelta(days=180)
    assert closed(KEPT, now=end - timedelta(microseconds=1)) is None
    assert closed(KEPT, now=end) == "expired"


def test_a_grant_without_any_end_is_no():
    assert closed(replace(GIVEN, help_id=None)) == "no_term"


def test_a_decision_of_the_future_is_no():
    assert closed(now=START - timedelta(minutes=1)) == "not_yet_given"


@pytest.mark.parametrize("epochs", [(1, 2), (2, 1), (1, None)])
def test_another_notice_epoch_is_no(epochs: tuple[int, int | None]):
    assert closed(epochs=epochs) == "notice_changed"


def test_a_help_lasts_until_thirty_minutes_of_silence():
    assert is_current(HELP, START + timedelta(minutes=29, seconds=59))
    assert not is_current(HELP, START + timedelta(minutes=30))
    assert not is_current(replace(HELP, ended_at=START), NOW)


def test_nothing_is_used_in_anothers_or_an_ended_or_another_help():
    def why(session: HelpSession | None, **other: str) -> str | None:
        return help_closed_because(
            session, **{"person_id": "person-a", "program_id": DEBT, "now": NOW, **other}
        )

    assert why(HELP) is None
    assert why(None) == "no_help"
    assert why(HELP, person_id="person-b") == "no_help"
    assert why(replace(HELP, ended_at=NOW)) == "help_ended"
    assert why(HELP, program_id=CARD) == "other_program"


def test_a_kept_value_ends_with_its_help_and_its_term():
    value = SealedValue("v1", "person-a", DEBT, BALANCE, b"", "help-1", START, START + timedelta(days=1))

    def why(value: SealedValue | None, **other: object) -> str | None:
        return value_withheld_because(
            Finding(GIVEN, 1, 1, value), **{"help_id": "help-1", "now": NOW, **other}
        )

    assert why(value) is None
    assert why(None) == "no_value"
    assert why(value, help_id="help-2") == "help_ended"
    assert why(value, now=START + timedelta(days=1)) == "expired"


@pytest.mark.parametrize(
    ("status", "here", "elsewhere"),
    [
        ("given", "given", "unasked"),
        ("deferred", "deferred", "unasked"),
        ("expired", "expired", "unasked"),
        ("refused", "refused", "refused"),
        ("withdrawn", "withdrawn", "withdrawn"),
        ("unasked", "unasked", "unasked"),
    ],
)
def test_refusals_outlive_the_help_and_the_rest_does_not(status: str, here: str, elsewhere: str):
    finding = Finding(replace(GIVEN, status=status), 1, 1)
    assert status_for_help(finding, HELP, requested=False, now=NOW) == here
    other = replace(HELP, help_id="help-2")
    assert status_for_help(finding, other, requested=False, now=NOW) == elsewhere


def test_an_open_question_shows_where_nothing_was_decided():
    assert status_for_help(None, HELP, requested=True, now=NOW) == "requested"
    refused = Finding(replace(GIVEN, status="refused"), 1, 1)
    assert status_for_help(refused, HELP, requested=True, now=NOW) == "refused"


def test_a_material_change_asks_grants_again_and_leaves_refusals():
    assert status_for_help(Finding(KEPT, 1, 2), HELP, requested=False, now=NOW) == "unasked"
    refused = Finding(replace(KEPT, status="refused"), 1, 2)
    assert status_for_help(refused, HELP, requested=False, now=NOW) == "refused"
