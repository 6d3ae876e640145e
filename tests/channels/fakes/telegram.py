"""
Telegram's Bot API as far as we use it, with its limits: https://core.telegram.org/bots/api.

Our own, because the fakes that there are, such as telegram-test-api, take callback data and texts of any
length, and a second answer to a callback query.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Container, Mapping
from email import message_from_bytes
from typing import Any

from tests.channels.fakes.server import Answer, Asked, Provider

TOKEN = "123456:AAE-fake_token"
SECRET = "a-secret-for-telegram"
USERNAME = "askfirst_test_bot"
ME = {"id": 123456, "is_bot": True, "first_name": "Ask First", "username": USERNAME}

LONGEST_TEXT, LONGEST_CAPTION, LONGEST_NOTICE, MOST_BUTTONS = 4096, 1024, 200, 100
TEXTS = ("text", "caption", "callback_query_id", "url", "secret_token")
MARKUP = "inline_keyboard"


class Telegram(Provider):
    """A bot in some chats. `messages`: what stands there now, by chat and number."""

    def __init__(self, chats: Container[int] = (42,), token: str = TOKEN) -> None:
        super().__init__()
        self.chats = chats
        self.token = token
        self.webhook: dict[str, Any] = {"url": ""}
        self.messages: dict[tuple[int, int], dict[str, Any]] = {}
        self._answered: set[str] = set()
        self._numbers = itertools.count(1)

    def fail(self, status: int, times: int = 1, *, after_seconds: int | None = None) -> None:
        """Telegram says it in the body; how long to wait, too."""
        more = {} if after_seconds is None else {"parameters": {"retry_after": after_seconds}}
        body = {"ok": False, "error_code": status, "description": f"Told to fail: {self.token}", **more}
        self.failures.extend([Answer(status, body)] * times)

    def answer(self, asked: Asked) -> Answer:
        """One method."""
        called = re.fullmatch(r"/bot([^/]+)/(\w+)", asked.path)
        if called is None or called[1] != self.token:
            return self.refuse("token", error(401, "Unauthorized"))
        does = getattr(self, f"_{called[2]}", None)
        if does is None:
            return self.refuse(f"method {called[2]}", error(404, "Not Found"))
        args = arguments(asked)
        fault = self._fault(args)
        if fault:
            return self.refuse(fault, error(400, f"Bad Request: {fault}"))
        answer: Answer = does(args)
        if answer.status == 200:
            self.accept({"method": called[2], "args": args})
        return answer

    def _fault(self, args: Mapping[str, Any]) -> str:
        if "chat_id" in args and args["chat_id"] not in self.chats:
            return "chat not found"
        if "parse_mode" in args:
            return "parse_mode: we send plain text only"
        return _markup_fault(args["reply_markup"]) if "reply_markup" in args else ""

    def _getMe(self, args: Mapping[str, Any]) -> Answer:  # noqa: N802
        return ok(ME)

    def _getWebhookInfo(self, args: Mapping[str, Any]) -> Answer:  # noqa: N802
        return ok({"url": self.webhook["url"], "has_custom_certificate": False, "pending_update_count": 0})

    def _setWebhook(self, args: Mapping[str, Any]) -> Answer:  # noqa: N802
        if not str(args.get("url", "")).startswith("https://"):
            return self._bad("bad webhook: An HTTPS URL must be provided for webhook")
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", str(args.get("secret_token", ""))):
            return self._bad("secret token contains unallowed characters")
        self.webhook = dict(args)
        return ok(True)

    def _sendMessage(self, args: Mapping[str, Any]) -> Answer:  # noqa: N802
        fault = _text_fault(args.get("text", ""))
        return self._bad(fault) if fault else self._keep(args)

    def _sendDocument(self, args: Mapping[str, Any]) -> Answer:  # noqa: N802
        if not isinstance(args.get("document"), dict):
            return self._bad("there is no document in the request")
        if units(args.get("caption", "")) > LONGEST_CAPTION:
            return self._bad("message caption is too long")
        return self._keep(args)

    def _editMessageText(self, args: Mapping[str, Any]) -> Answer:  # noqa: N802
        fault = _text_fault(args.get("text", ""))
        return self._bad(fault) if fault else self._edit(args, {"text": args["text"]})

    def _editMessageReplyMarkup(self, args: Mapping[str, Any]) -> Answer:  # noqa: N802
        return self._edit(args, {})

    def _answerCallbackQuery(self, args: Mapping[str, Any]) -> Answer:  # noqa: N802
        query = args.get("callback_query_id", "")
        if not query or query in self._answered:
            return error(
                400, "Bad Request: query is too old and response timeout expired or query ID is invalid"
            )
        if len(args.get("text", "")) > LONGEST_NOTICE:
            return self._bad("MESSAGE_TOO_LONG")
        self._answered.add(query)
        return ok(True)

    def _keep(self, args: Mapping[str, Any]) -> Answer:
        number = next(self._numbers)
        shown = {"text": args.get("text", ""), "reply_markup": args.get("reply_markup")}
        self.messages[args["chat_id"], number] = shown
        return ok({"message_id": number, "chat": {"id": args["chat_id"]}, "date": 0, **shown})

    def _edit(self, args: Mapping[str, Any], text: Mapping[str, str]) -> Answer:
        shown = self.messages.get((args["chat_id"], args["message_id"]))
        if shown is None:
            return error(400, "Bad Request: message to edit not found")
        after = {**shown, **text, "reply_markup": args.get("reply_markup")}
        if after == shown:
            return error(400, "Bad Request: message is not modified: specified new message content …")
        shown.update(after)
        return ok({"message_id": args["message_id"], "chat": {"id": args["chat_id"]}, "date": 0, **shown})

    def _bad(self, fault: str) -> Answer:
        return self.refuse(fault, error(400, f"Bad Request: {fault}"))


def ok(result: Any) -> Answer:
    """As Telegram says yes."""
    return Answer(200, {"ok": True, "result": result})


def error(status: int, description: str) -> Answer:
    """As Telegram says no."""
    return Answer(status, {"ok": False, "error_code": status, "description": description})


def units(text: str) -> int:
    """Length as Telegram counts: UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def arguments(asked: Asked) -> dict[str, Any]:
    """Query, form or multipart; everything but texts is JSON. A file: {name, content}."""
    kind = asked.headers.get("content-type", "")
    given = {**asked.query, **(_multipart(kind, asked.body) if "multipart" in kind else asked.form)}
    return {key: value if key in TEXTS else _value(value) for key, value in given.items()}


