"""
Every state that the chat can be in, one after the other, as one conversation goes through them.

A state is named after what is seen. A step must wait until its state is there.
"""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.fake_assistant import FakeAssistant
from tests.browser.script import HOSTILE
from tests.browser.widget import Widget

ME = "**/api/me"


def _decision(item: str, name: str, status: str, *, kept: bool = False) -> dict[str, object]:
    return {
        "purpose": "debt_payoff",
        "purpose_text": "work out how soon your debt could be paid off, and what it would cost",
        "item": item,
        "item_name": name,
        "status": status,
        "decided_at": "2026-11-22T09:30:00+00:00",
        "expires_at": "2027-02-20T09:30:00+00:00" if kept else None,
        "has_value": kept,
    }


EVERYTHING = {
    "decisions": [
        _decision("debt_balance_eur", "what you still owe", "given", kept=True),
        _decision("monthly_payment_eur", "what you pay each month", "given"),
        _decision("yearly_rate_percent", "your yearly interest rate", "refused"),
        _decision("income_eur", "what you earn", "withdrawn"),
    ],
    "uses": [
        {"at": "2026-11-22T09:31:00+00:00", "program": "Paying off a debt", "items": ["what you still owe"]}
    ],
    "conversation": {"days": 30},
}
"""What the portal says of somebody who decided all kinds of things."""

Step = Callable[[Widget, FakeAssistant], None]


def closed(widget: Widget, assistant: FakeAssistant) -> None:
    expect(widget.launcher).to_be_visible()


def opened(widget: Widget, assistant: FakeAssistant) -> None:
    widget.open()
    widget.connected()


def writing(widget: Widget, assistant: FakeAssistant) -> None:
    assistant.hold_back()
    widget.say("I want to pay off a debt")
    expect(widget.panel.locator(".typing")).to_be_visible()


def unread(widget: Widget, assistant: FakeAssistant) -> None:
    widget.page.keyboard.press("Escape")
    assistant.let_go()
    expect(widget.launcher).to_have_accessible_name("Open chat: Harbour Bank help, 2 unread")


def general_help(widget: Widget, assistant: FakeAssistant) -> None:
    widget.open()
    expect(widget.button("Yes, please")).to_be_visible()


def permission(widget: Widget, assistant: FakeAssistant) -> None:
    widget.press("Yes, please")
    expect(widget.card).to_contain_text("1 of at most 2")


def in_full(widget: Widget, assistant: FakeAssistant) -> None:
    widget.card.get_by_text("Read it as one text").click()
    expect(widget.card.locator("details p").first).to_be_visible()


def why(widget: Widget, assistant: FakeAssistant) -> None:
    widget.press("Why?")
    widget.shows("Asked again below.")


def sent(widget: Widget, assistant: FakeAssistant) -> None:
    assistant.hold_back()
    widget.press("Allow")
    expect(widget.card).to_contain_text("Sent. Waiting for confirmation.")


def unconfirmed(widget: Widget, assistant: FakeAssistant) -> None:
    assistant.broadcast({"id": "calm", "text": "Something on our side is not working right now."})
    expect(widget.card).to_contain_text("This answer was not confirmed.")


def allowed(widget: Widget, assistant: FakeAssistant) -> None:
    assistant.let_go()
    widget.shows("Noted: you allowed this.")


def no_connection(widget: Widget, assistant: FakeAssistant) -> None:
    widget.say("2,400 euros")
    expect(widget.card).to_contain_text("2 of at most 2")
    assistant.stop()
    widget.banner_says("No connection.")


def waiting(widget: Widget, assistant: FakeAssistant) -> None:
    widget.say("yes")
    widget.shows("Not sent yet")
    widget.press("Not now")
    expect(widget.card).to_contain_text("nothing was sent")


def back(widget: Widget, assistant: FakeAssistant) -> None:
    assistant.start()
    widget.banner_says("Please check the messages that are not sent yet.")


def tailored(widget: Widget, assistant: FakeAssistant) -> None:
    widget.press("Not now")
    widget.shows("Used: what you still owe")
    expect(widget.button("Yes")).to_be_visible()


def markup(widget: Widget, assistant: FakeAssistant) -> None:
    widget.say("markup")
    widget.shows(HOSTILE)


def chart_figures(widget: Widget, assistant: FakeAssistant) -> None:
    widget.log.get_by_text("Show the figures").click()
    expect(widget.log.get_by_role("table")).to_be_visible()


def taken_back(widget: Widget, assistant: FakeAssistant) -> None:
    widget.button("Take back: what you still owe").click()
    widget.shows("You took this back. It is deleted, and not used again.")


def receipt(widget: Widget, assistant: FakeAssistant) -> None:
    widget.say("my receipt please")
    expect(widget.button("Save the receipt as a file")).to_be_visible()


def menu(widget: Widget, assistant: FakeAssistant) -> None:
    widget.press("Menu")
    expect(widget.button("Forget this device")).to_be_visible()


def nothing_noted(widget: Widget, assistant: FakeAssistant) -> None:
    widget.press("Your data and permissions")
    expect(widget.sheet).to_contain_text("Nothing is noted about you")


def looking_up(widget: Widget, assistant: FakeAssistant) -> None:
    widget.press("Back to the conversation")
    widget.page.route(ME, lambda _: None)
    widget.choose("Your data and permissions")
    expect(widget.sheet.locator("[aria-busy=true]")).to_be_visible()


def not_looked_up(widget: Widget, assistant: FakeAssistant) -> None:
    widget.press("Back to the conversation")
    widget.page.unroute(ME)
    widget.page.route(ME, lambda route: route.fulfill(status=503, json={"error": "unavailable"}))
    widget.choose("Your data and permissions")
    expect(widget.sheet).to_contain_text("This could not be looked up right now.")


def decisions(widget: Widget, assistant: FakeAssistant) -> None:
    widget.page.unroute(ME)
    widget.page.route(ME, lambda route: route.fulfill(json=EVERYTHING))
    widget.press("Try again")
    expect(widget.sheet).to_contain_text("When it was used")


def asked_to_forget(widget: Widget, assistant: FakeAssistant) -> None:
    widget.press("Forget me")
    expect(widget.button("Yes, erase everything")).to_be_visible()


def asked_for_a_new_one(widget: Widget, assistant: FakeAssistant) -> None:
    widget.press("Back to the conversation")
    widget.choose("New conversation")
    expect(widget.sheet).to_contain_text("Start a new conversation?")


def asked_to_forget_the_device(widget: Widget, assistant: FakeAssistant) -> None:
    widget.press("Cancel")
    widget.choose("Forget this device")
    expect(widget.sheet).to_contain_text("Forget this device?")


STEPS: tuple[Step, ...] = (
    *(closed, opened, writing, unread, general_help, permission, in_full, why, sent, unconfirmed, allowed),
    *(no_connection, waiting, back, tailored, chart_figures, taken_back, receipt, markup, menu),
    *(nothing_noted, looking_up, not_looked_up, decisions, asked_to_forget, asked_for_a_new_one),
    asked_to_forget_the_device,
)
