"""Forget me while the conversation goes on: nothing from before survives it, and nobody sees a fault."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest

from consent_store import ConsentStoreError
from programs import notice_for
from tests.contract import raw
from tests.portal.place import BALANCE, DEBT, RATE, Chatter, Place

TALKERS = 3
ROUNDS = 8


def goes_on(chatter: Chatter, stop: threading.Event) -> int:
    """Talks until it is told to stop; the store may refuse what belongs to a help that is gone."""
    turns = 0
    while not stop.is_set():
        with suppress(ConsentStoreError):
            chatter.decides()
        turns += 1
    return turns


def test_forgetting_in_the_middle_of_a_conversation_is_whole(place: Place) -> None:
    someone, other = place.somebody(), place.somebody()
    other.decides()
    before = place.get("/api/me", other.token).json()
    stop = threading.Event()
    with ThreadPoolExecutor(TALKERS) as pool:
        talking = [
            pool.submit(
                goes_on,
                Chatter(place.services.store, place.catalogue, someone.token, someone.person_id),
                stop,
            )
            for _ in range(TALKERS)
        ]
        try:
            answers = [place.post("/api/me/forget", {"sure": True}, someone.token) for _ in range(ROUNDS)]
        finally:
            stop.set()
    assert all(one.result() > 0 for one in talking)
    assert {one.status_code for one in answers} <= {200, 503}
    assert any(one.json()["certificate"]["anything_erased"] for one in answers if one.status_code == 200)
    last = place.post("/api/me/forget", {"sure": True}, someone.token).json()["certificate"]
    assert last["verified"] is True
    assert place.get("/api/me", someone.token).json()["decisions"] == []
    assert place.get("/api/me", other.token).json() == before
    assert not place.services.store.verify_ledger().faults


Step = Callable[[Chatter], object]
STEPS: dict[str, Step] = {
    "the answer to a question": lambda one: one.answers(RATE),
    "the value of what was allowed": lambda one: one.tells(value="77777.77"),
    "the help": lambda one: one.is_helped(),
}


@pytest.mark.parametrize("step", STEPS)
def test_what_was_under_way_finds_no_yes_of_before(place: Place, step: str) -> None:
    """The page forgets between two messages; what the chat does next counts as a stranger's."""
    someone = place.somebody()
    someone.begin()
    someone.answers()
    someone.tells()
    assert place.post("/api/me/forget", {"sure": True}, someone.token).json()["certificate"]["verified"]
    released = None
    with suppress(ConsentStoreError):
        released = STEPS[step](someone)
    assert not released
    assert place.get("/api/me", someone.token).json()["decisions"] == []
    for table in ("personal_data", "consent_state", "data_use"):
        assert raw.count(place.database_url, table) == 0


def test_a_question_that_was_open_can_no_longer_be_answered(place: Place) -> None:
    someone = place.somebody()
    someone.begin()
    store = place.services.store
    notice = notice_for(place.catalogue, DEBT, BALANCE)
    asked = store.ask(someone.person_id, someone.help_id, notice, channel="widget", rendered_text=notice.text)
    place.post("/api/me/forget", {"sure": True}, someone.token)
    answered = store.answer(
        asked.request_id,
        someone.person_id,
        channel="widget",
        reading="yes",
        words="Allow",
        button="allow",
        confidence=1.0,
        notice_hash=asked.notice_hash,
    )
    assert answered.status == "none"
    assert place.get("/api/me", someone.token).json()["decisions"] == []