def _value(given: Any) -> Any:
    try:
        return json.loads(given)
    except (TypeError, ValueError):
        return given


def _multipart(kind: str, body: bytes) -> dict[str, Any]:
    whole = message_from_bytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + body)
    parts: dict[str, Any] = {}
    for part in whole.get_payload():
        name = part.get_param("name", header="content-disposition")
        content = part.get_payload(decode=True).decode()
        file = part.get_filename()
        parts[str(name)] = content if file is None else {"name": file, "content": _value(content)}
    return parts


def _text_fault(text: str) -> str:
    if not text.strip():
        return "message text is empty"
    return "message is too long" if units(text) > LONGEST_TEXT else ""


def _markup_fault(markup: Any) -> str:
    rows = markup.get(MARKUP) if isinstance(markup, dict) and set(markup) == {MARKUP} else None
    if not isinstance(rows, list) or not all(isinstance(row, list) and row for row in rows):
        return "object expected as reply markup"
    buttons = [button for row in rows for button in row]
    if len(buttons) > MOST_BUTTONS:
        return "reply markup is too long"
    return next((fault for fault in map(_button_fault, buttons) if fault), "")


def _button_fault(button: Any) -> str:
    if not isinstance(button, dict) or set(button) != {"text", "callback_data"}:
        return "can't parse inline keyboard button"
    if not isinstance(button["text"], str) or not button["text"].strip():
        return "inline keyboard button text must be non-empty"
    return "" if 1 <= len(button["callback_data"].encode()) <= 64 else "BUTTON_DATA_INVALID"
