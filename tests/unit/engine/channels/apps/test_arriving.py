"""What becomes of an event when it arrives."""

from __future__ import annotations

from typing import Any

import pytest

from engine.channels.apps.arriving import Arrivals, Arrived, DeskSettings
from engine.channels.apps.incoming import Incoming
from engine.channels.apps.items import Item
from engine.channels.apps.said import Choice
from engine.channels.apps.thread import Thread
from engine.channels.fairness import Pace
from engine.channels.intake import LONGEST_TEXT
from sealing.button import seal
from tests.unit.engine.channels.apps.apps_rig import AT, PRIVATE, SETTINGS, FakeApp, Person

NEW = Thread()
ADA, BEN = Person("ada"), Person("ben")
PAYLOAD = '/allow{"r":"7f3k9q"}'


class Clock:
    """Seconds, set by the test."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def sealed(person: Person = ADA, key: bytes = SETTINGS.buttons_key, payload: str = PAYLOAD) -> str:
    return seal(key, person.conversation, payload)


OFFERED = Thread({"1": Choice("Allow", sealed())}, titles={sealed(): "Allow"})


def arrivals(clock: Clock | None = None, pace: Pace | None = None) -> Arrivals:
    options = DeskSettings(SETTINGS.person_key, SETTINGS.buttons_key, pace or Pace())
    return Arrivals(FakeApp(), options, clock or Clock())


def look(incoming: Incoming, thread: Thread = NEW, at: Arrivals | None = None) -> Arrived:
    at = at or arrivals()
    return at.look(incoming, at.chat(incoming), thread, AT)


def item(incoming: Incoming, thread: Thread = NEW) -> Item:
    arrived = look(incoming, thread)
    assert arrived.item is not None
    return arrived.item


def methods(arrived: Arrived) -> list[str]:
    return [call.method for call in arrived.at_once]


def test_a_text_waits_for_its_turn_with_the_moment_when_it_was_received() -> None:
    arrived = look(ADA.types("I have debts"))
    assert arrived.item is not None
    assert (arrived.item.text, arrived.item.notice, arrived.item.address) == (
        "I have debts",
        None,
        {"to": "ada"},
    )
    assert arrived.item.metadata == {"button": False, "received_at": "2026-01-02T03:04:05.000000+00:00"}
    assert arrived.at_once == ()


def test_what_the_app_calls_people_and_events_goes_no_further() -> None:
    arrived = look(ADA.types("hello", event="evt-77"))
    assert (arrived.chat.conversation, arrived.chat.person_id) == (ADA.conversation, ADA.person_id)
    assert "evt-77" not in repr(arrived)
    assert "ada" not in repr(arrived)
    assert arrived.item is not None
    assert arrived.event == arrived.item.event != "evt-77"


@pytest.mark.parametrize(
    "press",
    [
        sealed(BEN), sealed(key=b"x" * 32), PAYLOAD, f"{PAYLOAD}~", f"{PAYLOAD}~AAAAAAAAAAA", "", "1~",
        "hello", "2", "\ud800", "x" * 5_000,
    ],
    ids=range(11),
)  # fmt: skip
def test_a_button_that_was_not_offered_in_this_conversation_is_nobodys(press: str) -> None:
    arrived = look(ADA.does(press=press), OFFERED)
    assert arrived.item is None
    assert methods(arrived) == ["not_theirs"]


def test_a_button_that_was_is_passed_on_with_its_title_and_its_message() -> None:
    arrived = look(ADA.does(press=sealed(), pressed_on="ref1"), OFFERED)
    assert arrived.item is not None
    assert (arrived.item.text, arrived.item.title, arrived.item.pressed_on) == (PAYLOAD, "Allow", "ref1")
    assert arrived.item.metadata["button"] is True
    assert methods(arrived) == ["noticed"]
    assert item(ADA.does(press=sealed())).title == "", "the title is forgotten, the seal is good"


@pytest.mark.parametrize("text", [PAYLOAD, sealed(), sealed(BEN), "/restart", "///allow{}", "\u200b/restart"])
def test_a_typed_payload_is_never_one(text: str) -> None:
    found = item(ADA.types(text), OFFERED)
    assert found.metadata["button"] is False
    assert not found.text.startswith(("/allow", "/restart"))


def test_a_number_is_resolved_when_it_arrives() -> None:
    found = item(ADA.types("1."), OFFERED)
    assert (found.text, found.title, found.pressed_on) == (PAYLOAD, "Allow", None)
    assert found.metadata["button"] is True
    assert "received_at" in found.metadata


def test_a_number_that_stands_for_nothing_is_only_words() -> None:
    found = item(ADA.types("2"), OFFERED)
    assert (found.text, found.metadata["button"]) == ("2", False)


def test_a_number_whose_choice_was_offered_to_somebody_else_answers_nothing() -> None:
    found = look(ADA.types("1"), Thread({"1": Choice("Allow", sealed(BEN))})).item
    assert found is not None
    assert found.metadata.get("button") is not True
    assert found.text != PAYLOAD


def test_a_command_of_the_apps_menu_is_one() -> None:
    found = item(ADA.does(command="/greet"), OFFERED)
    assert found.text == "/greet"
    assert found.metadata == {
        "button": False,
        "command": True,
        "received_at": AT.isoformat(timespec="microseconds"),
    }


@pytest.mark.parametrize(
    ("what", "notice"),
    [
        ({"other": True}, "only_text"),
        ({"text": " \n "}, "only_text"),
        ({"text": "///"}, "only_text"),
        ({"text": "x" * (LONGEST_TEXT + 1)}, "too_long"),
        ({"text": "x" * LONGEST_TEXT}, None),
    ],
)
def test_what_cannot_be_taken_is_answered_and_not_kept(what: dict[str, Any], notice: str | None) -> None:
    found = item(ADA.does(**what))
    assert found.notice == notice
    if notice:
        assert (found.text, found.metadata) == ("", {})


def test_what_is_silent_stays_so() -> None:
    incoming = Incoming("e", ("ada",), {"to": "ada"}, command="/stop", silent=True)
    assert item(incoming).silent


def public(person: Person = ADA, place: str = "group", **what: Any) -> Incoming:
    return Incoming(
        f"e-{person.name}", (person.name,), {"to": place}, public=True, **(what or {"text": PRIVATE})
    )


@pytest.mark.parametrize("what", [{"text": PRIVATE}, {"text": "1"}, {"command": "/greet"}, {"other": True}])
def test_nothing_that_is_said_in_a_group_becomes_a_message(what: dict[str, Any]) -> None:
    arrived = look(public(**what), OFFERED)
    assert arrived.item is None
    assert methods(arrived) == ["offer"]
    assert arrived.at_once[0].args == {"place": "group"}


def test_a_private_chat_is_offered_once_an_hour_in_each_place() -> None:
    clock = Clock()
    at = arrivals(clock)
    groups = [public(), public(BEN), public(place="another"), public()]
    assert [methods(look(one, at=at)) for one in groups] == [["offer"], [], ["offer"], []]
    clock.now = 3_599
    assert methods(look(public(), at=at)) == []
    clock.now = 3_601
    assert methods(look(public(BEN), at=at)) == ["offer"]


def test_who_is_too_fast_is_told_so_once_a_minute_and_then_nothing() -> None:
    clock = Clock()
    at = arrivals(clock, Pace(burst=2, per_second=1 / 1_000))

    def notices(count: int) -> list[str | None]:
        found = [look(ADA.types("hello"), at=at).item for _ in range(count)]
        return ["nothing" if one is None else one.notice for one in found]

    assert notices(5) == [None, None, "too_fast", "nothing", "nothing"]
    clock.now = 59
    assert notices(2) == ["nothing", "nothing"]
    clock.now = 61
    assert notices(2) == ["too_fast", "nothing"]
    assert look(BEN.types("hello"), at=at).item is not None, "others are not held back"


def test_a_button_is_acknowledged_also_when_it_came_too_fast() -> None:
    at = arrivals(pace=Pace(burst=1, per_second=1 / 1_000))
    pressing = [look(ADA.does(press=sealed()), OFFERED, at) for _ in range(3)]
    assert [methods(one) for one in pressing] == [["noticed"]] * 3
    assert pressing[2].item is None


def test_who_has_said_as_much_as_is_kept_in_a_day_is_told_so() -> None:
    options = DeskSettings(SETTINGS.person_key, SETTINGS.buttons_key, bytes_per_day=10_000)
    at = Arrivals(FakeApp(), options, Clock())
    items = [look(ADA.types("a" * 2_000), at=at).item for _ in range(4)]
    assert [None if one is None else one.notice for one in items[:3]] == [None, None, "too_much"]
    assert items[3] is None
