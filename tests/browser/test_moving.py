"""The element is moved on the page, or taken away and put back, as pages do that change while in use."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenWidget
from tests.browser.fake_assistant import FakeAssistant
from tests.browser.test_tabs import eventually
from tests.browser.widget import Widget

pytestmark = pytest.mark.browser

CHAT = "window.chat ??= document.querySelector('ask-first-chat')"
ELSEWHERE = "document.querySelector('footer')"
DRAFT = "I owe two thous"
HELP = "Pay the debt with the highest rate first"
MOVES = {
    "append": f"() => {{ {CHAT}; {ELSEWHERE}.append(chat) }}",
    "remove_and_add": f"() => {{ {CHAT}; chat.remove(); {ELSEWHERE}.append(chat) }}",
    "move_before": f"() => {{ {CHAT}; {ELSEWHERE}.moveBefore(chat, null) }}",
    "later": f"""async () => {{
        {CHAT};
        chat.remove();
        for (const _ of [1, 2, 3]) await new Promise((resolve) => requestAnimationFrame(resolve));
        {ELSEWHERE}.append(chat);
    }}""",
}
SMALL, WIDE = {"width": 320, "height": 640}, {"width": 1280, "height": 720}


def move(page: Page, how: str) -> None:
    if how == "move_before" and not page.evaluate("'moveBefore' in Element.prototype"):
        pytest.skip("this browser cannot move an element without taking it off the page")
    page.evaluate(MOVES[how])


def in_the_middle(open_widget: OpenWidget, **options: object) -> Widget:
    """A conversation with something said, and something half typed."""
    widget = open_widget(**options)
    widget.say("I want to pay off a debt")
    widget.shows(HELP)
    widget.field.press_sequentially(DRAFT)
    return widget


@pytest.mark.parametrize("viewport", [SMALL, WIDE], ids=["small", "wide"])
@pytest.mark.parametrize("how", MOVES)
def test_chat_focus_and_what_is_half_typed_stay(
    open_widget: OpenWidget, assistant: FakeAssistant, complaints: list[str], how: str, viewport: object
) -> None:
    widget = in_the_middle(open_widget, viewport=viewport)
    move(widget.page, how)
    expect(widget.panel).to_be_visible()
    expect(widget.field).to_have_value(DRAFT)
    expect(widget.field).to_be_focused()
    expect(widget.log.get_by_text(HELP)).to_have_count(1)
    widget.connected()
    widget.page.keyboard.type("and")
    widget.page.keyboard.press("Enter")
    widget.shows("I did not find help for that")
    assert assistant.texts()[-1] == f"{DRAFT}and"
    assert len(assistant.conversations) == 1
    assert complaints == []


@pytest.mark.parametrize("how", ["append", "move_before"])
def test_a_move_does_not_end_the_connection(
    open_widget: OpenWidget, assistant: FakeAssistant, how: str
) -> None:
    widget = in_the_middle(open_widget)
    move(widget.page, how)
    widget.page.keyboard.press("Enter")
    widget.shows("I did not find help for that")
    assert assistant.opened == 1


def test_who_reads_further_up_goes_on_reading_there(open_widget: OpenWidget) -> None:
    widget = in_the_middle(open_widget, viewport=SMALL)
    widget.say("I lost my card")
    expect(widget.card).to_be_visible()
    place = "document.querySelector('ask-first-chat').shadowRoot.querySelector('.scroll').scrollTop"
    widget.page.evaluate(f"{place} = 90")
    expect(widget.panel.get_by_role("button", name="Newest message")).to_be_visible()
    for how in ("append", "later"):
        move(widget.page, how)
        widget.connected()
        assert widget.page.evaluate(place) == 90


def test_what_is_said_while_it_is_away_is_told_once_it_is_back(
    open_widget: OpenWidget, assistant: FakeAssistant
) -> None:
    widget = in_the_middle(open_widget)
    widget.page.evaluate(f"() => {{ {CHAT}; chat.remove() }}")
    eventually(lambda: assistant.present == 0, widget.page)
    (conversation,) = assistant.conversations
    assistant.tell_before(conversation, "I lost my card")
    widget.page.evaluate(f"() => {ELSEWHERE}.append(chat)")
    expect(widget.card).to_contain_text("1 of at most 2")
    expect(widget.field).to_have_value(DRAFT)
    expect(widget.log.get_by_text(HELP)).to_have_count(1)


def test_coming_back_takes_the_focus_from_nobody(open_widget: OpenWidget) -> None:
    widget = in_the_middle(open_widget)
    widget.page.evaluate(f"() => {{ {CHAT}; chat.remove() }}")
    link = widget.page.get_by_role("link", name="Your privacy")
    link.focus()
    widget.page.evaluate(f"() => {ELSEWHERE}.append(chat)")
    expect(widget.field).to_have_value(DRAFT)
    expect(link).to_be_focused()


def test_what_the_site_changed_meanwhile_counts(open_widget: OpenWidget) -> None:
    widget = in_the_middle(open_widget)
    widget.page.evaluate(
        f"() => {{ {CHAT}; chat.remove(); chat.title = 'Another help'; {ELSEWHERE}.append(chat) }}"
    )
    expect(widget.page.get_by_role("button", name="Open chat: Another help")).to_be_visible()
