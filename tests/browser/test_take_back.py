"""Taking back where it was allowed and where it was used, with the real servers behind it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.widget import Widget
from tests.live.servers import Stack

pytestmark = [pytest.mark.browser, pytest.mark.live]

Picture = Callable[[Page, str], None]


@pytest.fixture
def widget(stack: Stack, open_address: OpenPage) -> Widget:
    stack.make_whole()
    opened = Widget(open_address(stack.portal_url))
    opened.open()
    return opened


def allow(widget: Widget, number: int, value: str) -> None:
    expect(widget.card).to_contain_text(f"{number} of at most 3")
    widget.press("Allow")
    expect(widget.card).to_contain_text("Noted: you allowed this.")
    widget.say(value)


def test_what_was_allowed_is_taken_back_on_its_card(widget: Widget, picture: Picture) -> None:
    widget.say("I want to get out of debt faster")
    widget.press("Yes, please")
    allow(widget, 1, "2400")
    expect(widget.card).to_contain_text("2 of at most 3")
    widget.press("Take back: what you still owe")
    widget.shows("You took back: what you still owe.")
    expect(widget.log.locator("section.card").first).to_contain_text("You took this back.")
    expect(widget.log.get_by_role("button", name="Take back: what you still owe")).to_have_count(0)
    picture(widget.page, "real_taken_back_on_the_card")


def test_each_thing_used_has_its_own_way_out(widget: Widget, picture: Picture, complaints: list[str]) -> None:
    widget.say("I want to get out of debt faster")
    widget.press("Yes, please")
    allow(widget, 1, "2000")
    allow(widget, 2, "19.5 %")
    allow(widget, 3, "100")
    widget.shows("Used: what you pay each month")
    chart = widget.log.get_by_role("img", name="Today you owe €2,000.")
    expect(chart).to_be_visible()
    expect(widget.log.locator(".used").first).to_contain_text("Allowed")
    picture(widget.page, "real_chart")
    widget.press("Answer without this: what you pay each month")
    widget.shows("Not used: what you pay each month")
    widget.shows("€32.50 in the first month")
    expect(widget.log.get_by_role("button", name="Answer without this")).to_have_count(2)
    widget.press("Take back: your yearly interest rate")
    widget.shows("You took back: your yearly interest rate.")
    gone = widget.log.locator(".used").filter(has_text="You took this back.")
    expect(gone).to_have_count(1)
    expect(gone.get_by_role("button")).to_have_count(0)
    picture(widget.page, "real_taken_back_where_used")
    assert complaints == []
