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
    from tests.channels.fakes.telegram import Telegram
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


def calls_unread(port: int) -> int:
    """On how many connections a port was sent what its server has not read yet (proc(5), /proc/net/tcp)."""
    lines = Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]
    return sum(
        line.split()[1].endswith(f":{port:04X}")
        and line.split()[3] == "01"
        and line.split()[4][-8:] != "0" * 8
        for line in lines
    )


def decisions(stack_apart: Stack, chat: AppChat) -> list[Any]:
    return [(item, status) for _, item, status, _ in outcome(stack_apart, chat.person_id)["decisions"]]


def next_process(stack_apart: Stack) -> None:
    """Rasa is there again, and went on with what was on its way."""
    stack_apart.start("rasa")
    for channel in ("telegram", "sms"):
        stack_apart.wait_until_idle(channel)


def dies_before_it_can_send(stack_apart: Stack, telegram: Telegram, hook: Hook) -> None:
    """Telegram has its 200 and takes no call; then Rasa dies, and Telegram is well again."""
    telegram.fail(503, times=100_000)
    assert stack_apart.send(hook).status_code == 200
    eventually(lambda: len(telegram.failures) < 100_000, "Telegram was called")
    stack_apart.kill("rasa")
    telegram.failures.clear()
    next_process(stack_apart)


def test_what_comes_again_or_could_not_be_sent_is_handled_and_sent_once(
    stack_apart: Stack, providers: Providers
) -> None:
    early, late, leaving = (TelegramChat(stack_apart, providers.telegram) for _ in range(3))
    hook = webhooks.of_telegram(webhooks.telegram_message(early.chat, "someone stole my card"))
    stack_apart.kill("rasa")
    with pytest.raises(httpx.TransportError):
        stack_apart.send(hook)
    stack_apart.start("rasa")
    assert "Block the card" in texts(early.send(hook)), "it was not taken, so the app sent it again"
    assert early.send(hook) == []

    need = webhooks.of_telegram(webhooks.telegram_message(late.chat, "someone stole my card"))
    dies_before_it_can_send(stack_apart, providers.telegram, need)
    assert texts(late.new()).count("Block the card") == 1
    assert early.new() == []
    assert early.send(hook) == [], "also the next process knows it"

    asked_for_balance(leaving)
    forget = webhooks.of_telegram(webhooks.telegram_message(leaving.chat, "forget me"))
    dies_before_it_can_send(stack_apart, providers.telegram, forget)
    assert leaving.new() == [], "the confirmation is lost, the erasure is not"
    assert decisions(stack_apart, leaving) == []
    assert late.new() == [], "what the process before had sent is not sent again"


def test_an_answer_counts_once_if_rasa_dies_while_it_is_handled(
    stack_apart: Stack, providers: Providers
) -> None:
    """The apps have their 200, the action server its calls; Rasa dies, and it is decided all the same."""
    presses, types = TelegramChat(stack_apart, providers.telegram), SmsChat(stack_apart, providers.twilio)
    allow = button(asked_for_balance(presses), "Allow")
    asked_for_balance(types)
    with stopped_actions(stack_apart):
        pressed = webhooks.telegram_press(presses.chat, allow["payload"], allow["on"])
        no = webhooks.twilio_fields("sms", types.number, "no")
        for hook in (webhooks.of_telegram(pressed), webhooks.of_twilio("sms", no)):
            assert stack_apart.send(hook).status_code == 200
        port = stack_apart.settings.actions_port
        eventually(lambda: calls_unread(port) == 2, "the action server has two calls", more=stack_apart.tails)
        stack_apart.kill("rasa")
    next_process(stack_apart)

    assert "How much do you still owe" in texts(presses.new())
    history = outcome(stack_apart, presses.person_id)["history"]
    assert [(status, item) for _, status, _, item, *_ in history] == [("given", BALANCE)]

    assert "May Harbour Bank use your yearly interest rate" in texts(types.new())
    assert decisions(stack_apart, types) == [(BALANCE, "refused")], "it does not answer the next question"
    types.type("no")
    assert decisions(stack_apart, types) == [(BALANCE, "refused"), (RATE, "refused")]


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
