"""People in Telegram, Slack, Messenger, WhatsApp and SMS."""

from __future__ import annotations

from typing import Any

from tests.channels import webhooks
from tests.channels.chats.chat import AppChat, Message, numbered_buttons
from tests.channels.fakes import twilio
from tests.channels.fakes.server import Provider
from tests.live.assistant import Assistant


class TelegramChat(AppChat):
    """A private chat with the bot."""

    channel = "telegram"

    def __init__(self, assistant: Assistant, provider: Provider) -> None:
        super().__init__(assistant, provider)
        self.chat = next(webhooks.numbers)

    @property
    def name(self) -> tuple[str, ...]:
        return (str(self.chat),)

    def type(self, text: str) -> list[Message]:
        return self.send(webhooks.of_telegram(webhooks.telegram_message(self.chat, text)))

    def press(self, button: Message) -> list[Message]:
        pressed = webhooks.telegram_press(self.chat, button["payload"], button["on"])
        return self.send(webhooks.of_telegram(pressed))

    def shown(self, call: dict[str, Any]) -> Message | None:
        args = call["args"]
        if call["method"] == "sendDocument" and args["chat_id"] == self.chat:
            return {"text": "", "buttons": [], "document": args["document"]}
        if call["method"] != "sendMessage" or args["chat_id"] != self.chat:
            return None
        rows = (args.get("reply_markup") or {}).get("inline_keyboard") or []
        on = self._message_id(args)
        buttons = [
            {"title": one["text"], "payload": one["callback_data"], "on": on} for row in rows for one in row
        ]
        return {"text": args["text"], "buttons": buttons}

    def _message_id(self, args: dict[str, Any]) -> int:
        """The last message with this text."""
        fake: Any = self.provider
        return max(
            number for (chat, number), shown in fake.messages.items()
            if chat == self.chat and args["text"] in shown["text"]
        )  # fmt: skip


class SlackChat(AppChat):
    """Direct messages with the app."""

    channel = "slack"

    def __init__(self, assistant: Assistant, provider: Provider) -> None:
        super().__init__(assistant, provider)
        number = next(webhooks.numbers)
        self.user, self.place = f"U{number}", f"D{number}"

    @property
    def name(self) -> tuple[str, ...]:
        return (webhooks.TEAM, self.user)

    def type(self, text: str) -> list[Message]:
        return self.send(webhooks.slack_event(webhooks.slack_message(self.user, self.place, text)))

    def press(self, button: Message) -> list[Message]:
        return self.send(webhooks.slack_press(self.user, self.place, button["payload"], button["on"]))

    def shown(self, call: dict[str, Any]) -> Message | None:
        args = call["args"]
        if call["method"] == "upload":
            return {"text": "", "buttons": [], "document": args["content"]}
        if call["method"] != "chat.postMessage" or args["channel"] != self.place:
            return None
        fake: Any = self.provider
        on = max(stamp for (place, stamp) in fake.messages if place == self.place)
        blocks = args["blocks"]
        text = "\n".join(block["text"]["text"] for block in blocks if block["type"] == "section")
        pressed = [one for block in blocks if block["type"] == "actions" for one in block["elements"]]
        buttons = [{"title": one["text"]["text"], "payload": one["value"], "on": on} for one in pressed]
        return {"text": text, "buttons": buttons}


class MessengerChat(AppChat):
    """A chat with the page; what can be tapped is gone once somebody wrote."""

    channel = "messenger"
    presses_anything = False

    def __init__(self, assistant: Assistant, provider: Provider) -> None:
        super().__init__(assistant, provider)
        self.person = str(next(webhooks.numbers))

    @property
    def name(self) -> tuple[str, ...]:
        return (webhooks.messenger.PAGE, self.person)

    def type(self, text: str) -> list[Message]:
        return self.send(webhooks.of_messenger(webhooks.messenger_message(self.person, text)))

    def press(self, button: Message) -> list[Message]:
        if "tapped" not in button:
            return self.type(button["payload"])
        tapped = webhooks.messenger_message(self.person, button["tapped"], button["payload"])
        return self.send(webhooks.of_messenger(tapped))

    def shown(self, call: dict[str, Any]) -> Message | None:
        args = call["args"]
        if args["recipient"]["id"] != self.person:
            return None
        if "file" in call:
            return {"text": "", "buttons": [], "document": call["file"]}
        text, buttons = numbered_buttons(args["message"]["text"])
        replies = args["message"].get("quick_replies") or []
        by_title = {one["title"]: one["payload"] for one in replies}
        if buttons:  # the titles stand in the text, the numbers below it
            return {"text": text, "buttons": [self._button(one, by_title) for one in buttons]}
        return {
            "text": text,
            "buttons": [{"title": t, "payload": payload, "tapped": t} for t, payload in by_title.items()],
        }

    @staticmethod
    def _button(button: Message, by_title: dict[str, str]) -> Message:
        payload = by_title.get(button["payload"])
        if payload is None:
            return button
        return {"title": button["title"], "payload": payload, "tapped": button["payload"]}


class SmsChat(AppChat):
    """Text messages: everything is typed."""

    channel = "sms"
    presses_anything = False

    def __init__(self, assistant: Assistant, provider: Provider) -> None:
        super().__init__(assistant, provider)
        self.number = f"+4917{next(webhooks.numbers)}"

    @property
    def name(self) -> tuple[str, ...]:
        return (self.number,)

    def type(self, text: str) -> list[Message]:
        fields = webhooks.twilio_fields(self.channel, self.number, text)
        return self.send(webhooks.of_twilio(self.channel, fields))

    def press(self, button: Message) -> list[Message]:
        return self.type(button["payload"])

    def shown(self, call: dict[str, Any]) -> Message | None:
        args = call["args"]
        if args.get("To", "").removeprefix("whatsapp:") != self.number:
            return None
        text, buttons = numbered_buttons(args["Body"])
        return {"text": text, "buttons": buttons}


class WhatsAppChat(SmsChat):
    """WhatsApp: up to three buttons, else numbers."""

    channel = "whatsapp"

    def press(self, button: Message) -> list[Message]:
        if "tapped" not in button:
            return self.type(button["payload"])
        more = {"ButtonPayload": button["payload"], "ButtonText": button["tapped"]}
        fields = webhooks.twilio_fields(self.channel, self.number, button["tapped"], **more)
        return self.send(webhooks.of_twilio(self.channel, fields))

    def shown(self, call: dict[str, Any]) -> Message | None:
        args = call["args"]
        if "ContentSid" not in args:
            return super().shown(call) if "Body" in args else None
        if args["To"].removeprefix("whatsapp:") != self.number:
            return None
        fake: Any = self.provider
        actions = fake.contents[args["ContentSid"]]["types"][twilio.QUICK_REPLY]["actions"]
        filled = args["ContentVariables"]
        payloads = [filled[one["id"].strip("{}")] for one in actions]
        buttons = [
            {"title": one["title"], "payload": payload, "tapped": one["title"]}
            for one, payload in zip(actions, payloads, strict=True)
        ]
        return {"text": filled["1"], "buttons": buttons}


APP_CHATS: dict[str, type[AppChat]] = {
    chat.channel: chat for chat in (TelegramChat, SlackChat, MessengerChat, WhatsAppChat, SmsChat)
}
