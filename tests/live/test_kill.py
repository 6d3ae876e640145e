"""
A process that dies between receiving and answering loses no message and handles none twice.

What may happen twice, a message of ours on its way out, asks the same question with the same buttons.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from tests.channels import webhooks
from tests.channels.chats.apps import SmsChat, TelegramChat
from tests.channels.fakes.server import Answer
from tests.channels.outcome import outcome
from tests.live.waiting import eventually

if TYPE_CHECKING:
    from tests.channels.chats.chat import AppChat, Message
    from tests.channels.providers import Providers
    from tests.channels.webhooks import Hook
    from tests.live.servers import Stack

pytestmark = [pytest.mark.live, pytest.mark.timeout(420)]  # each starts Rasa again, some twice
BALANCE, RATE = "debt_balance_eur", "yearly_rate_percent"


@pytest.fixture(autouse=True)
def _well(providers: Providers) -> Iterator[None]:
    yield
    for provider in (providers.telegram, providers.twilio):
        provider.failures.clear()
        provider.after_accepting.clear()


def restart(stack_apart: Stack, chat: AppChat) -> list[Message]:
    """Kill Rasa as `kill -9` does and start it again; what comes once it has gone on."""
    stack_apart.kill("rasa")
    stack_apart.start("rasa")
    stack_apart.wait_until_idle(chat.channel)
    return chat.new()


def texts(messages: list[Message]) -> str:
    return "\n".join(message["text"] for message in messages)


def button(messages: list[Message], title: str) -> Message:
    return next(one for message in messages for one in message["buttons"] if one["title"] == title)


def asked_for_balance(chat: AppChat) -> list[Message]:
    """Up to the first permission request."""
    said = chat.type("I want to pay off my credit card debt")
    return chat.press(button(said, "Yes, please"))


@contextmanager
def stopped_actions(stack_apart: Stack) -> Iterator[None]:
    """The action server takes calls within the block, and answers them only after it."""
    group = os.getpgid(stack_apart.servers["actions"].pid)
    os.killpg(group, signal.SIGSTOP)
    try:
        yield
    finally:
        os.killpg(group, signal.SIGCONT)


def calls_unread(port: int) -> bool:
    """Whether somebody sent to this port what its server has not read yet (proc(5), /proc/net/tcp)."""
    lines = Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]
    return any(
        line.split()[1].endswith(f":{port:04X}")
        and line.split()[3] == "01"
        and line.split()[4][-8:] != "0" * 8
        for line in lines
    )


def decisions(stack_apart: Stack, chat: AppChat) -> list[Any]:
    return [(item, status) for _, item, status, _ in outcome(stack_apart, chat.person_id)["decisions"]]


def test_a_message_that_was_not_taken_is_sent_again_by_the_app_and_handled_once(
    stack_apart: Stack, providers: Providers
) -> None:
    chat = TelegramChat(stack_apart, providers.telegram)
    hook = webhooks.of_telegram(webhooks.telegram_message(chat.chat, "someone stole my card"))
    stack_apart.kill("rasa")
    with pytest.raises(httpx.TransportError):
        stack_apart.send(hook)
    stack_apart.start("rasa")
    assert "Block the card" in texts(chat.send(hook))
    assert chat.send(hook) == []
    assert restart(stack_apart, chat) == []
    assert chat.send(hook) == [], "also the next process knows it"


def _dies_while_handling(stack_apart: Stack, chat: AppChat, hook: Hook) -> list[Message]:
    """The app has its 200, the action server its call; then Rasa dies, and it is decided all the same."""
    with stopped_actions(stack_apart):
        assert stack_apart.send(hook).status_code == 200
        eventually(lambda: calls_unread(stack_apart.settings.actions_port), "the action server has a call")
        stack_apart.kill("rasa")
    stack_apart.start("rasa")
    stack_apart.wait_until_idle(chat.channel)
    return chat.new()


def test_a_pressed_button_counts_once_if_rasa_dies_while_it_is_handled(
    stack_apart: Stack, providers: Providers
) -> None:
    chat = TelegramChat(stack_apart, providers.telegram)
    allow = button(asked_for_balance(chat), "Allow")
    pressed = webhooks.of_telegram(webhooks.telegram_press(chat.chat, allow["payload"], allow["on"]))
    said = _dies_while_handling(stack_apart, chat, pressed)
    assert "How much do you still owe" in texts(said)
    history = outcome(stack_apart, chat.person_id)["history"]
    assert [(status, item) for _, status, _, item, *_ in history] == [("given", BALANCE)]


def test_a_typed_no_that_is_handled_again_does_not_answer_the_next_question(
    stack_apart: Stack, providers: Providers
) -> None:
    chat = SmsChat(stack_apart, providers.twilio)
    asked_for_balance(chat)
    no = webhooks.of_twilio("sms", webhooks.twilio_fields("sms", chat.number, "no"))
    said = _dies_while_handling(stack_apart, chat, no)
    assert decisions(stack_apart, chat) == [(BALANCE, "refused")]
    assert "May Harbour Bank use your yearly interest rate" in texts(said)
    chat.type("no")
    assert decisions(stack_apart, chat) == [(BALANCE, "refused"), (RATE, "refused")]


def test_a_second_answer_that_was_typed_before_the_next_question_answers_nothing(
    stack_apart: Stack, providers: Providers
) -> None:
    chat = SmsChat(stack_apart, providers.twilio)
    asked_for_balance(chat)
    with stopped_actions(stack_apart):
        for _ in range(2):
            no = webhooks.of_twilio("sms", webhooks.twilio_fields("sms", chat.number, "no"))
            assert stack_apart.send(no).status_code == 200
    stack_apart.wait_until_idle("sms")
    assert "You wrote that before I asked" in texts(chat.new())
    assert decisions(stack_apart, chat) == [(BALANCE, "refused")]


def test_an_answer_that_could_not_be_sent_is_sent_once_by_the_next_process(
    stack_apart: Stack, providers: Providers
) -> None:
    chat = TelegramChat(stack_apart, providers.telegram)
    providers.telegram.fail(503, times=100_000)
    hook = webhooks.of_telegram(webhooks.telegram_message(chat.chat, "someone stole my card"))
    assert stack_apart.send(hook).status_code == 200
    eventually(lambda: len(providers.telegram.failures) < 100_000, "Telegram was called")
    stack_apart.kill("rasa")
    providers.telegram.failures.clear()
    stack_apart.start("rasa")
    stack_apart.wait_until_idle("telegram")
    said = texts(chat.new())
    assert said.count("Block the card") == 1
    assert restart(stack_apart, chat) == []


def test_a_message_whose_receipt_got_lost_may_come_twice_and_decides_once(
    stack_apart: Stack, providers: Providers
) -> None:
    chat = TelegramChat(stack_apart, providers.telegram)
    said = chat.type("I want to pay off my credit card debt")
    providers.telegram.after_accepting.append(Answer(hang_up=True))
    asked = chat.press(button(said, "Yes, please"))
    copies = [one for message in asked for one in message["buttons"] if one["title"] == "Allow"]
    assert len({one["payload"] for one in copies}) == 1
    for copy in copies * 2:
        chat.press(copy)
    assert decisions(stack_apart, chat) == [(BALANCE, "given")]


def test_forget_me_leaves_nothing_on_its_way(stack_apart: Stack, providers: Providers) -> None:
    chat = TelegramChat(stack_apart, providers.telegram)
    asked_for_balance(chat)
    providers.telegram.fail(503, times=100_000)
    hook = webhooks.of_telegram(webhooks.telegram_message(chat.chat, "forget me"))
    assert stack_apart.send(hook).status_code == 200
    eventually(lambda: len(providers.telegram.failures) < 100_000, "Telegram was called")
    stack_apart.kill("rasa")
    providers.telegram.failures.clear()
    stack_apart.start("rasa")
    stack_apart.wait_until_idle("telegram")
    assert chat.new() == [], "the confirmation is lost, the erasure is not"
    assert decisions(stack_apart, chat) == []
