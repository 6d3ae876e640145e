"""What one event of ours means."""

from __future__ import annotations

from typing import Any

import pytest

from engine.channels.apps.said import Choice, Said, said_of

BUTTONS = [{"title": title, "payload": f"/{title}~seal"} for title in ("allow", "not_now", "why")]
CHOICES = tuple(Choice(one["title"], one["payload"]) for one in BUTTONS)
PARTS = {
    "purpose": "debts",
    "retention": "0 days",
    "recipients": "nobody",
    "on_no": "help",
    "item_name": "debt",
}


def event(buttons: int = 0, **custom: Any) -> dict[str, Any]:
    return {"id": "1", "at": "now", "text": "May I?", "buttons": BUTTONS[:buttons], "custom": custom or None}


def test_a_bare_text_is_only_that() -> None:
    assert said_of(event()) == Said("May I?")
    assert said_of({}) == Said("")


@pytest.mark.parametrize("kind", ["permission", "link"])
def test_a_permission_request_is_taken_apart(kind: str) -> None:
    said = said_of(event(3, kind=kind, **PARTS))
    assert said.choices == CHOICES
    assert said.prompt is not None
    assert (said.prompt.allow, said.prompt.not_now, said.prompt.why) == CHOICES
    assert (said.prompt.text, said.prompt.item, said.prompt.on_no) == ("May I?", "debt", "help")
    assert (said.prompt.purpose, said.prompt.retention, said.prompt.recipients) == (
        "debts",
        "0 days",
        "nobody",
    )


def test_without_a_why_there_is_none() -> None:
    prompt = said_of(event(2, kind="permission")).prompt
    assert prompt is not None
    assert prompt.why is None


@pytest.mark.parametrize("buttons", [0, 1])
def test_without_two_answers_it_is_no_request(buttons: int) -> None:
    said = said_of(event(buttons, kind="permission"))
    assert said.prompt is None
    assert said.choices == CHOICES[:buttons]


def test_other_kinds_are_no_request_however_many_buttons_they_have() -> None:
    assert said_of(event(3, kind="offer")).prompt is None


@pytest.mark.parametrize(
    ("custom", "closes"),
    [
        ({"kind": "closed"}, True),
        ({"kind": "noted"}, True),
        ({"kind": "taken_back"}, True),
        ({"kind": "certificate"}, True),
        ({"kind": "receipt", "closed": True}, True),
        ({"kind": "receipt", "closed": False}, False),
        ({"kind": "outage"}, False),
        ({}, False),
    ],
)
def test_what_ends_an_earlier_question(custom: dict[str, Any], closes: bool) -> None:
    assert said_of(event(**custom)).closes is closes


@pytest.mark.parametrize(
    ("kind", "status", "decided"),
    [
        ("noted", "given", "allow"),
        ("noted", "refused", "not_now"),
        ("noted", "deferred", "not_now"),
        ("noted", "unheard of", None),
        ("receipt", "given", None),
    ],
)
def test_what_a_permission_came_to(kind: str, status: str, decided: str | None) -> None:
    assert said_of(event(kind=kind, status=status)).decided == decided


def test_document_and_chart_come_along() -> None:
    said = said_of(event(kind="receipt", document={"a": 1}, chart={"title": "t", "points": []}))
    assert (said.document, said.chart) == ({"a": 1}, {"title": "t", "points": []})
