"""The way of one conversation in a browser, with the real servers behind it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.widget import Widget
from tests.live.servers import APART, Stack, running_stack

pytestmark = [pytest.mark.browser, pytest.mark.live]

Picture = Callable[[Page, str], None]


@pytest.fixture(scope="module")
def stack(rasa_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """With the actions in a server of their own, so that they can be away."""
    with running_stack(tmp_path_factory.mktemp("apart"), model=rasa_model, names=APART) as running:
        yield running


@pytest.fixture
def widget(stack: Stack, open_address: OpenPage) -> Widget:
    stack.make_whole()
    opened = Widget(open_address(stack.portal_url))
    opened.open()
    return opened


def test_from_a_need_to_help_that_says_what_it_used(
    widget: Widget, picture: Picture, complaints: list[str]
) -> None:
    widget.say("I want to get out of debt faster")
    expect(widget.button("Yes, please")).to_be_visible()
    picture(widget.page, "real_general_help")
    widget.press("Yes, please")
    expect(widget.card.get_by_role("heading")).to_have_text("May Harbour Bank use what you still owe?")
    picture(widget.page, "real_card")
    widget.press("Why?")
    widget.shows("The interest is a share of what you still owe")
    widget.shows("Asked again below.")
    widget.press("Allow")
    widget.shows("Noted: you allowed this.")
    widget.shows("How much do you still owe, in euros?")
    picture(widget.page, "real_noted")
    widget.say("about 2,400 euros")
    expect(widget.card.get_by_role("heading")).to_have_text("May Harbour Bank use your yearly interest rate?")
    widget.press("Not now")
    expect(widget.card.get_by_role("heading")).to_have_text("May Harbour Bank use what you pay each month?")
    widget.press("Allow")
    expect(widget.card).to_contain_text("Noted: you allowed this.")
    widget.say("150")
    widget.shows("Used: what you still owe")
    widget.shows("Used: what you pay each month")
    widget.shows("Not used: your yearly interest rate")
    picture(widget.page, "real_tailored_help")
    assert complaints == []


def test_what_was_given_is_taken_back_and_forgotten(widget: Widget, picture: Picture) -> None:
    widget.say("I want to get out of debt faster")
    widget.press("Yes, please")
    widget.press("Allow")
    widget.shows("Noted: you allowed this.")
    widget.say("2400")
    expect(widget.card).to_contain_text("2 of at most 3")
    widget.say("take back what I owe")
    widget.shows("You took back")
    widget.say("forget me")
    widget.shows("I erased the details you gave me")
    picture(widget.page, "real_forgotten")


def test_a_reload_in_the_middle_of_a_question_goes_on_with_it(widget: Widget) -> None:
    widget.say("I want to get out of debt faster")
    widget.press("Yes, please")
    expect(widget.card).to_contain_text("1 of at most 3")
    widget.page.reload()
    widget.open()
    widget.shows("I want to get out of debt faster")
    widget.say("yes, you may")
    widget.shows("Noted: I may use what you still owe")


def test_nobody_is_told_that_anything_was_noted_while_the_action_server_is_gone(
    widget: Widget, stack: Stack, picture: Picture
) -> None:
    widget.say("I want to get out of debt faster")
    widget.press("Yes, please")
    expect(widget.card).to_contain_text("1 of at most 3")
    stack.kill("actions")
    widget.press("Allow")
    widget.shows("Something on our side is not working right now")
    widget.shows("This answer was not confirmed.")
    expect(widget.log.locator(".card")).not_to_contain_text("Noted")
    picture(widget.page, "real_outage")
    stack.start("actions")
    widget.press("Allow")
    widget.shows("Noted: you allowed this.")
