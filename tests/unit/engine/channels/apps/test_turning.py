"""What one turn comes to in an app."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from engine.channels.apps.app import Call, Shown
from engine.channels.apps.said import Choice, Said
from engine.channels.apps.thread import Thread
from engine.channels.apps.turning import (
    Letter,
    Pressed,
    Turned,
    letter_as_json,
    letter_from_json,
    seen,
    turned,
)
from tests.unit.engine.channels.apps.apps_rig import FakeApp
from tests.unit.engine.channels.said_examples import ALLOW, NOT_NOW, NOTICE, WHY, choice, permission

HERE = {"to": "ada"}
NEW, TYPED = Thread(), Pressed()
MENU = Said("Or else?", (choice("Menu", "/menu"), choice("Stop", "/stop")), kind="menu")
OUTAGE = Said("Something is broken.", kind="outage")
NOTED = Said("Noted.", kind="noted", closes=True, decided="allow")
CERTIFICATE = Said("Done.", kind="certificate", closes=True)
QUESTION = Shown("q", "May I?", "permission", {"allow": "Allow", "not_now": "Not now"})


def turn(*said: Said, thread: Thread = NEW, buttons: bool = False, pressed: Pressed = TYPED) -> Turned:
    return turned(FakeApp(buttons=buttons), thread, said, HERE, pressed)


def sent(done: Turned) -> Thread:
    """The thread once all letters of a turn are sent."""
    thread = done.thread
    for number, letter in enumerate(done.letters):
        thread = seen(thread, letter, f"ref{number}")
    return thread


def calls(done: Turned) -> list[tuple[str, str]]:
    return [
        (one.call.method, str(one.call.args.get("text", one.call.args.get("outcome"))))
        for one in done.letters
    ]


@pytest.mark.parametrize("said", [(permission(), MENU), (MENU, permission())])
def test_a_permission_request_keeps_1_to_3_and_others_count_on_from_4(said: tuple[Said, ...]) -> None:
    options = sent(turn(*said)).options
    assert options == {"1": ALLOW, "2": NOT_NOW, "3": WHY, "4": MENU.choices[0], "5": MENU.choices[1]}


def test_without_a_why_others_count_on_from_3() -> None:
    assert list(sent(turn(MENU, permission(why=None), MENU)).options) == ["3", "4", "1", "2", "5", "6"]


def test_two_messages_without_a_request_count_on_from_1() -> None:
    assert list(sent(turn(MENU, Said("Hello"), MENU)).options) == ["1", "2", "3", "4"]


def test_a_second_request_in_one_turn_never_shares_the_numbers_of_the_first() -> None:
    other = replace(permission("And this?"), choices=(choice("Allow", "/other"), NOT_NOW, WHY))
    options = sent(turn(permission(), other)).options
    assert (options["1"], len(options)) == (ALLOW, 6)


def test_after_an_outage_a_number_stands_for_what_it_stood_for() -> None:
    asked = sent(turn(permission()))
    after = turn(OUTAGE, thread=asked)
    assert after.thread == asked
    assert calls(after) == [("say", OUTAGE.text)]


@pytest.mark.parametrize("said", [NOTED, Said("Closed.", kind="closed", closes=True), CERTIFICATE])
def test_what_ends_a_question_takes_its_numbers(said: Said) -> None:
    assert turn(said, thread=sent(turn(permission()))).thread.options == {}


def test_a_new_question_has_none_of_the_old_numbers() -> None:
    after = turn(Said("Which?", MENU.choices[:1]), thread=sent(turn(permission())))
    assert after.thread.options == {}
    assert sent(after).options == {"1": MENU.choices[0]}


def test_the_question_for_a_value_takes_the_old_numbers_and_gives_none() -> None:
    value = Said("How much?", (choice("Skip", "/deny"),), kind="value")
    assert sent(turn(value, thread=sent(turn(permission())))).options == {}


def test_a_pressed_question_is_retired_first_with_the_title_of_the_button() -> None:
    pressed = Pressed("Allow", "q")
    done = turn(NOTED, MENU, thread=Thread(shown=(QUESTION,)), buttons=True, pressed=pressed)
    assert calls(done) == [("retire", "Allow"), ("say", "Noted."), ("say", "Or else?")]
    assert done.letters[0].call.optional
    assert done.thread.shown == ()


def test_a_typed_answer_retires_the_question_by_what_was_noted() -> None:
    done = turn(NOTED, thread=Thread(shown=(QUESTION,)), buttons=True)
    assert calls(done) == [("retire", "Allow"), ("say", "Noted.")]


def test_a_question_that_was_passed_over_is_retired_without_an_outcome() -> None:
    done = turn(MENU, thread=Thread(shown=(QUESTION,)), buttons=True)
    assert calls(done) == [("retire", ""), ("say", "Or else?")]


def test_an_app_that_cannot_retire_says_nothing_about_it() -> None:
    app = FakeApp()
    app.retire = lambda *_: None  # type: ignore[method-assign, assignment]
    done = turned(app, Thread(shown=(QUESTION,)), [NOTED], HERE, Pressed())
    assert calls(done) == [("say", "Noted.")]
    assert done.thread.shown == ()


def test_after_forget_me_the_thread_is_empty_and_all_buttons_go() -> None:
    help_ = Shown("t", "30 months", "tailored_help")
    thread = Thread({"1": ALLOW, "#name": WHY}, (QUESTION, help_), {ALLOW.payload: "Allow"})
    done = turn(CERTIFICATE, thread=thread, buttons=True)
    assert done.thread == Thread()
    assert done.forgets
    assert calls(done) == [("retire", ""), ("retire", ""), ("say", "Done.")]
    assert not turn(NOTED, thread=thread).forgets


def test_a_message_with_buttons_is_noted_with_its_answers_until_it_is_sent() -> None:
    (letter,) = turn(permission(), buttons=True).letters
    assert letter.shows == Shown("", NOTICE, "permission", {"allow": "Allow", "not_now": "Not now"})
    (letter,) = turn(MENU, buttons=True).letters
    assert letter.shows == Shown("", "Or else?", "menu", {})
    assert turn(permission()).letters[0].shows is None


def test_titles_of_what_was_offered_are_known() -> None:
    titles = turn(permission(), MENU, buttons=True).thread.titles
    assert titles[ALLOW.payload] == "Allow"
    assert titles[MENU.choices[0].payload] == "Menu"


@pytest.mark.parametrize(
    "letter",
    [
        Letter(Call("say", {"to": 7, "text": "é", "deep": {"a": [None, 1.5]}}, shows=True), QUESTION),
        Letter(Call("retire", {}, optional=True)),
    ],
)
def test_a_letter_is_the_same_after_its_way_through_json(letter: Letter) -> None:
    assert letter_from_json(json.loads(json.dumps(letter_as_json(letter)))) == letter


def test_nothing_that_is_said_is_in_the_repr_of_a_letter() -> None:
    secret = Choice("I owe", "/owe~s")
    (letter,) = turn(Said("I owe 1,234.56", (secret,)), buttons=True).letters
    assert "owe" not in repr(letter)
