"""The chat on a page of somebody else: two lines are enough, and nothing of the page reaches in."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page

from tests.browser.conftest import OpenPage
from tests.browser.fake_assistant import FakeAssistant
from tests.browser.other_site import CALM, HOSTILE, OtherSite
from tests.browser.widget import Widget

pytestmark = pytest.mark.browser

Picture = Callable[[Page, str], None]
README = Path("widget/README.md")
BUNDLE = "/widget/dist/ask-first-chat.min.js"
ELEMENT = '<ask-first-chat title="Harbour Bank help"></ask-first-chat>'
MEASURE = """() => {
    const root = document.querySelector("ask-first-chat").shadowRoot;
    const names = [
        "color", "backgroundColor", "font", "letterSpacing", "textTransform", "lineHeight", "opacity",
        "visibility", "pointerEvents", "borderWidth", "borderRadius", "filter", "clipPath", "writingMode",
        "userSelect",
    ];
    const parts = "dialog, h2, .card, .card h3, .card dd, .choice, .why, .said, textarea, .send";
    const seen = parts.split(", ");
    return Object.fromEntries(seen.map((selector) => {
        const node = root.querySelector(selector);
        const box = node.getBoundingClientRect();
        const style = getComputedStyle(node);
        return [selector, [box.width, box.height, ...names.map((name) => style[name])]];
    }));
}"""


def script(site: str, path: str = "/widget/ask-first-chat.js") -> str:
    return f'<script type="module" src="{site}{path}"></script>'


def two_lines(site: str) -> str:
    """The lines as the README has them, with this portal's address."""
    block = re.search(r"```html\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert block is not None
    assert len(block[1].strip().splitlines()) == 2
    return block[1].replace("https://bank.example", site)


@pytest.fixture
def embed(site: str, elsewhere: OtherSite, open_address: OpenPage) -> Callable[..., Widget]:
    """Puts lines into somebody else's page and opens the chat on it."""

    def embed_it(lines: str, **page: str) -> Widget:
        widget = Widget(open_address(elsewhere.write(lines, **page)))
        widget.open()
        return widget

    return embed_it


def test_the_two_lines_of_the_readme_are_enough(
    site: str, open_address: OpenPage, elsewhere: OtherSite, complaints: list[str], picture: Picture
) -> None:
    widget = Widget(open_address(elsewhere.write(two_lines(site))), name="Help chat")
    widget.open()
    widget.asked_for_permission()
    picture(widget.page, "embedded_elsewhere")
    widget.press("Allow")
    widget.shows("Noted: you allowed this.")
    assert complaints == []


def test_the_bundle_does_the_same_and_loads_nothing_else(
    embed: Callable[..., Widget], site: str, complaints: list[str]
) -> None:
    widget = embed(script(site, BUNDLE) + ELEMENT)
    widget.asked_for_permission()
    widget.press("Allow")
    widget.shows("Noted: you allowed this.")
    loaded = widget.page.evaluate("performance.getEntriesByType('resource').map((entry) => entry.name)")
    assert [name for name in loaded if "/widget/" in name] == [site + BUNDLE]
    assert complaints == []


def test_the_bundles_map_leads_to_sources_that_are_served(site: str) -> None:
    on_disk = Path(BUNDLE.lstrip("/"))
    name = re.search(r"sourceMappingURL=(\S+)", on_disk.read_text(encoding="utf-8"))
    assert name is not None
    for source in json.loads(on_disk.with_name(name[1]).read_text(encoding="utf-8"))["sources"]:
        served = httpx.get(httpx.URL(site + BUNDLE).join(source), trust_env=False)
        assert served.content == (on_disk.parent / source).read_bytes()


def test_a_page_that_is_not_on_the_list_gets_no_token(
    site: str, open_address: OpenPage, assistant: FakeAssistant
) -> None:
    stranger = OtherSite()
    widget = Widget(open_address(stranger.write(script(site) + ELEMENT)))
    widget.open()
    widget.banner_says("No connection.")
    assert assistant.issued == set()
    stranger.close()


def test_no_style_of_the_page_reaches_in(embed: Callable[..., Widget], site: str, picture: Picture) -> None:
    measured = []
    for style in (CALM, HOSTILE):
        widget = embed(script(site) + ELEMENT, style=style)
        widget.asked_for_permission()
        widget.page.mouse.move(0, 0)
        picture(widget.page, f"style_of_the_page_{len(measured)}")
        measured.append(widget.page.evaluate(MEASURE))
        widget.press("Not now")
        widget.shows("Noted: not now.")
    assert measured[0] == measured[1]
