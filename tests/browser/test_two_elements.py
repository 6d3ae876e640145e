"""Two elements on one page: one person, and so one conversation."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.fake_assistant import FakeAssistant
from tests.browser.other_site import OtherSite
from tests.browser.widget import Widget

pytestmark = pytest.mark.browser

LINES = """<script type="module" src="{site}/widget/ask-first-chat.js"></script>
<ask-first-chat {more} title="Left help" position="start"></ask-first-chat>
<ask-first-chat {more} title="Right help"></ask-first-chat>"""
HELP = "Pay the debt with the highest rate first"
OPEN_BOTH = """() => document.querySelectorAll("ask-first-chat")
    .forEach((chat) => chat.shadowRoot.querySelector(".launcher").click())"""
BOTH_READY = """[...document.querySelectorAll("ask-first-chat")]
    .every((chat) => chat.shadowRoot.querySelector(".root").dataset.connection === "ready")"""


@pytest.fixture(params=["", "remember"], ids=["of_the_tab", "of_the_browser"])
def page(request: pytest.FixtureRequest, site: str, elsewhere: OtherSite, open_address: OpenPage) -> Page:
    lines = LINES.format(site=site, more=request.param)
    return open_address(elsewhere.write(lines), viewport={"width": 1280, "height": 720})


def both(page: Page) -> tuple[Widget, Widget]:
    return Widget(page, name="Left help"), Widget(page, name="Right help")


def test_what_is_said_in_one_stands_in_the_other(page: Page, assistant: FakeAssistant) -> None:
    left, right = both(page)
    left.open()
    left.say("I want to pay off a debt")
    left.shows(HELP)
    right.open()
    right.shows(HELP)
    right.say("I lost my card")
    expect(left.card).to_contain_text("1 of at most 2")
    left.shows("I lost my card")
    assert len(assistant.conversations) == 1


def test_opened_at_the_same_moment_they_still_are_one(page: Page, assistant: FakeAssistant) -> None:
    left, right = both(page)
    expect(left.launcher).to_be_visible()
    expect(right.launcher).to_be_visible()
    page.evaluate(OPEN_BOTH)
    left.until(BOTH_READY)
    assert len(assistant.conversations) == 1


def test_a_new_conversation_in_one_leaves_nothing_of_the_old_in_the_other(
    page: Page, assistant: FakeAssistant
) -> None:
    left, right = both(page)
    left.open()
    left.say("I want to pay off a debt")
    left.shows(HELP)
    right.open()
    right.shows(HELP)
    page.evaluate("document.querySelector('ask-first-chat').newConversation()")
    expect(right.launcher).to_be_visible()
    right.open()
    left.until(BOTH_READY)
    expect(right.log.locator(":scope > *")).to_have_count(0)
    assert len(assistant.conversations) == 2
