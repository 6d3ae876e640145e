"""
A real browser, the real portal and the fake assistant, put together for the tests of the widget.

It must never reach beyond this computer. Without a browser the tests are skipped, with the reason; in CI
they fail.
"""

import os
import shutil
import socket
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from portal.services import Services
from tests.browser.fake_assistant import FakeAssistant
from tests.browser.other_site import OtherSite
from tests.browser.portal_site import new_services, running_portal
from tests.browser.widget import Widget

SCREENSHOTS = Path("var") / "screenshots"
ARGUMENTS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

OpenPage = Callable[..., Page]
OpenWidget = Callable[..., Widget]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser a file: as long as Playwright runs, no other test could have an event loop of its own."""
    executable = next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
    )
    if executable is None:
        reason = "no Chromium on this computer: install the package chromium"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def site_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def elsewhere() -> Iterator[OtherSite]:
    """A website of somebody else, which may embed the chat."""
    site = OtherSite()
    yield site
    site.close()


@pytest.fixture
def assistant(site_port: int, elsewhere: OtherSite) -> Iterator[FakeAssistant]:
    fake = FakeAssistant(origins=[f"http://127.0.0.1:{site_port}", elsewhere.origin])
    fake.start()
    yield fake
    fake.stop()


@pytest.fixture(scope="session")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """One store for all tests: each page begins as somebody new."""
    with new_services(tmp_path_factory.mktemp("portal")) as made:
        yield made


@pytest.fixture
def site(services: Services, assistant: FakeAssistant, site_port: int, elsewhere: OtherSite) -> Iterator[str]:
    """The portal's address, with a page that looks for the fake assistant."""
    origins = elsewhere.origin
    with running_portal(services, port=site_port, assistant_port=assistant.port, origins=origins) as address:
        yield address


@pytest.fixture
def complaints() -> list[str]:
    """What the browser complained about: faults of scripts, and what the content security policy refused."""
    return []


@pytest.fixture
def open_page(site: str, open_address: OpenPage) -> OpenPage:
    """
    Opens the bank's page, which talks to the fake assistant. Keywords: viewport, color_scheme, …

    The site is there first, so that pages are closed before their servers end, which then need not wait.
    """
    return partial(open_address, site)


@pytest.fixture
def open_address(browser: Browser, complaints: list[str]) -> Iterator[OpenPage]:
    """Opens a page in a context of its own. Keywords are Playwright's."""
    contexts: list[BrowserContext] = []

    def open_it(address: str, **options: object) -> Page:
        context = browser.new_context(**options)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(8_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: _note(complaints, message))
        page.goto(address)
        return page

    yield open_it
    for context in contexts:
        context.close()


@pytest.fixture
def open_widget(open_page: OpenPage) -> OpenWidget:
    """Opens the bank's page and the chat on it."""

    def open_it(**options: object) -> Widget:
        widget = Widget(open_page(**options))
        widget.open()
        return widget

    return open_it


@pytest.fixture
def picture() -> Callable[[Page, str], None]:
    """Keeps a screenshot under var/screenshots, to be looked at."""

    def take(page: Page, name: str) -> None:
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SCREENSHOTS / f"{name}.png", animations="disabled")

    return take


def _note(complaints: list[str], message: ConsoleMessage) -> None:
    if message.type in {"error", "warning"}:
        complaints.append(message.text)
