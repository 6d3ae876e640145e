"""Words that are composed of several keys (Japanese, Chinese, …): the key that ends one does nothing else."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenWidget
from tests.browser.fake_assistant import FakeAssistant
from tests.browser.widget import Widget

pytestmark = pytest.mark.browser

FIELD = "document.querySelector('ask-first-chat').shadowRoot.querySelector('textarea')"
ENDED = "compositionend"
KEYS = {
    "chrome_and_firefox": [{"isComposing": True, "keyCode": 229}, ENDED],
    "firefox_of_old": [{"isComposing": True, "keyCode": 13}, ENDED],
    "safari": [ENDED, {"isComposing": False, "keyCode": 229}],
}
"""What a browser tells, in its order, when Enter takes over what was composed."""


def compose(widget: Widget, key: str, told: list[Any]) -> None:
    widget.page.evaluate(
        f"""([key, told]) => {{
            const field = {FIELD};
            const options = {{ bubbles: true, composed: true, cancelable: true }};
            field.dispatchEvent(new CompositionEvent("compositionstart", options));
            const ended = {{ ...options, data: "借金" }};
            const pressed = {{ ...options, key, code: key }};
            for (const one of told) {{
                if (one === "{ENDED}") field.dispatchEvent(new CompositionEvent(one, ended));
                else field.dispatchEvent(new KeyboardEvent("keydown", {{ ...pressed, ...one }}));
            }}
        }}""",
        [key, told],
    )


@pytest.mark.parametrize("browser_name", KEYS)
def test_the_enter_that_ends_a_composed_word_does_not_send(
    open_widget: OpenWidget, assistant: FakeAssistant, browser_name: str
) -> None:
    widget = open_widget()
    widget.connected()
    widget.field.fill("借金")
    compose(widget, "Enter", KEYS[browser_name])
    expect(widget.field).to_have_value("借金")
    assert assistant.heard == []
    widget.field.press("Enter")
    widget.shows("I did not find help for that")
    assert assistant.texts() == ["借金"]


def test_a_real_composition_is_sent_by_the_enter_after_it(
    open_widget: OpenWidget, assistant: FakeAssistant
) -> None:
    widget = open_widget()
    widget.connected()
    widget.field.focus()
    keyboard = widget.page.context.new_cdp_session(widget.page)
    keyboard.send("Input.imeSetComposition", {"text": "しゃっ", "selectionStart": 3, "selectionEnd": 3})
    key = {"type": "rawKeyDown", "key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 229}
    keyboard.send("Input.dispatchKeyEvent", key)
    keyboard.send("Input.insertText", {"text": "借金"})
    expect(widget.field).to_have_value("借金")
    assert assistant.heard == []
    widget.field.press("Enter")
    widget.shows("I did not find help for that")
    assert assistant.texts() == ["借金"]


@pytest.mark.parametrize("browser_name", KEYS)
def test_the_escape_that_drops_a_composed_word_does_not_close_the_chat(
    open_widget: OpenWidget, browser_name: str
) -> None:
    widget = open_widget()
    widget.field.fill("借金")
    compose(widget, "Escape", KEYS[browser_name])
    expect(widget.panel).to_be_visible()
    expect(widget.field).to_have_value("借金")
    widget.field.press("Escape")
    expect(widget.panel).to_be_hidden()
