"""Days and times are those of the controller's time zone; the phone is what a person is promised."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from actions.bootstrap import Services, tell_store
from actions.flow.moments import day, moment
from actions.flow.rights import human, show_kept
from actions.human import ActionHuman
from actions.reading.phrases import load_phrases
from actions.turn import Turn
from actions.words import Message, Wording
from consent_store import StoreKeys, migrate, open_store
from consent_store.signing import Signer
from programs import load_catalogue, notice_for
from tests.unit.actions.test_wording import RESPONSES
from tests.unit.consent_store.kit import BALANCE, DEBT, Person

LATE = datetime(2026, 5, 5, 23, 30, tzinfo=UTC)
"""In Ireland it is half past midnight on the 6th."""
WORDS = Wording({"responses": RESPONSES})  # type: ignore[arg-type]
TURN = Turn("person-a", "widget", "a human, please", "human", 1.0)


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    url = f"sqlite:///{tmp_path / 'consent.db'}"
    migrate(url)
    store = open_store(url, keys=StoreKeys(b"m" * 32), clock=lambda: LATE)
    catalogue = load_catalogue()
    tell_store(catalogue, store)
    yield Services(catalogue, store, load_phrases("en"), b"k" * 32, lambda: LATE, Signer(b"s" * 32))
    store.close()


def said(message: object) -> str:
    assert isinstance(message, Message)
    return WORDS.fill(message.wording or "", **message.params)


def test_today_is_the_controllers_day(services: Services) -> None:
    assert services.today().isoformat() == "2026-05-06"


@pytest.mark.parametrize(
    ("at", "told"),
    [
        (LATE, "6 May 2026, 00:30 Irish time"),
        (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), "31 December 2026, 23:30 Irish time"),
    ],
)
def test_days_and_times_are_told_in_the_controllers_time(services: Services, at: datetime, told: str) -> None:
    assert moment(services, at) == told
    assert day(services, at) == told.partition(",")[0]


def test_what_is_kept_was_decided_on_the_controllers_day(services: Services) -> None:
    person = Person(services.store)
    person.begin()
    person.answer(person.ask(notice_for(services.catalogue, DEBT, BALANCE)), "no")
    (kept,) = show_kept(services, TURN, WORDS).messages
    assert "6 May 2026" in said(kept)


def test_a_human_is_reached_by_phone_and_nobody_is_said_to_answer_here(services: Services) -> None:
    for outcome in (human(services, TURN), ActionHuman().without_store(services, TURN)):
        text = said(outcome.messages[0])
        assert "+353 20 911 0100, on business days from 8:00 to 20:00, Irish time" in text
        assert "+353 20 911 0199, day and night" in text
        assert "colleague" not in text
        assert "answer here" not in text
    assert len(services.store.overview("person-a").hand_overs) == 1


def test_no_sentence_promises_that_somebody_takes_over() -> None:
    texts = " ".join(str(one["text"]) for many in RESPONSES.values() for one in many)
    assert "colleague" not in texts
    assert "take over" not in texts
