"""The chat in Spanish, and on a page that is written from right to left."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.barriers import barriers
from tests.browser.conftest import OpenPage
from tests.browser.fake_assistant import FakeAssistant
from tests.browser.other_site import OtherSite
from tests.browser.widget import Widget

pytestmark = pytest.mark.browser

Picture = Callable[[Page, str], None]
LINES = """<script type="module" src="{site}/widget/dist/ask-first-chat.min.js"></script>
<ask-first-chat {attributes}></ask-first-chat>"""
OWN = "h2, .bar p, .banner, .card-state, dt, .sheet *, .menu *, .spoken"
"""Where the chat's own words stand; what the assistant says is its own language."""
ENGLISH = (
    "Conversation",
    "Close",
    "Send",
    "Noted",
    "Menu",
    "Write",
    "What for",
    "Used",
    "Take back",
    "Forget",
)


@pytest.mark.parametrize(
    ("language", "attributes"), [("es-MX", ""), ("en", 'language="es"')], ids=["page", "attribute"]
)
def test_everything_that_the_chat_says_itself_is_spanish(
    site: str,
    open_address: OpenPage,
    elsewhere: OtherSite,
    picture: Picture,
    complaints: list[str],
    language: str,
    attributes: str,
) -> None:
    page = open_address(elsewhere.write(LINES.format(site=site, attributes=attributes), language=language))
    page.get_by_role("button", name="Abrir el chat: Chat de ayuda").click()
    chat = Widget(page, name="Chat de ayuda")
    field = chat.panel.get_by_role("textbox", name="Tu mensaje")
    field.fill("debt")
    field.press("Enter")
    chat.press("Yes, please")
    expect(chat.card).to_contain_text("1 de 2 como mucho")
    chat.press("Allow")
    chat.shows("Anotado: lo permitiste.")
    field.fill("2400")
    field.press("Enter")
    chat.press("Not now")
    chat.shows("No usado: your yearly interest rate")
    picture(page, f"spanish_{language}")
    assert barriers(page) == []
    chat.press("Menú")
    picture(page, f"spanish_menu_{language}")
    chat.press("Tus datos y permisos")
    expect(chat.sheet).to_be_visible()
    own = " | ".join(chat.panel.locator(OWN).all_text_contents())
    assert [word for word in ENGLISH if word in own] == []
    assert barriers(page) == []
    assert complaints == []


@pytest.mark.parametrize(
    ("page_speaks", "assistant_speaks", "card", "used"),
    [
        ("es-MX", "en", ["What for", "1 of at most 2", "Noted: you allowed this."], "Not used:"),
        ("en", "es", ["Para qué", "1 de 2 como mucho", "Anotado: lo permitiste."], "No usado:"),
    ],
)
def test_cards_are_in_the_language_of_the_conversation(
    site: str,
    open_address: OpenPage,
    elsewhere: OtherSite,
    assistant: FakeAssistant,
    complaints: list[str],
    page_speaks: str,
    assistant_speaks: str,
    card: list[str],
    used: str,
) -> None:
    assistant.language = assistant_speaks
    page = open_address(
        elsewhere.write(LINES.format(site=site, attributes='title="Help"'), language=page_speaks)
    )
    page.get_by_role("button", name=re.compile("Help")).click()
    chat = Widget(page, name="Help")
    field = chat.panel.get_by_role("textbox")
    field.fill("debt")
    field.press("Enter")
    chat.press("Yes, please")
    for words in card[:2]:
        expect(chat.card).to_contain_text(words)
    chat.press("Allow")
    expect(chat.card).to_contain_text(card[2])
    field.fill("2400")
    field.press("Enter")
    chat.press("Not now")
    chat.shows(used)
    expect(chat.log).to_have_attribute("lang", assistant_speaks)
    expect(chat.panel.locator("xpath=..")).to_have_attribute("lang", page_speaks[:2])
    assert barriers(page) == []
    assert complaints == []


def test_who_comes_back_is_told_all_in_the_language_of_the_conversation(
    site: str, open_address: OpenPage, elsewhere: OtherSite, assistant: FakeAssistant
) -> None:
    assistant.language = "es"
    assistant.most_shown = 2
    address = elsewhere.write(LINES.format(site=site, attributes='title="Help"'), language="en")
    chat = Widget(open_address(address), name="Help")
    chat.open()
    chat.say("I lost my card")
    expect(chat.card).to_contain_text("Para qué")
    chat.say("what?")
    chat.shows("I did not find help")
    chat.page.reload()
    chat.open()
    chat.shows("Tu conversación continúa.")
    expect(chat.log.locator(".said")).to_contain_text("Enviado")


def test_a_language_that_there_is_not_becomes_english(
    site: str, open_address: OpenPage, elsewhere: OtherSite
) -> None:
    page = open_address(elsewhere.write(LINES.format(site=site, attributes=""), language="fi"))
    expect(page.get_by_role("button", name="Open chat: Help chat")).to_be_visible()


def test_from_right_to_left_everything_stands_mirrored(
    site: str, open_address: OpenPage, elsewhere: OtherSite, picture: Picture
) -> None:
    page = open_address(elsewhere.write(LINES.format(site=site, attributes="")))
    page.evaluate("document.documentElement.dir = 'rtl'")
    chat = Widget(page, name="Help chat")
    chat.open()
    chat.asked_for_permission()
    page.mouse.move(0, 0)
    picture(page, "right_to_left")
    allow, not_now, said, panel = (
        part.bounding_box() or {}
        for part in (
            chat.button("Allow"),
            chat.button("Not now"),
            chat.log.locator(".person").last,
            chat.panel,
        )
    )
    assert allow["x"] > not_now["x"]
    assert allow["width"] == not_now["width"]
    assert said["x"] - panel["x"] < panel["width"] / 4
    assert barriers(page) == []
