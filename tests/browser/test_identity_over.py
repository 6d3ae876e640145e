"""A person whom the site names, when its word for that is over: the chat asks for a new one, and goes on."""

import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import jwt
import pytest
from playwright.sync_api import Page, expect

from portal.identity import Identities, Identity, IdentityRefused
from portal.services import Services
from tests.browser.conftest import OpenPage
from tests.browser.fake_assistant import FakeAssistant
from tests.browser.other_site import OtherSite
from tests.browser.widget import Widget

pytestmark = pytest.mark.browser

SECRET, AUDIENCE, ISSUER = b"i" * 32, "ask-first", "https://shop.example"
LINES = """<script type="module" src="{site}/widget/ask-first-chat.js"></script>
<ask-first-chat title="Harbour Bank help" identity="{word}"></ask-first-chat>"""
CHAT = "document.querySelector('ask-first-chat')"
COUNT = "() => { window.asked = 0; addEventListener('identity-needed', () => (window.asked += 1)) }"
ANSWER = f"(word) => addEventListener('identity-needed', () => {CHAT}.setAttribute('identity', word))"
SAY_ANEW = f"(word) => {CHAT}.setAttribute('identity', word)"
HELP = "Pay the debt with the highest rate first"
DRAFT = "and what about"


@dataclass(frozen=True)
class Words(Identities):
    """Believes the site until the test says that a word is over."""

    over: set[str] = field(default_factory=set)

    def read(self, token: str, now: float) -> Identity:
        if token in self.over:
            raise IdentityRefused
        return super().read(token, now)


WORDS = Words("HS256", SECRET, AUDIENCE, ISSUER)
numbers = itertools.count()


def word(subject: str = "ada") -> str:
    """The site's word for somebody, a new one each time."""
    claims = {"iss": ISSUER, "aud": AUDIENCE, "sub": subject, "exp": int(time.time()) + 600}
    return jwt.encode({**claims, "jti": str(next(numbers))}, SECRET, "HS256")


@pytest.fixture
def services(services: Services) -> Services:
    """The portal knows a website."""
    return replace(services, identities=WORDS)


Begin = Callable[[str], Widget]


@pytest.fixture
def begin(site: str, elsewhere: OtherSite, open_address: OpenPage) -> Begin:
    """Opens a page with the site's word, and listens whether the page is asked for another."""

    def begin_it(identity: str) -> Widget:
        page = open_address(elsewhere.write(LINES.format(site=site, word=identity)))
        page.evaluate(COUNT)
        widget = Widget(page)
        widget.open()
        return widget

    return begin_it


def talking(widget: Widget, assistant: FakeAssistant, over: str) -> Widget:
    """Something was said, something is half typed, and then the word was over."""
    widget.say("I want to pay off a debt")
    widget.shows(HELP)
    widget.field.press_sequentially(DRAFT)
    WORDS.over.add(over)
    assistant.end_sessions()
    return widget


def goes_on(widget: Widget, assistant: FakeAssistant) -> None:
    expect(widget.field).to_have_value(DRAFT)
    widget.field.press("Enter")
    widget.shows("I did not find help for that")
    expect(widget.log.get_by_text(HELP)).to_have_count(1)
    assert len(assistant.conversations) == 1
    assert assistant.opened == 2


def asked(page: Page) -> int:
    return int(page.evaluate("window.asked"))


def test_a_page_that_answers_keeps_the_conversation(begin: Begin, assistant: FakeAssistant) -> None:
    first = word()
    widget = begin(first)
    widget.page.evaluate(ANSWER, word())
    goes_on(talking(widget, assistant, first), assistant)
    assert asked(widget.page) == 1


def test_until_the_page_answers_the_person_is_told_why_it_stands_still(
    begin: Begin, assistant: FakeAssistant
) -> None:
    first = word()
    widget = talking(begin(first), assistant, first)
    widget.banner_says("Your login on this page has ended.")
    expect(widget.field).to_have_value(DRAFT)
    assert (asked(widget.page), assistant.opened) == (1, 1)
    widget.page.evaluate(SAY_ANEW, word())
    widget.banner_says("You are connected again.")
    goes_on(widget, assistant)


def test_a_page_that_renewed_its_word_in_time_is_not_asked(begin: Begin, assistant: FakeAssistant) -> None:
    first = word()
    widget = begin(first)
    widget.connected()
    widget.page.evaluate(SAY_ANEW, word())
    goes_on(talking(widget, assistant, first), assistant)
    assert asked(widget.page) == 0


def test_a_word_that_was_over_from_the_start_is_asked_for_too(begin: Begin, assistant: FakeAssistant) -> None:
    first = word()
    WORDS.over.add(first)
    widget = begin(first)
    widget.banner_says("Your login on this page has ended.")
    assert (asked(widget.page), assistant.opened) == (1, 0)
    widget.page.evaluate(SAY_ANEW, word())
    widget.connected()


def test_somebody_else_sees_nothing_of_the_one_before(begin: Begin, assistant: FakeAssistant) -> None:
    first = word()
    widget = talking(begin(first), assistant, first)
    widget.banner_says("Your login on this page has ended.")
    widget.page.evaluate(SAY_ANEW, word("bob"))
    widget.connected()
    expect(widget.log.locator(":scope > *")).to_have_count(0)
    expect(widget.field).to_have_value("")
    assert len(assistant.conversations) == 2


def test_of_whom_nothing_can_be_looked_up_nothing_is_said(begin: Begin, assistant: FakeAssistant) -> None:
    first = word()
    widget = talking(begin(first), assistant, first)
    widget.banner_says("Your login on this page has ended.")
    widget.choose("Your data and permissions")
    expect(widget.sheet).to_contain_text("This could not be looked up right now.")
    expect(widget.sheet).not_to_contain_text("Nothing is noted")
