"""One conversation in several tabs, and a connection that breaks at the worst moment."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from tests.browser.conftest import OpenPage, OpenWidget
from tests.browser.fake_assistant import FakeAssistant
from tests.browser.other_site import OtherSite
from tests.browser.widget import Widget

pytestmark = pytest.mark.browser

Picture = Callable[[Page, str], None]
TOKEN = "JSON.parse(Object.values({storage})[0] ?? 'null')?.token"
SHARED = """<script type="module" src="{site}/widget/ask-first-chat.js"></script>
<ask-first-chat remember title="Harbour Bank help"></ask-first-chat>"""


class BrokenLine:
    """Stands between the page and the assistant; while it is cut, nothing comes back."""

    def __init__(self, page: Page) -> None:
        self.cut = False
        self._open: list[WebSocketRoute] = []
        page.route_web_socket(re.compile("socket.io"), self._join)
        page.reload()

    def hang_up(self) -> None:
        self._open.pop().close()

    def _join(self, near: WebSocketRoute) -> None:
        far = near.connect_to_server()
        self._open.append(near)
        near.on_message(far.send)
        far.on_message(lambda message: None if self.cut else near.send(message))


def eventually(check: Callable[[], bool], page: Page) -> None:
    """Lets the browser go on until something is so on the other side."""
    for _ in range(500):
        if check():
            return
        page.evaluate("new Promise((resolve) => requestAnimationFrame(resolve))")
    raise AssertionError("it never happened")


def another_tab(widget: Widget, address: str) -> Widget:
    page = widget.page.context.new_page()
    page.set_default_timeout(8_000)
    page.goto(address)
    other = Widget(page)
    other.open()
    return other


def heard(widget: Widget) -> list[str]:
    """What stands there of the assistant. A pressed answer stands in its card where it was pressed."""
    return [text.strip() for text in widget.log.locator(".assistant, .card h3").all_inner_texts()]


def test_two_tabs_of_one_conversation_show_the_same_once(
    site: str, open_address: OpenPage, elsewhere: OtherSite, assistant: FakeAssistant, picture: Picture
) -> None:
    address = elsewhere.write(SHARED.format(site=site))
    one = Widget(open_address(address))
    one.open()
    one.say("I want to pay off a debt")
    expect(one.button("Yes, please")).to_be_visible()
    other = another_tab(one, address)
    expect(other.button("Yes, please")).to_be_visible()
    other.press("Yes, please")
    for tab in (one, other):
        expect(tab.card).to_contain_text("1 of at most 2")
        expect(tab.log.get_by_text("I want to pay off a debt")).to_have_count(1)
        expect(tab.log.locator(".person").get_by_text("Yes, please")).to_have_count(1)
    one.press("Allow")
    other.shows("Noted: you allowed this.")
    expect(other.log.get_by_role("button", name="Allow", exact=True)).to_have_count(0)
    picture(other.page, "second_tab")
    assert heard(one) == heard(other)
    assert len(assistant.issued) == 1
    assert assistant.presses().count("/permission_1_yes") == 1


def test_without_remember_each_tab_is_somebody_of_its_own(
    open_widget: OpenWidget, site: str, assistant: FakeAssistant
) -> None:
    one = open_widget()
    one.say("I want to pay off a debt")
    one.shows("Pay the debt with the highest rate first")
    other = another_tab(one, site)
    other.connected()
    expect(other.log.locator(".message")).to_have_count(0)
    assert one.page.evaluate(TOKEN.format(storage="sessionStorage")) != other.page.evaluate(
        TOKEN.format(storage="sessionStorage")
    )
    assert one.page.evaluate("localStorage.length") == 0


def test_an_allow_whose_confirmation_got_lost_is_noted_once(
    open_page: OpenPage, assistant: FakeAssistant, picture: Picture
) -> None:
    page = open_page()
    line = BrokenLine(page)
    widget = Widget(page)
    widget.open()
    widget.asked_for_permission()
    line.cut = True
    widget.press("Allow")
    expect(widget.card).to_contain_text("Sending your answer")
    eventually(lambda: "/permission_1_yes" in assistant.presses(), page)
    expect(widget.card).not_to_contain_text("Noted")
    line.cut = False
    line.hang_up()
    picture(page, "allow_without_confirmation")
    expect(widget.card).to_contain_text("Noted: you allowed this.")
    widget.shows("What do you still owe?")
    assert assistant.presses().count("/permission_1_yes") == 1


def test_a_reload_in_the_middle_of_a_question_shows_it_again(
    open_widget: OpenWidget, assistant: FakeAssistant, complaints: list[str]
) -> None:
    widget = open_widget()
    widget.asked_for_permission()
    before = heard(widget)
    widget.page.reload()
    widget.open()
    expect(widget.card).to_contain_text("1 of at most 2")
    assert heard(widget) == before
    expect(widget.log.get_by_role("button", name="Yes, please")).to_have_count(0)
    widget.press("Not now")
    widget.shows("Noted: not now. This is not used.")
    assert len(assistant.issued) == 1
    assert complaints == []
