"""A no that is as good as a yes, and proofs that a person takes along, with the real servers behind it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.widget import Widget
from tests.live.servers import Stack
from tests.unit.cli.conftest import Askfirst

pytestmark = [pytest.mark.browser, pytest.mark.live]

Picture = Callable[[Page, str], None]


@pytest.fixture
def widget(stack: Stack, open_address: OpenPage) -> Widget:
    stack.make_whole()
    opened = Widget(open_address(stack.portal_url))
    opened.open()
    return opened


def saved(widget: Widget, press: str, folder: Path) -> Path:
    """The file that a button saves."""
    with widget.page.expect_download() as download:
        widget.press(press)
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def test_who_refuses_everything_is_helped_all_the_same(
    widget: Widget, picture: Picture, complaints: list[str]
) -> None:
    widget.say("I want to get out of debt faster")
    widget.press("Yes, please")
    for number in (1, 2, 3):
        expect(widget.card).to_contain_text(f"{number} of at most 3")
        widget.press("Not now")
        expect(widget.log.locator("section.card").nth(number - 1)).to_contain_text("Noted: not now.")
    expect(widget.log.get_by_text("Used: ")).to_have_count(0)
    expect(widget.panel.locator(".typing")).to_be_hidden()
    expect(widget.log.get_by_role("button", name="Not now")).to_have_count(0)
    expect(widget.log.locator(".assistant").last).to_be_visible()
    picture(widget.page, "real_all_refused")
    widget.choose("Your data and permissions")
    expect(widget.sheet.locator(".decision")).to_have_count(3)
    expect(widget.sheet.get_by_text("Allowed", exact=True)).to_have_count(0)
    assert complaints == []


def test_receipts_from_the_chat_and_the_privacy_centre_are_verified_by_anybody(
    widget: Widget, stack: Stack, tmp_path: Path, picture: Picture, complaints: list[str]
) -> None:
    widget.say("I want to get out of debt faster")
    widget.press("Yes, please")
    widget.press("Allow")
    expect(widget.card).to_contain_text("Noted: you allowed this.")
    widget.say("2400")
    expect(widget.card).to_contain_text("2 of at most 3")
    widget.say("my receipt please")
    expect(widget.button("Save the receipt as a file")).to_be_visible()
    picture(widget.page, "real_receipt")
    chat = saved(widget, "Save the receipt as a file", tmp_path / "chat")
    widget.choose("Your data and permissions")
    centre = saved(widget, "Download my receipt", tmp_path / "centre")
    public_key = Askfirst(stack.var)("keys", "public").stdout.strip()
    anybody = Askfirst(tmp_path / "without a store")
    for file in (chat, centre):
        assert anybody.json("receipt", "verify", str(file), "--public-key", public_key)["ok"] is True
        assert "2400" not in file.read_text(encoding="utf-8")
    changed = json.loads(centre.read_text(encoding="utf-8"))
    changed["records"][0]["item"] = "something else"
    centre.write_text(json.dumps(changed), encoding="utf-8")
    forged = anybody.json("receipt", "verify", str(centre), "--public-key", public_key, exit_code=1)
    assert forged["ok"] is False
    assert complaints == []


def test_what_is_erased_in_the_privacy_centre_is_gone_in_the_chat(
    widget: Widget, picture: Picture, complaints: list[str]
) -> None:
    widget.say("I want to get out of debt faster")
    widget.press("Yes, please")
    widget.press("Allow")
    expect(widget.card).to_contain_text("Noted: you allowed this.")
    widget.say("2400")
    expect(widget.card).to_contain_text("2 of at most 3")
    widget.choose("Your data and permissions")
    expect(widget.sheet.locator(".decision")).to_have_count(1)
    picture(widget.page, "real_privacy_centre")
    widget.sheet.get_by_role("button", name="Forget me").click()
    widget.press("Yes, erase everything")
    expect(widget.sheet).to_contain_text("Everything was erased.")
    widget.page.reload()
    widget.open()
    widget.connected()
    widget.say("what do you know about me?")
    widget.shows("nothing")
    expect(widget.log.get_by_text("what you still owe")).to_have_count(0)
    assert complaints == []
