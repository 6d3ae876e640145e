"""The way of one conversation, as the widget shows it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenWidget
from tests.browser.fake_assistant import FakeAssistant

pytestmark = pytest.mark.browser


def test_a_person_gets_help_is_asked_and_sees_what_was_used(
    open_widget: OpenWidget,
    assistant: FakeAssistant,
    picture: Callable[[Page, str], None],
    complaints: list[str],
) -> None:
    widget = open_widget()
    picture(widget.page, "opened")
    widget.say("I want to pay off a debt")
    widget.shows("Pay the debt with the highest rate first")
    picture(widget.page, "general_help")

    widget.press("Yes, please")
    expect(widget.card.get_by_role("heading")).to_have_text("May Harbour Bank use what you still owe?")
    for fact in ("What for", "How long", "Who sees it", "If not now", "Take it back"):
        expect(widget.card).to_contain_text(fact)
    picture(widget.page, "permission_card")

    widget.press("Allow")
    widget.shows("Noted: you allowed this.")
    widget.say("2,400 euros")
    expect(widget.card).to_contain_text("2 of at most 2")
    picture(widget.page, "second_card")
    widget.press("Not now")
    widget.shows("Noted: not now. This is not used.")
    widget.shows("Used: what you still owe")
    widget.shows("Not used: your yearly interest rate")
    picture(widget.page, "tailored_help")

    assert assistant.presses() == ["/allow", "/permission_1_yes", "/permission_2_no"]
    assert complaints == []


def test_why_explains_and_asks_again(open_widget: OpenWidget, assistant: FakeAssistant) -> None:
    widget = open_widget()
    widget.asked_for_permission()
    widget.press("Why?")
    widget.shows("decides how many payments are left")
    widget.shows("Asked again below.")
    expect(widget.log.get_by_role("button", name="Allow", exact=True)).to_have_count(1)
    assert "/permission_1_yes" not in assistant.presses()


def test_noted_is_said_only_after_the_server_said_it(
    open_widget: OpenWidget, assistant: FakeAssistant
) -> None:
    widget = open_widget()
    widget.asked_for_permission()
    assistant.hold_back()
    widget.press("Allow")
    expect(widget.card).to_contain_text("Sent. Waiting for confirmation.")
    expect(widget.card).not_to_contain_text("Noted")
    assistant.let_go()
    expect(widget.card).to_contain_text("Noted: you allowed this.")
    expect(widget.log.get_by_role("button", name="Not now")).to_have_count(0)


def test_an_answer_that_the_server_does_not_note_is_not_called_noted(
    open_widget: OpenWidget, assistant: FakeAssistant
) -> None:
    widget = open_widget()
    widget.asked_for_permission()
    assistant.hold_back()
    widget.press("Allow")
    expect(widget.card).to_contain_text("Sent. Waiting for confirmation.")
    assistant.broadcast({"id": "calm", "text": "Something on our side is not working right now."})
    expect(widget.card).to_contain_text("This answer was not confirmed. You can choose again.")
    expect(widget.button("Allow")).to_have_attribute("aria-disabled", "false")


def test_a_suggestion_is_said_as_if_it_were_typed(open_widget: OpenWidget, assistant: FakeAssistant) -> None:
    widget = open_widget()
    widget.press("I want to pay off a debt")
    widget.shows("Pay the debt with the highest rate first")
    assert assistant.texts() == ["I want to pay off a debt"]
    expect(widget.panel.get_by_role("button", name="I lost my card")).to_have_count(0)


@pytest.mark.parametrize(
    "custom", [{"kind": "feedback"}, {"closed": True}], ids=["help is over", "server says so"]
)
def test_a_question_that_is_over_can_not_be_answered_any_more(
    open_widget: OpenWidget, assistant: FakeAssistant, custom: dict[str, object]
) -> None:
    widget = open_widget()
    widget.asked_for_permission()
    assistant.broadcast({"id": "over", "text": "All right, I have stopped.", "custom": custom})
    expect(widget.card).to_contain_text("This question is closed.")
    expect(widget.log.get_by_role("button", name="Allow")).to_have_count(0)


def test_the_writing_dots_come_and_go_and_are_not_read_out(
    open_widget: OpenWidget, assistant: FakeAssistant
) -> None:
    widget = open_widget()
    widget.connected()
    assistant.hold_back()
    widget.say("I want to pay off a debt")
    dots = widget.panel.locator(".typing")
    expect(dots).to_be_visible()
    expect(widget.log.locator(".typing")).to_have_count(0)
    assistant.let_go()
    widget.shows("Pay the debt with the highest rate first")
    expect(dots).to_be_hidden()
