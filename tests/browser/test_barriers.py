"""Nothing keeps anybody out, in any state: axe-core finds no violation, nothing is wider than its place."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.barriers import barriers
from tests.browser.conftest import OpenPage, OpenWidget
from tests.browser.fake_assistant import FakeAssistant
from tests.browser.states import EVERYTHING, ME, STEPS
from tests.browser.widget import Widget

pytestmark = pytest.mark.browser

LOOKS: dict[str, dict[str, Any]] = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "forced_colours": {"forced_colors": "active"},
    "phone": {"viewport": {"width": 320, "height": 640}, "has_touch": True},
}
AXE_LOOKS = ("light", "dark", "phone")
"""In forced colours the browser sees to the contrast, and everything else is as in light."""
LOOKED_AT = [
    pytest.param(look, marks=[] if look in ("light", "phone") else [pytest.mark.full]) for look in LOOKS
]
EXPECTED = re.compile(r"ERR_CONNECTION_REFUSED|WebSocket connection to|status of 503")
"""What the browser itself says of the lost connection and the failed look-up that the states are about."""
WIDER = """() => {
    const root = document.querySelector("ask-first-chat").shadowRoot;
    const places = [document.documentElement, ...root.querySelectorAll("dialog[open], .scroll")];
    const wider = places.filter((place) => place.scrollWidth > place.clientWidth);
    return wider.map((place) => `${place.className || place.tagName} is wider than its place`);
}"""


@pytest.mark.parametrize("look", LOOKED_AT)
def test_there_is_no_barrier_in_any_state(
    open_page: OpenPage,
    assistant: FakeAssistant,
    picture: Callable[[Page, str], None],
    complaints: list[str],
    look: str,
) -> None:
    widget = Widget(open_page(**LOOKS[look]))
    found: list[str] = []
    for number, step in enumerate(STEPS):
        step(widget, assistant)
        picture(widget.page, f"{look}_{number:02}_{step.__name__}")
        faults = barriers(widget.page) if look in AXE_LOOKS else []
        faults += widget.page.evaluate(WIDER)
        found += [f"{step.__name__}: {fault}" for fault in faults]
    assert "\n".join(found) == ""
    assert [complaint for complaint in complaints if not EXPECTED.search(complaint)] == []


@pytest.mark.parametrize("look", [look for look in LOOKED_AT if look.values[0] in AXE_LOOKS])
def test_there_is_no_barrier_on_the_page_of_a_persons_rights(
    open_page: OpenPage, site: str, picture: Callable[[Page, str], None], complaints: list[str], look: str
) -> None:
    page = open_page(**LOOKS[look])
    widget = Widget(page)
    widget.open()
    widget.connected()
    page.route(ME, lambda route: route.fulfill(json=EVERYTHING))
    page.goto(f"{site}/privacy")
    for press, then in (("", "When it was used"), ("Forget me", "erases what you told us")):
        if press:
            page.get_by_role("button", name=press).click()
        expect(page.get_by_text(then)).to_be_visible()
        picture(page, f"{look}_privacy_page_{press or 'all'}")
        assert barriers(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert complaints == []


def test_a_barrier_inside_the_element_is_seen(open_widget: OpenWidget) -> None:
    widget = open_widget()
    widget.connected()
    assert barriers(widget.page) == []
    widget.field.evaluate("(field) => { field.style.color = '#bbb'; field.removeAttribute('aria-label'); }")
    widget.page.evaluate(
        """() => {
            const root = document.querySelector("ask-first-chat").shadowRoot;
            root.querySelector("h2").style.color = "#0c5765";
            root.querySelector(".scroll button").replaceChildren();
        }"""
    )
    rules = {line.partition(" ")[0] for line in barriers(widget.page)}
    assert {"button-name", "color-contrast"} <= rules
