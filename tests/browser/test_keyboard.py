"""The way without a mouse, and a focus that stays where the person put it."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, OpenWidget
from tests.browser.fake_assistant import FakeAssistant

pytestmark = pytest.mark.browser

FOCUSED = "(document.querySelector('ask-first-chat').shadowRoot.activeElement ?? document.activeElement)"


def focused(page: Page) -> str:
    return str(page.evaluate(f"({FOCUSED}.getAttribute('aria-label') ?? {FOCUSED}.textContent).trim()"))


def tab_to(page: Page, name: str) -> None:
    for _ in range(40):
        if focused(page) == name:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no way to {name!r} by keyboard; the focus is on {focused(page)!r}")


def test_the_whole_way_goes_by_keyboard(open_page: OpenPage, assistant: FakeAssistant) -> None:
    page = open_page()
    tab_to(page, "Open chat: Harbour Bank help")
    page.keyboard.press("Enter")
    assert focused(page) == "Your message"
    page.keyboard.type("I want to pay off a debt")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Yes, please").wait_for()
    assert focused(page) == "Your message"
    tab_to(page, "Yes, please")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Not now").wait_for()
    tab_to(page, "Allow")
    page.keyboard.press("Tab")
    assert focused(page) == "Not now"
    page.keyboard.press("Space")
    page.get_by_text("2 of at most 2").wait_for()
    assert focused(page) == "Noted: not now. This is not used."
    tab_to(page, "Allow")
    page.keyboard.press("Enter")
    page.get_by_text("Used: your yearly interest rate").wait_for()
    assert assistant.presses() == ["/allow", "/permission_1_no", "/permission_2_yes"]


def test_messages_that_come_in_do_not_take_the_focus(
    open_widget: OpenWidget, assistant: FakeAssistant
) -> None:
    widget = open_widget()
    widget.asked_for_permission()
    widget.field.focus()
    widget.say("What is my card doing?")
    expect(widget.log.locator("section.card")).to_have_count(2)
    expect(widget.field).to_be_focused()


@pytest.mark.parametrize(
    "viewport", [{"width": 1280, "height": 720}, {"width": 360, "height": 640}], ids=["wide", "phone"]
)
def test_escape_closes_and_gives_the_focus_back(open_widget: OpenWidget, viewport: dict[str, int]) -> None:
    widget = open_widget(viewport=viewport)
    widget.page.keyboard.press("Escape")
    expect(widget.panel).to_be_hidden()
    expect(widget.launcher).to_be_focused()
    widget.page.keyboard.press("Enter")
    expect(widget.panel).to_be_visible()
    expect(widget.field).to_be_focused()


def test_turning_a_phone_keeps_the_chat_open_and_the_focus(open_widget: OpenWidget) -> None:
    widget = open_widget(viewport={"width": 1280, "height": 720})
    widget.field.fill("half a sentence")
    for width in (360, 1280):
        widget.page.set_viewport_size({"width": width, "height": 720})
        expect(widget.panel).to_be_visible()
        expect(widget.field).to_be_focused()
    expect(widget.field).to_have_value("half a sentence")


def test_shift_and_enter_begins_a_line(open_widget: OpenWidget, assistant: FakeAssistant) -> None:
    widget = open_widget()
    widget.connected()
    widget.field.press_sequentially("one")
    widget.field.press("Shift+Enter")
    widget.field.press_sequentially("two")
    widget.field.press("Enter")
    widget.shows("I did not find help for that")
    assert assistant.texts() == ["one\ntwo"]
