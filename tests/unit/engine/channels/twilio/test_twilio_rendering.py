"""What the assistant says, as messages of Twilio."""

from __future__ import annotations

import pytest

from engine.channels.apps.app import Rendered
from engine.channels.apps.said import Choice, Said
from engine.channels.twilio.app import TwilioApp
from tests.unit.engine.channels.said_examples import (
    ALLOW,
    DOCUMENT,
    LONG_HELP,
    MANY,
    NOT_NOW,
    NOTICE,
    WHY,
    YES_NO_VALUE,
    choice,
    permission,
    without_blanks,
)
from tests.unit.engine.channels.twilio.twilio_apps import sms, to_of, whatsapp

SMS, WHATSAPP = sms(), whatsapp()
ANSWERS = {"1": ALLOW, "2": NOT_NOW, "3": WHY}
HOW = "Reply 1 to allow, 2 for not now, 3 for why."


def shown(one: TwilioApp, said: Said, first: int = 1) -> Rendered:
    return one.render(said, {"to": to_of(one)}, first)


def texts(rendered: Rendered) -> list[str]:
    return [call.args["text"] for call in rendered.calls]


def test_a_permission_by_sms_is_one_message_without_a_blank_line_that_ends_with_how_to_answer() -> None:
    rendered = shown(SMS, permission(NOTICE.replace("\n", "\n \n\n", 1)))
    (text,) = texts(rendered)
    assert text == f"{NOTICE}\n{HOW}"
    assert len(text) <= 640
    assert rendered.options == ANSWERS


def test_the_longest_permission_fits_and_one_without_why_says_so() -> None:
    (text,) = texts(shown(SMS, permission("x" * 580)))
    assert len(text) <= 640
    rendered = shown(SMS, permission(why=None))
    assert texts(rendered)[0].endswith("Reply 1 to allow, 2 for not now.")
    assert list(rendered.options) == ["1", "2"]


def test_numbers_stay_together_at_the_end_of_the_last_text() -> None:
    rendered = shown(SMS, LONG_HELP, first=4)
    *before, last = texts(rendered)
    assert before
    assert all("Reply with" not in text for text in before)
    assert last.endswith("Reply with a number:\n4 Yes, please\n5 No, thanks")
    assert list(rendered.options) == ["4", "5"]


def test_numbers_that_fit_nowhere_are_a_message_of_their_own() -> None:
    *_, last = texts(shown(SMS, Said("x" * 630, (choice("Menu", "/menu"),))))
    assert last == "Reply with a number:\n1 Menu"


def test_many_choices_are_all_numbered() -> None:
    for one in (SMS, WHATSAPP):
        rendered = shown(one, MANY)
        assert list(rendered.options.values()) == list(MANY.choices)
        assert {call.method for call in rendered.calls} == {"message"}


def test_to_a_question_for_a_value_no_number_is_an_answer() -> None:
    for one in (SMS, WHATSAPP):
        assert shown(one, YES_NO_VALUE).options == {}
    assert texts(shown(SMS, YES_NO_VALUE))[0].endswith("You can also reply: Yes, No, Skip")


def test_documents_are_not_sent() -> None:
    for one in (SMS, WHATSAPP):
        assert len(shown(one, DOCUMENT).calls) == 1


def test_a_permission_by_whatsapp_has_its_three_answers_as_buttons_of_equal_weight() -> None:
    rendered = shown(WHATSAPP, permission())
    (call,) = rendered.calls
    assert call.method == "quick_reply"
    assert call.args["text"] == NOTICE
    assert call.args["choices"] == [
        {"title": one.title, "payload": one.payload} for one in (ALLOW, NOT_NOW, WHY)
    ]
    assert rendered.options == ANSWERS


@pytest.mark.parametrize(
    ("choices", "method"),
    [
        ((choice("x" * 20, "/a"),), "quick_reply"),
        ((choice("x" * 21, "/a"),), "message"),
        ((choice("😀" * 11, "/a"),), "message"),
        ((Choice("a", "x" * 200),), "quick_reply"),
        ((Choice("a", "x" * 201),), "message"),
        (tuple(choice(f"c{n}", f"/{n}") for n in range(3)), "quick_reply"),
        (tuple(choice(f"c{n}", f"/{n}") for n in range(4)), "message"),
        ((choice("a", "/a"), choice("a", "/b")), "message"),
        ((choice("a", "/a"), choice("b", "/a")), "message"),
        ((choice(" ", "/a"),), "message"),
    ],
)
def test_buttons_only_where_whatsapp_takes_them_all(choices: tuple[Choice, ...], method: str) -> None:
    rendered = shown(WHATSAPP, Said("Which?", choices))
    assert [call.method for call in rendered.calls] == [method]
    assert list(rendered.options.values()) == list(choices)


def test_the_buttons_are_below_the_last_part_of_a_long_text() -> None:
    rendered = shown(WHATSAPP, LONG_HELP)
    assert [call.method for call in rendered.calls][-2:] == ["message", "quick_reply"]
    assert all(len(text) <= 1024 for text in texts(rendered))
    assert without_blanks("".join(texts(rendered))) == without_blanks(LONG_HELP.text)


def test_texts_at_their_limit() -> None:
    for one, limit in ((SMS, 640), (WHATSAPP, 1024)):
        assert texts(shown(one, Said("x" * limit))) == ["x" * limit]
        assert texts(shown(one, Said("x" * (limit + 1)))) == ["x" * limit, "x"]


def test_choices_without_a_text_are_numbers_and_nothing_is_nothing() -> None:
    for one in (SMS, WHATSAPP):
        assert texts(shown(one, Said("", (choice("Menu", "/menu"),)))) == ["Reply with a number:\n1 Menu"]
        assert shown(one, Said("")).calls == []
