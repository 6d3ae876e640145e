"""One person in two apps: two strangers until a code and a permission of its own, and apart again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.channels import webhooks
from tests.channels.chats.apps import SmsChat, TelegramChat
from tests.channels.outcome import outcome

if TYPE_CHECKING:
    from tests.channels.chats.chat import AppChat, Message
    from tests.channels.providers import Providers
    from tests.live.in_process import InProcess

pytestmark = pytest.mark.live


def button(messages: list[Message], title: str) -> Message:
    return next(one for message in messages for one in message["buttons"] if one["title"] == title)


def decisions(assistant: InProcess, chat: AppChat) -> list:
    found = outcome(assistant, chat.person_id)["decisions"]
    return [(item, status) for purpose, item, status, _ in found if purpose != "link"]


def refuses_the_balance(chat: AppChat) -> None:
    said = chat.type("I want to pay off my credit card debt")
    chat.press(button(chat.press(button(said, "Yes, please")), "Not now"))


def test_two_apps_are_two_people_until_they_are_linked_and_after_they_are_parted(
    assistant: InProcess, providers: Providers
) -> None:
    first, second = TelegramChat(assistant, providers.telegram), SmsChat(assistant, providers.twilio)
    refuses_the_balance(first)
    assert decisions(assistant, second) == []
    code = re.search(r"link code (\S+)", first.type("link my other chat")[0]["text"])
    assert code is not None
    asked = second.type(f"link code {code[1]}")
    assert "the fact that both chats are yours" in asked[-1]["text"]
    assert decisions(assistant, second) == [], "a code alone links nothing"
    second.press(button(asked, "Allow"))
    assert decisions(assistant, second) == [("debt_balance_eur", "refused")]
    second.type("unlink")
    assert second.person_id != first.person_id
    assert "not linked" in second.type("unlink")[0]["text"]


def test_the_same_number_in_sms_and_whatsapp_is_two_people(
    assistant: InProcess, providers: Providers
) -> None:
    from tests.channels.chats.apps import WhatsAppChat

    sms, whatsapp = SmsChat(assistant, providers.twilio), WhatsAppChat(assistant, providers.twilio)
    whatsapp.number = sms.number
    refuses_the_balance(sms)
    assert decisions(assistant, whatsapp) == []


def test_in_a_group_nothing_is_asked_and_a_click_of_another_person_counts_for_nobody(
    assistant: InProcess, providers: Providers
) -> None:
    ada, bob = TelegramChat(assistant, providers.telegram), TelegramChat(assistant, providers.telegram)
    asked = ada.press(button(ada.type("I want to pay off my credit card debt"), "Yes, please"))
    allow = button(asked, "Allow")
    assert bob.press(allow) == []
    shown = providers.telegram.wire[-1]
    assert (shown["method"], shown["args"]["show_alert"]) == ("answerCallbackQuery", True)
    assert decisions(assistant, ada) == decisions(assistant, bob) == []
    group = webhooks.telegram_message(-ada.chat, "I owe 2,000, help me", kind="group", user=ada.chat)
    assert ada.send(webhooks.of_telegram(group)) == []
    offer = providers.telegram.wire[-1]["args"]
    assert (offer["chat_id"], "https://t.me/" in offer["text"]) == (-ada.chat, True)
