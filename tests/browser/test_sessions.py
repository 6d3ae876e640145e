"""Whose conversation it is: one tab's, all tabs', a named person's; and what ends it."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage, OpenWidget
from tests.browser.fake_assistant import FakeAssistant
from tests.browser.widget import Widget

pytestmark = pytest.mark.browser

CHAT = "document.querySelector('ask-first-chat')"
HELP = "Pay the debt with the highest rate first"


def with_attribute(open_page: OpenPage, name: str) -> Widget:
    """The chat anew, with an attribute that the site set before it was there."""
    page = open_page()
    page.evaluate(
        f"""() => {{
            const chat = {CHAT};
            const place = chat.parentNode;
            chat.remove();
            chat.setAttribute("{name}", "");
            place.append(chat);
        }}"""
    )
    return Widget(page)


def test_another_tab_begins_a_conversation_of_its_own(
    open_widget: OpenWidget, assistant: FakeAssistant
) -> None:
    widget = open_widget()
    widget.connected()
    other = Widget(widget.page.context.new_page())
    other.page.goto(widget.page.url)
    other.open()
    other.connected()
    assert len(assistant.issued) == 2


def test_where_the_site_wants_it_all_tabs_share_the_conversation_and_its_end(
    open_page: OpenPage, assistant: FakeAssistant
) -> None:
    widget = with_attribute(open_page, "remember")
    widget.open()
    widget.say("I want to pay off a debt")
    widget.shows(HELP)
    other = Widget(widget.page.context.new_page())
    other.page.goto(widget.page.url)
    other.page.evaluate(
        f"() => {{ const chat = {CHAT}, place = chat.parentNode; chat.remove();"
        " chat.setAttribute('remember', ''); place.append(chat); }"
    )
    other.open()
    other.shows(HELP)
    assert len(assistant.issued) == 1
    other.say("I lost my card")
    widget.shows("I lost my card")
    expect(widget.card).to_contain_text("1 of at most 2")
    other.page.evaluate(f"{CHAT}.newConversation()")
    expect(widget.launcher).to_be_visible()
    other.connected()
    other.say("I want to pay off a debt")
    other.shows(HELP)
    widget.open()
    widget.shows(HELP)
    expect(widget.log.get_by_text("I lost my card")).to_have_count(0)
    assert len(assistant.issued) == 2


def test_a_new_conversation_knows_nothing_of_the_one_before(
    open_widget: OpenWidget, assistant: FakeAssistant
) -> None:
    widget = open_widget()
    widget.asked_for_permission()
    widget.page.evaluate(f"{CHAT}.newConversation()")
    widget.connected()
    expect(widget.log.locator(":scope > *")).to_have_count(0)
    widget.say("I want to pay off a debt")
    widget.shows(HELP)
    assert len(assistant.issued) == 2


def test_a_device_that_forgets_has_no_key_left_and_closes_the_chat(
    open_widget: OpenWidget, assistant: FakeAssistant
) -> None:
    widget = open_widget()
    widget.asked_for_permission()
    widget.page.evaluate(f"{CHAT}.forgetDevice()")
    expect(widget.launcher).to_be_visible()
    assert widget.page.evaluate("sessionStorage.length + localStorage.length") == 0
    widget.open()
    widget.connected()
    expect(widget.log.locator(":scope > *")).to_have_count(0)
    assert len(assistant.issued) == 2


def test_a_message_whose_acknowledgement_was_lost_is_handled_once(
    open_widget: OpenWidget, assistant: FakeAssistant
) -> None:
    widget = open_widget()
    widget.connected()
    assistant.drops_acknowledgements = True
    widget.say("I want to pay off a debt")
    widget.shows(HELP)
    assistant.stop()
    widget.banner_says("No connection.")
    assistant.drops_acknowledgements = False
    assistant.start()
    widget.banner_says("You are connected again.")
    expect(widget.log.get_by_text("I want to pay off a debt")).to_have_count(1)
    expect(widget.log.get_by_text(HELP)).to_have_count(1)
    expect(widget.log.locator(".said")).to_contain_text("Sent")


def test_a_waiting_word_is_not_sent_into_a_question_that_another_tab_opened(
    open_page: OpenPage, assistant: FakeAssistant
) -> None:
    widget = with_attribute(open_page, "remember")
    widget.open()
    widget.connected()
    assistant.stop()
    widget.banner_says("No connection.")
    widget.say("yes")
    widget.shows("Not sent yet")
    (conversation,) = assistant.conversations
    assistant.tell_before(conversation, "I lost my card")
    assistant.start()
    widget.banner_says("Please check the messages that are not sent yet.")
    expect(widget.card).to_contain_text("1 of at most 2")
    assert "yes" not in assistant.texts()


def test_nobody_sees_what_the_person_before_said_when_the_site_names_another(
    open_widget: OpenWidget, assistant: FakeAssistant
) -> None:
    widget = open_widget()
    widget.asked_for_permission()
    widget.page.evaluate(f"{CHAT}.setAttribute('identity', 'not.a.token')")
    widget.banner_says("No connection.")
    expect(widget.log.locator(":scope > *")).to_have_count(0)
    assert len(assistant.issued) == 1
