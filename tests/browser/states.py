"""
Every state that the chat can be in, one after the other, as one conversation goes through them.

A state is named after what is seen. A step must wait until its state is there.
"""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.fake_assistant import FakeAssistant
from tests.browser.script import HOSTILE
from tests.browser.widget import Widget

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


STEPS: tuple[Step, ...] = (
    *(closed, opened, writing, unread, general_help, permission, in_full, why, sent, unconfirmed, allowed),
    *(no_connection, waiting, back, tailored, markup),
)
