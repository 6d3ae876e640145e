"""What the assistant says, as calls of the Send API."""

from __future__ import annotations

from typing import Any

import pytest

from engine.channels.apps.app import Rendered
from engine.channels.apps.said import Choice, Said
from engine.channels.apps.words import Words
from engine.channels.messenger.rendering import MOST_REPLIES, render
from tests.unit.engine.channels.said_examples import (
    ALLOW,
    LONG_HELP,
    MANY,
    NOT_NOW,
    WHY,
    YES_NO_VALUE,
    choice,
    permission,
)

WORDS = Words.load()


def shown(said: Said, first: int = 1) -> Rendered:
    return render(said, "7001", WORDS, first)


def replies(rendered: Rendered, place: int = -1) -> list[dict[str, str]]:
    found: list[dict[str, str]] = rendered.calls[place].args["message"].get("quick_replies", [])
    return found


def text(rendered: Rendered, place: int = -1) -> str:
    return str(rendered.calls[place].args["message"]["text"])


def test_a_permission_has_its_three_answers_as_quick_replies_of_equal_weight() -> None:
    rendered = shown(permission())
    allow, not_now, why = replies(rendered)
    assert [allow["title"], not_now["title"], why["title"]] == ["Allow", "Not now", "Why?"]
    assert [each["payload"] for each in (allow, not_now, why)] == [
        ALLOW.payload,
        NOT_NOW.payload,
        WHY.payload,
    ]
    assert set(allow) == set(not_now)
    assert allow["content_type"] == not_now["content_type"]
    assert (len(rendered.calls), rendered.options) == (1, {})


def test_where_one_title_is_too_long_all_are_numbers() -> None:
    long = permission()
    titled = Choice("A title that is too long", long.choices[1].payload)
    prompt = long.prompt
    assert prompt is not None
    rendered = shown(Said(long.text, (ALLOW, titled, WHY), "permission", prompt))
    assert [each["title"] for each in replies(rendered)] == ["1", "2", "3"]
    assert text(rendered).endswith("Reply 1 to allow, 2 for not now, 3 for why.")
    assert list(rendered.options) == ["1", "2", "3"]


@pytest.mark.parametrize(("length", "titles"), [(20, ["x" * 20]), (21, ["1"])])
def test_titles_at_their_limit(length: int, titles: list[str]) -> None:
    rendered = shown(Said("Which?", (choice("x" * length, "/a"),)))
    assert [each["title"] for each in replies(rendered)] == titles


def test_texts_at_their_limit() -> None:
    for one, limit in (("x", 2000), ("😀", 1000)):
        assert [text(shown(Said(one * limit)), 0)] == [one * limit]
        assert [call.args["message"]["text"] for call in shown(Said(one * (limit + 1))).calls] == [
            one * limit,
            one,
        ]


def test_an_emoji_counts_twice() -> None:
    assert replies(shown(Said("Which?", (choice("😀" * 11, "/a"),))))[0]["title"] == "1"


@pytest.mark.parametrize(("count", "first_title"), [(13, "c0"), (14, "1")])
def test_more_than_thirteen_are_numbers(count: int, first_title: str) -> None:
    rendered = shown(Said("Which?", tuple(choice(f"c{n}", f"/c{n}") for n in range(count))))
    assert replies(rendered)[0]["title"] == first_title
    assert len(replies(rendered)) == MOST_REPLIES


def test_every_choice_has_a_number_also_beyond_the_quick_replies() -> None:
    rendered = shown(MANY, first=4)
    assert [each["title"] for each in replies(rendered)] == [str(n) for n in range(4, 17)]
    assert list(rendered.options) == [str(n) for n in range(4, 19)]
    assert [each["payload"] for each in replies(rendered)] == [one.payload for one in MANY.choices[:13]]


def test_to_a_question_for_a_value_no_number_is_an_answer() -> None:
    rendered = shown(YES_NO_VALUE)
    assert [each["title"] for each in replies(rendered)] == ["Yes", "No", "Skip"]
    assert rendered.options == {}
    long = Said("How?", (choice("A title that is too long", "/a"), choice("b", "/b")), "value")
    assert (replies(shown(long)), shown(long).options) == ([], {})
    assert "A title that is too long, b" in text(shown(long))


def test_a_payload_that_is_too_long_leaves_numbers_to_type_and_no_quick_reply_for_some() -> None:
    rendered = shown(Said("Which?", (Choice("a", "x" * 1001), choice("b", "/b"))))
    assert replies(rendered) == []
    assert list(rendered.options) == ["1", "2"]


def test_what_cannot_be_undone_gets_no_number() -> None:
    rendered = shown(
        Said("Sure?", (choice("Keep all of it, please, as it is", "/keep"), choice("Forget", "/forget_me")))
    )
    assert [one.title for one in rendered.options.values()] == ["Keep all of it, please, as it is"]
    assert "Forget" in text(rendered)


def test_the_choices_are_below_the_last_part_of_a_long_text() -> None:
    rendered = shown(LONG_HELP)
    assert len(rendered.calls) == 2
    assert replies(rendered, 0) == []
    assert [each["title"] for each in replies(rendered)] == ["Yes, please", "No, thanks"]


def test_nothing_follows_the_quick_replies_and_files_have_their_names() -> None:
    for kind, name in (("receipt", "receipt.json"), ("certificate", "certificate.json")):
        document: dict[str, Any] = {"a": 1}
        with_choice = shown(Said("Here.", (choice("Menu", "/menu"),), kind, document=document))
        assert [call.method for call in with_choice.calls] == ["document", "message"]
        alone = shown(Said("Here.", (), kind, document=document))
        assert [call.method for call in alone.calls] == ["message", "document"]
        assert alone.calls[1].args["name"] == name


def test_choices_without_a_text_are_numbers_and_nothing_is_nothing() -> None:
    assert "1 Menu" in text(shown(Said("", (choice("Menu", "/menu"),))))
    assert shown(Said("")).calls == []


def test_no_call_says_what_it_holds() -> None:
    assert permission().text[:20] not in repr(shown(permission()).calls)
