"""What a screen reader says by itself: what was said, that an answer is written, and what did not go."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenWidget
from tests.browser.fake_assistant import FakeAssistant
from tests.browser.widget import Widget

pytestmark = pytest.mark.browser

HELP = "Pay the debt with the highest rate first"
LISTEN = """() => {
    const root = document.querySelector("ask-first-chat").shadowRoot;
    const polite = { log: "polite", status: "polite", alert: "assertive" };
    const heard = window.heard = [];
    const places = "[aria-live], [role=log], [role=status], [role=alert]";
    const watched = ["hidden"];
    const live = (node) => {
        const at = (node.nodeType === 1 ? node : node.parentElement)?.closest(places);
        return at && (at.getAttribute("aria-live") ?? polite[at.getAttribute("role")]) !== "off";
    };
    const words = (node) => {
        if (node.nodeType === 3) return node.data;
        if (node.hidden || node.getAttribute("aria-hidden") === "true" || node.ariaLive === "off") return "";
        return [...node.childNodes].map(words).join(" ");
    };
    new MutationObserver((changes) => {
        for (const { type, target, addedNodes } of changes) {
            if (!live(target) || target.closest?.("[aria-hidden=true]")) continue;
            const said = type === "childList" ? [...addedNodes].map(words).join(" ") : words(target);
            if (said.trim()) heard.push(said.replace(/\\s+/g, " ").trim());
        }
    }).observe(root, { subtree: true, childList: true, characterData: true, attributeFilter: watched });
}"""
"""What is added to a place that is read out, as far as it is not hidden from who listens."""


def listening(widget: Widget) -> Widget:
    widget.connected()
    widget.page.evaluate(LISTEN)
    return widget


def heard(widget: Widget) -> Any:
    return widget.page.evaluate("window.heard")


def test_that_a_message_was_sent_is_no_message(open_widget: OpenWidget) -> None:
    widget = listening(open_widget())
    widget.say("I want to pay off a debt")
    widget.shows(HELP)
    expect(widget.log.locator(".said")).to_contain_text("Sent")
    said = heard(widget)
    assert said[0] == "You: I want to pay off a debt"
    assert [words for words in said if "Sent" in words or "Sending" in words] == []
    assert any(words.startswith("Assistant: Pay the debt") for words in said)


def test_that_a_message_was_not_sent_is_said_once(open_widget: OpenWidget, assistant: FakeAssistant) -> None:
    widget = listening(open_widget())
    assistant.stop()
    widget.banner_says("No connection.")
    widget.say("hello")
    widget.shows("Not sent yet")
    assert heard(widget).count("Not sent yet") == 1
    state = widget.log.locator(".said .state")
    expect(state).to_have_attribute("aria-hidden", "false")


def test_that_an_answer_is_being_written_is_said_once(
    open_widget: OpenWidget, assistant: FakeAssistant
) -> None:
    widget = listening(open_widget())
    assistant.hold_back()
    widget.say("hello")
    expect(widget.panel.locator(".typing")).to_be_visible()
    widget.say("are you there?")
    expect(widget.log.locator(".said")).to_have_count(2)
    assistant.let_go()
    expect(widget.log.get_by_text("I did not find help for that")).to_have_count(2)
    expect(widget.panel.locator(".typing")).to_be_hidden()
    assert heard(widget).count("The assistant is writing") == 1
