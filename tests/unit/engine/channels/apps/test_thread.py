"""What an app shows of a conversation, and what a number stands for."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.channels.apps.app import Shown
from engine.channels.apps.said import Choice, Said
from engine.channels.apps.thread import (
    MOST_NAMES,
    MOST_SHOWN,
    MOST_TITLES,
    Thread,
    as_json,
    from_json,
    moves_on,
    outcome_of,
)
from tests.unit.engine.channels.said_examples import ALLOW, NOT_NOW, WHY, permission

NUMBERED = {"1": ALLOW, "2": NOT_NOW, "3": WHY}
ASKED = Thread().offering([permission()]).answered_by(NUMBERED)
QUESTION = Shown("q", "May I?", "permission", {"allow": "Allow", "not_now": "Not now"})
TAILORED = Shown("t", "30 months", "tailored_help")
FEEDBACK = Shown("f", "Did it help?", "feedback")
OUTAGE = Said("Something is broken.", kind="outage")
CHOICES = (Choice("Menu", "/menu~s"),)


@pytest.mark.parametrize("text", ["1", " 1", "1.", "1)", "\t1.\n", "1 )"])
def test_a_number_is_taken_with_what_people_write_around_it(text: str) -> None:
    assert ASKED.meant(text) == ALLOW


@pytest.mark.parametrize("text", ["", "4", "11", "1 2", "one", "(1)", "1,234", "-1", "1!", "١", "²"])
def test_nothing_else_is_a_number(text: str) -> None:
    assert ASKED.meant(text) is None


def test_numbers_of_an_old_question_never_answer_a_new_one() -> None:
    after = ASKED.offering([Said("Which?", CHOICES)]).answered_by({"1": CHOICES[0]})
    assert after.meant("1") == CHOICES[0]
    assert after.meant("2") is None
    assert after.meant("3") is None


def test_short_names_of_buttons_stay_and_only_the_latest_of_many() -> None:
    names = {f"#{n}": Choice(f"t{n}", f"/p{n}~s") for n in range(MOST_NAMES + 5)}
    after = Thread({"1": ALLOW, **names}).offering([]).answered_by({"1": NOT_NOW, "#new": WHY})
    assert after.meant("1") == NOT_NOW
    assert after.meant("#new") == WHY
    assert after.meant("#4") is None
    assert after.meant("#5") == names["#5"]


def test_titles_of_the_latest_buttons_are_known() -> None:
    thread = Thread()
    for n in range(MOST_TITLES + 1):
        thread = thread.offering([Said("", (Choice(f"t{n}", f"/p{n}~s"),))])
    assert len(thread.titles) == MOST_TITLES
    assert "/p0~s" not in thread.titles
    again = thread.offering([Said("", (Choice("anew", "/p1~s"),))]).offering([Said("", CHOICES)])
    assert again.titles["/p1~s"] == "anew", "what is offered again counts as the latest"


def test_only_the_latest_messages_are_held_for_the_removal_of_their_buttons() -> None:
    thread = Thread()
    for n in range(MOST_SHOWN + 2):
        thread = thread.with_shown(Shown(str(n), ""))
    assert [one.ref for one in thread.shown] == [str(n) for n in range(2, MOST_SHOWN + 2)]


ENDING = [Said("Noted.", closes=True), Said("Which?", CHOICES), permission()]


@pytest.mark.parametrize("said", ENDING)
def test_what_asks_or_closes_ends_a_question(said: Said) -> None:
    assert moves_on([OUTAGE, said])
    assert Thread(shown=(QUESTION, FEEDBACK)).over_by([said], None) == [QUESTION, FEEDBACK]


@pytest.mark.parametrize("said", [(), (OUTAGE,), (Said("Hello"), Said("you"))])
def test_what_does_neither_leaves_it(said: tuple[Said, ...]) -> None:
    assert not moves_on(said)
    assert Thread(shown=(QUESTION, TAILORED)).over_by(said, "q") == []


def test_the_buttons_of_tailored_help_stay_until_other_help_begins() -> None:
    thread = Thread(shown=(TAILORED, QUESTION))
    assert thread.over_by([Said("Noted.", closes=True)], "t") == [QUESTION]
    assert thread.over_by([permission()], None) == [QUESTION]
    for kind in ("offer", "tailored_help"):
        assert thread.over_by([Said("Help", CHOICES, kind=kind)], None) == [TAILORED, QUESTION]


def test_feedback_is_over_once_it_was_given_even_if_nothing_else_is() -> None:
    thread = Thread(shown=(QUESTION, FEEDBACK))
    assert thread.over_by([Said("Thanks")], "f") == [FEEDBACK]
    assert thread.over_by([Said("Thanks")], "q") == []


def test_when_all_is_forgotten_every_button_goes() -> None:
    gone = Said("Done.", kind="certificate", closes=True)
    assert Thread(shown=(TAILORED, QUESTION, FEEDBACK)).over_by([gone], None) == [
        TAILORED,
        QUESTION,
        FEEDBACK,
    ]


NOTED = {
    "allow": Said("Noted.", kind="noted", closes=True, decided="allow"),
    "not_now": Said("Noted.", kind="noted", closes=True, decided="not_now"),
    "": Said("Closed.", closes=True),
}


@pytest.mark.parametrize(("decided", "outcome"), [("allow", "Allow"), ("not_now", "Not now"), ("", "")])
def test_the_outcome_of_a_typed_answer_is_what_was_noted(decided: str, outcome: str) -> None:
    assert outcome_of(QUESTION, [OUTAGE, NOTED[decided]], None, "") == outcome
    assert outcome_of(TAILORED, [NOTED[decided]], None, "") == ""


def test_the_outcome_of_a_pressed_button_is_its_title_on_its_own_message_only() -> None:
    assert outcome_of(QUESTION, [NOTED["allow"]], "q", "Allow") == "Allow"
    assert outcome_of(FEEDBACK, [NOTED["allow"]], "q", "Allow") == ""


texts = st.text(max_size=8)
choices = st.builds(Choice, texts, texts)
shown = st.builds(Shown, texts, texts, texts, st.dictionaries(texts, texts, max_size=2))
thread_examples = st.builds(
    Thread,
    st.dictionaries(texts, choices, max_size=4),
    st.lists(shown, max_size=4).map(tuple),
    st.dictionaries(texts, texts, max_size=4),
)


@given(thread_examples)
def test_a_thread_is_the_same_after_its_way_through_json(thread: Thread) -> None:
    assert from_json(json.loads(json.dumps(as_json(thread)))) == thread


@pytest.mark.parametrize(
    "content",
    [
        None, {}, {"options": {}}, {"options": [], "shown": [], "titles": {}},
        {"options": {"1": 7}, "shown": [], "titles": {}},
        {"options": {}, "shown": [[1, 2, 3, 4, 5]], "titles": {}}, {"options": {}, "shown": [], "titles": 7},
    ],
)  # fmt: skip
def test_from_nothing_or_another_form_it_is_empty(content: Any) -> None:
    assert from_json(content) == Thread()


def test_nothing_of_it_is_in_its_repr() -> None:
    assert "Allow" not in repr(ASKED.with_shown(QUESTION))
    assert "May I" not in repr(ASKED.with_shown(QUESTION))


def test_a_number_that_was_typed_before_its_choice_was_shown_means_nothing() -> None:
    shown = datetime(2026, 5, 6, 12, tzinfo=UTC)
    thread = Thread().answered_by({"1": Choice("Allow", "/allow~seal")}, shown)
    assert thread.typed("1", shown) is not None
    assert thread.typed("1", shown - timedelta(seconds=1)) is None
    assert from_json(as_json(thread)) == thread
