"""The privacy centre, in the chat and on its page, with the real portal and store behind it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from consent_store.certificates import is_certificate
from portal.services import Services
from tests.browser.conftest import OpenPage, OpenWidget
from tests.browser.other_site import OtherSite
from tests.browser.widget import Widget
from tests.portal.place import BALANCE, DEBT, RATE, VALUE, Chatter, catalogue_of_all

pytestmark = pytest.mark.browser

Picture = Callable[[Page, str], None]
TOKEN = (
    "JSON.parse(sessionStorage.getItem("
    "Object.keys(sessionStorage).find((key) => key.startsWith('ask-first:')))).token"
)


def somebody(widget: Widget, services: Services) -> Chatter:
    """Who talks in this tab, as the store knows them."""
    widget.connected()
    held = widget.page.evaluate(TOKEN)
    person = services.person(held)
    assert person is not None
    return Chatter(services.store, catalogue_of_all(), held, person.person_id)


def menu(widget: Widget, entry: str) -> None:
    widget.press("Menu")
    widget.panel.get_by_role("group", name="Menu").get_by_role("button", name=entry).click()


def centre(widget: Widget) -> Locator:
    menu(widget, "Your data and permissions")
    return widget.panel.locator(".sheet")


def test_before_a_conversation_there_is_nothing_and_none_begins(open_page: OpenPage, site: str) -> None:
    page = open_page()
    page.goto(f"{site}/privacy")
    expect(page.get_by_text("Nothing is noted about you")).to_be_visible()
    assert page.evaluate("sessionStorage.length") == 0


def test_what_was_decided_and_used_is_there_and_can_be_taken_back(
    open_widget: OpenWidget, services: Services, picture: Picture, complaints: list[str]
) -> None:
    widget = open_widget()
    chatter = somebody(widget, services)
    chatter.decides()
    sheet = centre(widget)
    expect(sheet.locator(".decision")).to_have_count(2)
    expect(sheet.locator(".decision").filter(has_text="what you still owe")).to_contain_text("Allowed")
    expect(sheet.locator(".decision").filter(has_text="your yearly interest rate")).to_contain_text(
        "Not allowed"
    )
    expect(sheet.locator(".uses li")).to_contain_text("what you still owe")
    assert VALUE not in sheet.inner_text()
    picture(widget.page, "privacy_centre")
    sheet.get_by_role("button", name="Take back: what you still owe").click()
    expect(sheet.get_by_role("status")).to_have_text("Taken back.")
    expect(sheet.get_by_role("status")).to_be_focused()
    expect(sheet.locator(".decision").filter(has_text="what you still owe")).to_contain_text("Taken back")
    assert chatter.is_helped() == {}
    assert complaints == []


def test_everything_is_taken_back_at_once(open_widget: OpenWidget, services: Services) -> None:
    widget = open_widget()
    chatter = somebody(widget, services)
    chatter.begin()
    chatter.answers(BALANCE)
    chatter.answers(RATE)
    sheet = centre(widget)
    sheet.get_by_role("button", name="Take everything back").click()
    expect(sheet.get_by_role("status")).to_have_text("Taken back.")
    expect(sheet.get_by_role("button", name="Take back")).to_have_count(0)
    decisions = services.store.overview(chatter.person_id).decisions
    assert {one.status for one in decisions} == {"withdrawn"}


@pytest.mark.parametrize(("press", "holds"), [("Download my data", VALUE), ("Download my receipt", BALANCE)])
def test_data_and_receipt_are_files(
    open_widget: OpenWidget, services: Services, press: str, holds: str
) -> None:
    widget = open_widget()
    somebody(widget, services).decides()
    sheet = centre(widget)
    with widget.page.expect_download() as download:
        sheet.get_by_role("button", name=press).click()
    assert download.value.suggested_filename.startswith("ask-first-")
    text = Path(download.value.path()).read_text(encoding="utf-8")
    assert holds in text
    json.loads(text)


def test_forgetting_takes_two_steps_and_gives_a_certificate(
    open_widget: OpenWidget, services: Services, picture: Picture
) -> None:
    widget = open_widget()
    chatter = somebody(widget, services)
    chatter.decides()
    sheet = centre(widget)
    sheet.get_by_role("button", name="Forget me").click()
    picture(widget.page, "privacy_forget")
    assert services.store.overview(chatter.person_id).decisions
    sheet.get_by_role("button", name="Cancel").click()
    expect(sheet.get_by_role("button", name="Forget me")).to_be_focused()
    sheet.get_by_role("button", name="Forget me").click()
    sheet.get_by_role("button", name="Yes, erase everything").click()
    expect(sheet.get_by_role("status")).to_contain_text("Everything was erased.")
    assert services.store.overview(chatter.person_id).decisions == ()
    with widget.page.expect_download() as download:
        sheet.get_by_role("button", name="Download the certificate").click()
    certificate = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    assert is_certificate(certificate, services.signer.public_key)


def test_the_page_shows_the_conversation_of_its_tab(
    open_widget: OpenWidget, services: Services, site: str, picture: Picture, complaints: list[str]
) -> None:
    widget = open_widget()
    somebody(widget, services).decides()
    widget.page.goto(f"{site}/privacy")
    expect(widget.page.locator(".decision")).to_have_count(2)
    expect(widget.page.get_by_role("heading", name="What you decided")).to_be_visible()
    picture(widget.page, "privacy_page")
    assert complaints == []


def test_who_cannot_be_asked_says_so_and_can_be_asked_again(
    open_widget: OpenWidget, services: Services
) -> None:
    widget = open_widget()
    somebody(widget, services).decides()
    widget.page.route(
        "**/api/me", lambda route: route.fulfill(status=503, json={"error": "store_unavailable"})
    )
    sheet = centre(widget)
    expect(sheet.get_by_role("alert").filter(has_text="could not be looked up")).to_be_visible()
    widget.page.unroute("**/api/me")
    sheet.get_by_role("button", name="Try again").click()
    expect(sheet.locator(".decision")).to_have_count(2)


def test_what_was_not_done_is_not_called_done(open_widget: OpenWidget, services: Services) -> None:
    widget = open_widget()
    chatter = somebody(widget, services)
    chatter.decides()
    sheet = centre(widget)
    widget.page.route("**/api/me/withdraw", lambda route: route.abort())
    sheet.get_by_role("button", name="Take back: what you still owe").click()
    expect(sheet.get_by_role("alert").filter(has_text="Nothing was changed.")).to_be_visible()
    expect(sheet.get_by_role("status")).to_have_text("")
    assert (DEBT, BALANCE) in {
        one.key for one in services.store.overview(chatter.person_id).decisions if one.has_value
    }


def test_escape_goes_back_one_step_at_a_time(open_widget: OpenWidget) -> None:
    widget = open_widget()
    widget.connected()
    centre(widget)
    expect(widget.panel.get_by_role("heading", name="Your data and permissions")).to_be_focused()
    widget.page.keyboard.press("Escape")
    expect(widget.field).to_be_visible()
    expect(widget.button("Menu")).to_be_focused()
    widget.page.keyboard.press("Enter")
    widget.page.keyboard.press("Escape")
    expect(widget.button("Menu")).to_be_focused()
    widget.page.keyboard.press("Escape")
    expect(widget.panel).to_be_hidden()


def test_a_new_conversation_says_what_stays_and_begins_only_then(
    open_widget: OpenWidget, picture: Picture
) -> None:
    widget = open_widget()
    widget.say("I want to pay off a debt")
    widget.shows("Pay the debt with the highest rate first")
    before = widget.page.evaluate(TOKEN)
    menu(widget, "New conversation")
    expect(widget.panel.locator(".sheet")).to_contain_text("stays with us until it ends")
    picture(widget.page, "new_conversation")
    widget.press("Cancel")
    widget.shows("Pay the debt with the highest rate first")
    menu(widget, "New conversation")
    widget.press("Start a new one")
    widget.connected()
    expect(widget.log.locator(".message")).to_have_count(0)
    assert widget.page.evaluate(TOKEN) != before


def test_forgetting_this_device_takes_the_token_away_and_closes(open_widget: OpenWidget) -> None:
    widget = open_widget()
    widget.connected()
    menu(widget, "Forget this device")
    widget.press("Forget this device")
    expect(widget.panel).to_be_hidden()
    expect(widget.launcher).to_be_focused()
    assert widget.page.evaluate("sessionStorage.length") == 0


def test_forget_me_first_leads_to_forgetting(open_widget: OpenWidget, services: Services) -> None:
    widget = open_widget()
    somebody(widget, services).decides()
    menu(widget, "New conversation")
    widget.press("Forget me first")
    expect(widget.button("Yes, erase everything")).to_be_visible()


def test_what_is_told_and_its_headings_are_in_one_language(
    site: str, services: Services, elsewhere: OtherSite, open_address: OpenPage, complaints: list[str]
) -> None:
    lines = f"""<script type="module" src="{site}/widget/ask-first-chat.js"></script>
    <ask-first-chat title="Ayuda"></ask-first-chat>"""
    widget = Widget(open_address(elsewhere.write(lines, language="es")), name="Ayuda")
    widget.page.get_by_role("button", name="Abrir el chat: Ayuda").click()
    chatter = somebody(widget, services)
    widget.press("Menú")
    widget.press("Tus datos y permisos")
    expect(widget.sheet).to_contain_text("No hay nada anotado sobre ti")
    widget.press("Volver a la conversación")
    chatter.decides()
    widget.press("Menú")
    widget.press("Tus datos y permisos")
    expect(widget.sheet).to_contain_text("What for")
    expect(widget.sheet.locator(".privacy").first).to_have_attribute("lang", "en")
    assert [word for word in ("Para qué", "Permitido") if word in widget.sheet.inner_text()] == []
    assert complaints == []
