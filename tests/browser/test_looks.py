"""How the widget looks: small screens, dark, high contrast, and two answers of one weight."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenWidget
from tests.browser.fake_assistant import FakeAssistant

pytestmark = pytest.mark.browser

SCROLL = "document.querySelector('ask-first-chat').shadowRoot.querySelector('.scroll')"
PHONE = {"width": 320, "height": 640}
Picture = Callable[[Page, str], None]


def look(button: Locator) -> dict[str, Any]:
    """Everything that could make one button weigh more than another."""
    return dict(
        button.evaluate(
            """(button) => {
                const style = getComputedStyle(button);
                const names = ["color", "backgroundColor", "borderColor", "borderWidth", "borderStyle",
                    "fontSize", "fontWeight", "fontFamily", "padding", "opacity", "boxShadow",
                    "textDecorationLine", "cursor", "order", "transform"];
                return Object.fromEntries(names.map((name) => [name, style[name]]));
            }"""
        )
    )


def size(button: Locator) -> tuple[float, float]:
    box = button.bounding_box()
    assert box is not None
    return round(box["width"], 1), round(box["height"], 1)


@pytest.mark.parametrize(
    "options", [{}, {"color_scheme": "dark"}, {"viewport": PHONE}], ids=["light", "dark", "phone"]
)
def test_allow_and_not_now_weigh_the_same(open_widget: OpenWidget, options: dict[str, Any]) -> None:
    widget = open_widget(**options)
    widget.asked_for_permission()
    allow, not_now, why = (widget.button(title) for title in ("Allow", "Not now", "Why?"))
    widget.page.mouse.move(0, 0)
    assert size(allow) == size(not_now)
    assert look(allow) == look(not_now)
    assert look(why) != look(allow)
    assert min(*size(allow), *size(why)) >= 24


@pytest.mark.parametrize("first", ["Allow", "Not now"])
def test_neither_answer_is_chosen_beforehand(open_widget: OpenWidget, first: str) -> None:
    widget = open_widget()
    widget.asked_for_permission()
    expect(widget.button(first)).not_to_be_focused()
    assert widget.button(first).get_attribute("autofocus") is None


def test_both_answers_are_in_sight_together(open_widget: OpenWidget) -> None:
    widget = open_widget(viewport={"width": 1280, "height": 720})
    widget.asked_for_permission()
    for title in ("Allow", "Not now", "Why?"):
        expect(widget.button(title)).to_be_in_viewport(ratio=1)


def test_nothing_is_wider_than_a_small_phone(open_widget: OpenWidget, picture: Picture) -> None:
    widget = open_widget(viewport=PHONE, has_touch=True)
    picture(widget.page, "phone_opened")
    widget.asked_for_permission()
    picture(widget.page, "phone_card")
    widget.press("Not now")
    widget.press("Allow")
    widget.shows("Used: your yearly interest rate")
    picture(widget.page, "phone_answer")
    for element in (
        "document.documentElement",
        SCROLL,
    ):
        assert widget.page.evaluate(f"{element}.scrollWidth <= {element}.clientWidth"), element


def test_a_page_at_400_percent_still_shows_what_is_asked(open_widget: OpenWidget, picture: Picture) -> None:
    widget = open_widget(viewport={"width": 320, "height": 256})
    widget.asked_for_permission()
    picture(widget.page, "zoomed_400_percent")
    widget.button("Not now").scroll_into_view_if_needed()
    expect(widget.button("Not now")).to_be_in_viewport(ratio=1)
    expect(widget.field).to_be_in_viewport(ratio=1)


def test_dark_is_dark_and_light_is_light(open_widget: OpenWidget, picture: Picture) -> None:
    backgrounds = []
    for scheme in ("light", "dark"):
        widget = open_widget(color_scheme=scheme)
        widget.asked_for_permission()
        picture(widget.page, f"card_{scheme}")
        backgrounds.append(widget.card.evaluate("(card) => getComputedStyle(card).backgroundColor"))
    assert backgrounds[0] == "rgb(255, 255, 255)"
    assert max(int(part) for part in backgrounds[1][4:-1].split(",")) < 60


def test_forced_colours_keep_the_buttons_visible(open_widget: OpenWidget, picture: Picture) -> None:
    widget = open_widget(forced_colors="active")
    widget.asked_for_permission()
    picture(widget.page, "card_forced_colours")
    assert look(widget.button("Allow")) == look(widget.button("Not now"))
    assert look(widget.button("Allow"))["borderWidth"] == "2px"


def test_nothing_moves_for_who_wants_less_motion(open_widget: OpenWidget) -> None:
    widget = open_widget(reduced_motion="reduce")
    expect(widget.page.locator("ask-first-chat .root")).to_have_attribute("data-connection", "ready")
    assert widget.panel.evaluate("(panel) => panel.getAnimations({ subtree: true }).length") == 0


def test_right_to_left_puts_the_chat_on_the_other_side(open_widget: OpenWidget, picture: Picture) -> None:
    widget = open_widget()
    widget.page.evaluate("document.documentElement.dir = 'rtl'")
    widget.asked_for_permission()
    picture(widget.page, "card_right_to_left")
    box = widget.panel.bounding_box()
    assert box is not None
    assert box["x"] < 100


def test_a_long_conversation_scrolls_inside_and_the_frame_stays(open_widget: OpenWidget) -> None:
    widget = open_widget()
    for _ in range(4):
        widget.say("I want to pay off a debt")
    widget.press("Yes, please")
    widget.button("Allow").focus()
    widget.panel.evaluate("(panel) => panel.scrollTo(0, 9999)")
    assert widget.panel.evaluate("(panel) => panel.scrollTop") == 0
    expect(widget.panel.get_by_role("heading", name="Harbour Bank help")).to_be_in_viewport(ratio=1)
    expect(widget.field).to_be_in_viewport(ratio=1)


def test_a_new_answer_is_shown_from_its_first_line(open_widget: OpenWidget) -> None:
    widget = open_widget(viewport={"width": 360, "height": 480})
    widget.asked_for_permission()
    expect(widget.card.get_by_role("heading")).to_be_in_viewport(ratio=1)
    widget.press("Allow")
    expect(widget.log.locator(".assistant").last).to_be_in_viewport(ratio=1)


def test_who_reads_further_up_is_not_moved(open_widget: OpenWidget, assistant: FakeAssistant) -> None:
    widget = open_widget()
    for _ in range(3):
        widget.say("I want to pay off a debt")
    expect(widget.log.locator(".assistant")).to_have_count(6)
    scroll = widget.panel.get_by_role("group", name="Conversation")
    scroll.hover()
    widget.page.mouse.wheel(0, -2000)
    widget.until(f"{SCROLL}.scrollTop === 0")
    assistant.broadcast({"id": "late", "text": "One more thing."})
    widget.shows("One more thing.")
    assert widget.page.evaluate(f"{SCROLL}.scrollTop") == 0
    widget.press("Newest message")
    expect(widget.log.get_by_text("One more thing.")).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (320, 640), (640, 360), (256, 400)])
def test_that_it_is_a_computer_program_stands_in_the_header_for_good(
    open_widget: OpenWidget, width: int, height: int
) -> None:
    widget = open_widget(viewport={"width": width, "height": height})
    said = widget.panel.get_by_text("I am a computer program, not a person.")
    expect(said).to_be_in_viewport(ratio=1)
    widget.asked_for_permission()
    expect(said).to_be_in_viewport(ratio=1)
    widget.choose("Your data and permissions")
    expect(said).to_be_in_viewport(ratio=1)
