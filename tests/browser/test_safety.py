"""What nobody may do to the chat: neither the assistant's texts, nor the page around, nor a double click."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenWidget
from tests.browser.fake_assistant import FakeAssistant
from tests.browser.script import HOSTILE

pytestmark = pytest.mark.browser


def test_markup_in_a_text_is_shown_as_it_was_written(open_widget: OpenWidget, complaints: list[str]) -> None:
    widget = open_widget()
    widget.say(f"markup {HOSTILE}")
    expect(widget.log.locator(".message")).to_have_count(2)
    expect(widget.log.locator(".assistant")).to_contain_text(HOSTILE)
    assert widget.log.locator("img, b, a, script").count() == 0
    assert widget.page.evaluate("window.broken") is None
    assert complaints == []


def test_links_lead_to_web_addresses_only_and_tell_nothing(open_widget: OpenWidget) -> None:
    widget = open_widget()
    widget.say("I want to pay off a debt")
    link = widget.log.get_by_role("link")
    expect(link).to_have_attribute("href", "https://www.example.org/debt-advice")
    expect(link).to_have_attribute("rel", "noopener noreferrer nofollow")


def test_no_script_on_the_page_can_write_html(open_widget: OpenWidget) -> None:
    widget = open_widget()
    refused = widget.page.evaluate(
        "() => { try { document.body.innerHTML = '<b>x</b>' } catch (error) { return error.name } }"
    )
    assert refused == "TypeError"


def test_a_hostile_style_of_the_page_does_not_reach_in(open_widget: OpenWidget) -> None:
    widget = open_widget()
    widget.asked_for_permission()
    font = "(element) => getComputedStyle(element).font + getComputedStyle(element).color"
    before = widget.button("Allow").evaluate(font), widget.button("Allow").bounding_box()
    widget.page.evaluate(
        """() => {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync(`
                * { color: red !important; font: 40px serif !important; letter-spacing: 9px !important }
                ask-first-chat { opacity: 0 !important; display: none !important; transform: none !important }
            `);
            document.adoptedStyleSheets = [sheet];
        }"""
    )
    assert (widget.button("Allow").evaluate(font), widget.button("Allow").bounding_box()) == before
    assert widget.page.evaluate("getComputedStyle(document.querySelector('ask-first-chat')).opacity") == "1"


def test_the_second_half_of_a_double_click_answers_nothing(
    open_widget: OpenWidget, assistant: FakeAssistant
) -> None:
    widget = open_widget()
    widget.asked_for_permission()
    box = widget.button("Allow").bounding_box()
    assert box is not None
    row = widget.card.locator(".choices")
    row.evaluate(
        """(row) => {
            row.style.animation = "none";
            row.offsetTop;
            row.style.animation = "";
            row.getAnimations()[0].pause();
        }"""
    )
    widget.page.mouse.dblclick(box["x"] + 9, box["y"] + 9)
    widget.say("Anything at all")
    widget.shows("I did not find help for that")
    assert "/permission_1_yes" not in assistant.presses()
    row.evaluate("(row) => row.getAnimations()[0].finish()")
    widget.press("Allow")
    widget.shows("Noted: you allowed this.")


def test_a_held_down_press_is_sent_once(open_widget: OpenWidget, assistant: FakeAssistant) -> None:
    widget = open_widget()
    widget.asked_for_permission()
    widget.button("Allow").evaluate("(button) => { button.click(); button.click(); button.click(); }")
    widget.shows("Noted: you allowed this.")
    assert assistant.presses().count("/permission_1_yes") == 1


BROKEN: tuple[object, ...] = (
    None,
    "text",
    [],
    {"text": 7},
    {"text": "", "buttons": "x"},
    {"custom": {"kind": "permission", "item": "x"}},
    {"custom": {"noted": {"item": "debt_balance_eur", "status": "whatever"}}},
    {"custom": {"kind": "tailored_help", "used": "x", "chart": {"kind": "line", "points": [{"value": -1}]}}},
    {"custom": {"kind": "receipt", "document": "x"}},
    {"buttons": [{"title": {"a": 1}, "payload": None}]},
)


def test_a_broken_message_changes_nothing(
    open_widget: OpenWidget, assistant: FakeAssistant, complaints: list[str]
) -> None:
    widget = open_widget()
    widget.asked_for_permission()
    for number, event in enumerate(BROKEN):
        shown = widget.log.inner_text()
        assistant.broadcast(event)
        assistant.broadcast({"id": f"after-{number}", "text": f"Still here, {number}."})
        widget.shows(f"Still here, {number}.")
        added = widget.log.inner_text().removeprefix(shown.rstrip())
        assert added.split() == ["Assistant:", "Still", "here,", f"{number}."], event
    assert complaints == []


def test_a_message_that_comes_twice_is_shown_once(open_widget: OpenWidget, assistant: FakeAssistant) -> None:
    widget = open_widget()
    widget.connected()
    for _ in range(2):
        assistant.broadcast({"id": "one", "text": "Only once."})
    assistant.broadcast({"id": "two", "text": "The end."})
    widget.shows("The end.")
    expect(widget.log.get_by_text("Only once.")).to_have_count(1)
