"""What a channel with cards gets: buttons at the things to which they belong, a date, a chart."""

from __future__ import annotations

from actions.flow.giving import give_help
from actions.flow.rights import take_back
from tests.unit.actions.test_flow import Conversation, clock, talk, values
from tests.unit.consent_store.kit import FakeClock

__all__ = ["clock", "talk"]
TAKE_BACK = '/take_back{"item":"debt_balance_eur"}'


def allow_all(talk: Conversation, *typed: str) -> None:
    talk.begin()
    talk.press(0)
    for value in typed:
        talk.press(0)
        talk.say(value, "tell_value")


def tailored(talk: Conversation):
    return give_help(talk.services, talk.turn("", "")).messages[0]


def test_what_was_allowed_can_be_taken_back_where_it_was_noted(talk: Conversation) -> None:
    talk.channel = "widget"
    talk.begin()
    talk.press(0)
    noted = talk.press(0).messages[0]
    assert noted.custom == {"kind": "noted", "item": "debt_balance_eur", "status": "given", "take_back": 0}
    assert [button.payload for button in noted.buttons] == [TAKE_BACK]


def test_a_refusal_has_nothing_to_take_back(talk: Conversation) -> None:
    talk.channel = "widget"
    talk.begin()
    talk.press(0)
    noted = talk.press(1).messages[0]
    assert noted.buttons == ()
    assert noted.custom is not None
    assert "take_back" not in noted.custom


def test_a_channel_without_cards_gets_no_button_more(talk: Conversation) -> None:
    allow_all(talk, "2000", "19.5")
    help_ = tailored(talk)
    payloads = [button.payload for button in help_.buttons]
    assert "/take_back" in payloads
    assert TAKE_BACK not in payloads
    assert help_.custom is not None
    assert all("take_back" not in used for used in help_.custom["used"])
    talk.begin()
    assert talk.press(0).messages == ()


def test_each_thing_used_names_its_own_two_buttons_and_when_it_was_allowed(
    talk: Conversation, clock: FakeClock
) -> None:
    talk.channel = "widget"
    allow_all(talk, "2000", "19.5")
    help_ = tailored(talk)
    assert help_.custom is not None
    assert [used["item"] for used in help_.custom["used"]] == ["debt_balance_eur", "yearly_rate_percent"]
    for used in help_.custom["used"]:
        named = f'{{"item":"{used["item"]}"}}'
        assert help_.buttons[used["without"]].payload == f"/without{named}"
        assert help_.buttons[used["take_back"]].payload == f"/take_back{named}"
        assert used["allowed_at"] == clock.now.isoformat()


def test_the_chart_comes_with_numbers_and_words(talk: Conversation) -> None:
    allow_all(talk, "2000", "19.5", "100")
    help_ = tailored(talk)
    assert help_.custom is not None
    chart = help_.custom["chart"]
    assert (chart["kind"], chart["unit"]) == ("line", "EUR")
    assert chart["points"][0] == {"label": "today", "value": 2000.0, "shown": "€2,000", "at": 0}
    assert chart["text"].startswith("Today you owe €2,000.")


def test_without_figures_to_look_at_there_is_no_chart(talk: Conversation) -> None:
    allow_all(talk, "2000")
    talk.press(1)
    help_ = tailored(talk)
    assert help_.custom is not None
    assert "chart" not in help_.custom


def test_a_button_for_what_is_not_allowed_any_more_takes_nothing_else_back(talk: Conversation) -> None:
    allow_all(talk, "2000", "19.5")
    press = talk.turn(TAKE_BACK, "take_back", pressed=True, named={"item": "debt_balance_eur"})
    first, second = (take_back(talk.services, press).messages[0] for _ in range(2))
    assert (first.wording, second.wording) == ("utter_taken_back", "utter_take_back_not_this")
    assert first.custom == {"kind": "taken_back", "items": ["debt_balance_eur"]}
    assert values(talk) == {("debt_payoff", "yearly_rate_percent")}
