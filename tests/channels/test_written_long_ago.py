"""What was written before a question was shown is no answer to it, however late or often it is delivered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import pytest

from tests.channels import webhooks
from tests.channels.chats.apps import MessengerChat, SlackChat, TelegramChat
from tests.channels.outcome import outcome

if TYPE_CHECKING:
    from tests.channels.chats.chat import AppChat
    from tests.channels.providers import Providers
    from tests.live.in_process import InProcess

pytestmark = pytest.mark.live
NEED = "I want to pay off my credit card debt"
LONG_AGO = 600.0


def telegram(chat: Any, text: str, ago: float) -> webhooks.Hook:
    update = webhooks.telegram_message(chat.chat, text)
    message = {**update["message"], "date": int(update["message"]["date"] - ago)}
    return webhooks.of_telegram({"message": message})


def messenger(chat: Any, text: str, ago: float) -> webhooks.Hook:
    event = webhooks.messenger_message(chat.person, text)
    return webhooks.of_messenger({**event, "timestamp": int(event["timestamp"] - ago * 1000)})


def slack(chat: Any, text: str, ago: float) -> webhooks.Hook:
    event = webhooks.slack_message(chat.user, chat.place, text)
    return webhooks.slack_event({**event, "ts": f"{float(event['ts']) - ago:.6f}"})


Late = Callable[[Any, str, float], webhooks.Hook]
LATE: Mapping[str, tuple[Any, Late]] = {
    "telegram": (TelegramChat, telegram),
    "messenger": (MessengerChat, messenger),
    "slack": (SlackChat, slack),
}
APPS = pytest.mark.parametrize("app", LATE)


def begun(app: str, assistant: InProcess, providers: Providers) -> tuple[AppChat, Late]:
    chat_class, late = LATE[app]
    return chat_class(assistant, providers.of(app)), late


def given(assistant: InProcess, chat: AppChat) -> list[str]:
    return [one[1] for one in outcome(assistant, chat.person_id)["decisions"] if one[2] == "given"]


@APPS
@pytest.mark.parametrize("yes", ["yes please", "1"])
def test_three_old_messages_that_come_at_once_grant_nothing(
    app: str, yes: str, assistant: InProcess, providers: Providers
) -> None:
    chat, late = begun(app, assistant, providers)
    for place, text in enumerate((NEED, "yes", yes)):
        chat.send(late(chat, text, LONG_AGO - place))
    assert given(assistant, chat) == []
    chat.type("yes")
    assert given(assistant, chat) == ["debt_balance_eur"]


def test_one_yes_under_two_deliveries_counts_once(assistant: InProcess, providers: Providers) -> None:
    chat: Any = SlackChat(assistant, providers.slack)
    chat.type(NEED)
    event = webhooks.slack_message(chat.user, chat.place, "yes")
    for number in ("EvOnce", "EvTwice"):
        chat.send(webhooks.slack_event({**event, "client_msg_id": "c1"}, number=number))
    assert given(assistant, chat) == []
