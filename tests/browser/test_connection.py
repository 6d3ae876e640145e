"""What happens when the connection goes, and what must never happen then."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage, OpenWidget
from tests.browser.fake_assistant import FakeAssistant
from tests.browser.widget import Widget

pytestmark = pytest.mark.browser

OFFLINE = "You are not connected right now, so nothing was sent."


def go_offline(widget: Widget, assistant: FakeAssistant) -> None:
    assistant.stop()
    widget.banner_says("No connection.")


def test_nothing_is_connected_before_the_chat_is_opened(
    open_page: OpenPage, assistant: FakeAssistant
) -> None:
    page = open_page()
    expect(page.get_by_role("button", name="Open chat: Harbour Bank help")).to_be_visible()
    assert assistant.issued == set()


def test_an_answer_pressed_while_offline_is_refused_and_never_sent_later(
    open_widget: OpenWidget, assistant: FakeAssistant
) -> None:
    widget = open_widget()
    widget.asked_for_permission()
    go_offline(widget, assistant)
    widget.press("Allow")
    expect(widget.card).to_contain_text(OFFLINE)
    assistant.start()
    widget.banner_says("You are connected again.")
    widget.say("Anything at all")
    widget.shows("I did not find help for that")
    assert "/permission_1_yes" not in assistant.presses()
    expect(widget.card).not_to_contain_text("Noted")
    widget.press("Allow")
    widget.shows("Noted: you allowed this.")


def test_an_answer_without_confirmation_can_be_given_again(
    open_widget: OpenWidget, assistant: FakeAssistant
) -> None:
    widget = open_widget()
    widget.asked_for_permission()
    assistant.drops_answers = True
    widget.press("Allow")
    expect(widget.card).to_contain_text("Sending your answer")
    go_offline(widget, assistant)
    expect(widget.card).to_contain_text("The connection broke, and no confirmation came.")
    assistant.drops_answers = False
    assistant.start()
    widget.banner_says("You are connected again.")
    assert assistant.presses().count("/permission_1_yes") == 1
    widget.press("Not now")
    expect(widget.log.locator("section.card").first).to_contain_text("Noted: not now.")


def test_a_message_typed_while_offline_waits_and_goes_once(
    open_widget: OpenWidget, assistant: FakeAssistant
) -> None:
    widget = open_widget()
    widget.say("Hello")
    widget.shows("I did not find help for that")
    go_offline(widget, assistant)
    widget.say("I want to pay off a debt")
    widget.shows("Not sent yet")
    assistant.start()
    widget.shows("Pay the debt with the highest rate first")
    assert assistant.texts() == ["Hello", "I want to pay off a debt"]


def test_a_yes_typed_while_offline_is_sent_by_the_person_only(
    open_widget: OpenWidget, assistant: FakeAssistant
) -> None:
    widget = open_widget()
    widget.asked_for_permission()
    go_offline(widget, assistant)
    widget.say("yes")
    widget.shows("Not sent yet")
    assistant.start()
    widget.banner_says("Please check the messages that are not sent yet.")
    assert "yes" not in assistant.texts()
    widget.press("Retry")
    widget.shows("I did not find help for that")
    assert assistant.texts().count("yes") == 1


def test_a_token_that_is_refused_is_dropped_and_a_new_conversation_begins(
    open_widget: OpenWidget, assistant: FakeAssistant
) -> None:
    widget = open_widget()
    widget.connected()
    before = set(assistant.issued)
    assistant.forget_tokens()
    widget.page.reload()
    widget.open()
    widget.shows("Your earlier conversation could not be continued")
    widget.say("I want to pay off a debt")
    widget.shows("Pay the debt with the highest rate first")
    assert assistant.issued
    assert not assistant.issued & before


def test_a_reload_goes_on_with_the_same_conversation(
    open_widget: OpenWidget, assistant: FakeAssistant
) -> None:
    widget = open_widget()
    widget.asked_for_permission()
    widget.page.reload()
    widget.open()
    widget.shows("Pay the debt with the highest rate first")
    expect(widget.log.get_by_text("I want to pay off a debt")).to_have_count(1)
    widget.press("Allow")
    widget.shows("Noted: you allowed this.")
    assert len(assistant.issued) == 1


def test_the_token_is_nowhere_but_in_this_tabs_storage(
    open_widget: OpenWidget, assistant: FakeAssistant
) -> None:
    widget = open_widget()
    widget.connected()
    (token,) = assistant.issued
    assert token in widget.page.evaluate("JSON.stringify(Object.values(sessionStorage))")
    assert token not in widget.page.evaluate(
        "JSON.stringify(Object.values(localStorage)) + document.cookie + location.href"
    )
    assert token not in widget.page.evaluate(
        "document.querySelector('ask-first-chat').shadowRoot.querySelector('.root').outerHTML"
    )


def test_unread_messages_are_counted_while_the_chat_is_closed(
    open_widget: OpenWidget, assistant: FakeAssistant
) -> None:
    widget = open_widget()
    widget.connected()
    assistant.hold_back()
    widget.say("I want to pay off a debt")
    widget.page.keyboard.press("Escape")
    assistant.let_go()
    expect(widget.launcher).to_have_accessible_name("Open chat: Harbour Bank help, 2 unread")
    widget.open()
    widget.page.keyboard.press("Escape")
    expect(widget.launcher).to_have_accessible_name("Open chat: Harbour Bank help")
