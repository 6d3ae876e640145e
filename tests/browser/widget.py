"""
The widget as a person meets it: by what is read and pressed, never by what is inside.
"""

import re

from playwright.sync_api import Locator, Page, expect

NAME = "Harbour Bank help"


class Widget:
    """Steps for tests. Every step waits until the page shows what it should, and fails if it does not."""

    def __init__(self, page: Page, name: str = NAME) -> None:
        """name: the title of the chat."""
        self.page = page
        self.name = name
        self.panel = page.get_by_role("dialog", name=name)
        self.log = self.panel.get_by_role("log")
        self.field = self.panel.get_by_role("textbox", name="Your message")

    @property
    def launcher(self) -> Locator:
        return self.page.get_by_role("button", name=re.compile(f"Open chat: {self.name}"))

    @property
    def card(self) -> Locator:
        return self.log.locator("section.card").last

    @property
    def sheet(self) -> Locator:
        """What lies over the conversation."""
        return self.panel.locator(".sheet")

    def choose(self, entry: str) -> None:
        """Chooses from the menu in the header."""
        self.press("Menu")
        self.press(entry)

    def open(self) -> None:
        self.launcher.click()
        expect(self.panel).to_be_visible()

    def say(self, text: str) -> None:
        self.field.fill(text)
        self.field.press("Enter")

    def press(self, title: str) -> None:
        self.button(title).click()

    def button(self, title: str) -> Locator:
        return self.panel.get_by_role("button", name=title, exact=True).last

    def shows(self, text: str | re.Pattern[str]) -> None:
        expect(self.log).to_contain_text(text)

    def banner_says(self, text: str) -> None:
        expect(self.panel.locator(".banner")).to_contain_text(text)

    def connected(self) -> None:
        """Waits until the assistant told what was said before."""
        root = "document.querySelector('ask-first-chat').shadowRoot.querySelector('.root')"
        self.until(f"{root}?.dataset.connection === 'ready'")

    def until(self, condition: str) -> None:
        """Waits for a JavaScript expression. (Playwright's own wait needs `eval`; our policy forbids it.)"""
        frames = "new Promise((resolve) => requestAnimationFrame(resolve))"
        self.page.evaluate(f"async () => {{ while (!({condition})) await {frames} }}")

    def asked_for_permission(self) -> None:
        """Goes the way to the first permission card."""
        self.say("I want to pay off a debt")
        self.press("Yes, please")
        expect(self.card).to_contain_text("1 of at most 2")
