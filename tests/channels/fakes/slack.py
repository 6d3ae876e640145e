"""
Slack's Web API as far as we use it, with its limits: https://docs.slack.dev/reference/block-kit.

Our own, because no maintained fake that checks the limits of blocks was found.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Container, Mapping
from typing import Any

from tests.channels.fakes.server import Answer, Asked, Provider

TOKEN = "xoxb-1234-fake"
SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
TEAM, APP, BOT, USER, CHANNEL = "T0001", "A0001", "U0BOT", "U0001", "D0001"

LONGEST_TEXT, LONGEST_OBJECT, LONGEST_TITLE, LONGEST_VALUE = 40_000, 3_000, 75, 2_000
MOST_BLOCKS, MOST_ELEMENTS, LONGEST_ACTION_ID = 50, 25, 255
ENCODED = ("files", "blocks")


class Slack(Provider):
    """An app in some channels. `messages`: what stands there now, by channel and time stamp."""

    def __init__(
        self, channels: Container[str] = (CHANNEL, USER), token: str = TOKEN, name: str = "slack"
    ) -> None:
        """name: under which it is served, for the addresses that it gives out."""
        super().__init__()
        self.channels = channels
        self.token = token
        self.name = name
        self.messages: dict[tuple[str, str], dict[str, Any]] = {}
        self.files: dict[str, Any] = {}
        self._numbers = itertools.count(1)

    def fail(self, status: int, times: int = 1, *, after_seconds: int | None = None) -> None:
        """Slack says it in the body as well."""
        headers = {} if after_seconds is None else {"Retry-After": str(after_seconds)}
        word = {429: "ratelimited", 500: "internal_error", 503: "service_unavailable"}.get(
            status, "told_to_fail"
        )
        self.failures.extend([Answer(status, {"ok": False, "error": word}, headers)] * times)

    def answer(self, asked: Asked) -> Answer:
        """One method, or a file."""
        if asked.path.startswith("/upload/"):
            return self._uploaded(asked)
        given = asked.headers.get("authorization", "")
        if not given:
            return self.refuse("no token", error("not_authed"))
        if given != f"Bearer {self.token}":
            return self.refuse("token", error("invalid_auth"))
        method = asked.path.lstrip("/")
        does = getattr(self, "_" + method.replace(".", "_"), None)
        if does is None:
            return self.refuse(f"method {method}", error("unknown_method"))
        return self._done(method, does, asked)

    def _done(self, method: str, does: Any, asked: Asked) -> Answer:
        args = arguments(asked)
        place = args.get("channel", args.get("channel_id"))
        if place is not None and place not in self.channels:
            return self.refuse("channel", error("channel_not_found"))
        fault = _message_fault(args)
        if fault:
            return self.refuse(fault[1], error(fault[0]))
        answer: Answer = does(args, asked)
        if answer.body.get("ok"):
            self.accept({"method": method, "args": args})
        return answer

    def _auth_test(self, args: Mapping[str, Any], asked: Asked) -> Answer:
        return ok(team_id=TEAM, user_id=BOT, bot_id="B0BOT")

    def _chat_postMessage(self, args: Mapping[str, Any], asked: Asked) -> Answer:  # noqa: N802
        if not args.get("text") and not args.get("blocks"):
            return self.refuse("nothing said", error("no_text"))
        stamp = f"1700000000.{next(self._numbers):06}"
        self.messages[args["channel"], stamp] = dict(args)
        return ok(channel=args["channel"], ts=stamp)

    def _chat_postEphemeral(self, args: Mapping[str, Any], asked: Asked) -> Answer:  # noqa: N802
        if not args.get("text"):
            return self.refuse("nothing said", error("no_text"))
        if not re.fullmatch(r"[UW][A-Z0-9]+", args.get("user", "")) or args["channel"].startswith("U"):
            return self.refuse("who and where", error("user_not_in_channel"))
        return ok(message_ts=f"1700000000.{next(self._numbers):06}")

    def _chat_update(self, args: Mapping[str, Any], asked: Asked) -> Answer:
        shown = self.messages.get((args["channel"], args["ts"]))
        if shown is None:
            return error("message_not_found")
        shown.update(args)
        return ok(channel=args["channel"], ts=args["ts"])

    def _files_getUploadURLExternal(self, args: Mapping[str, Any], asked: Asked) -> Answer:  # noqa: N802
        if not args.get("filename") or int(args.get("length", 0)) < 1:
            return self.refuse("file without name or content", error("invalid_arguments"))
        file = f"F{next(self._numbers):04}"
        self.files[file] = int(args["length"])
        return ok(upload_url=f"http://{asked.headers['host']}/{self.name}/upload/{file}", file_id=file)

    def _uploaded(self, asked: Asked) -> Answer:
        file = asked.path.rpartition("/")[2]
        if self.files.get(file) != len(asked.body):
            return self.refuse("length of the file", Answer(400, b"no", content_type="text/plain"))
        self.files[file] = json.loads(asked.body)
        self.accept({"method": "upload", "args": {"file": file, "content": self.files[file]}})
        return Answer(200, b"OK", content_type="text/plain")

    def _files_completeUploadExternal(self, args: Mapping[str, Any], asked: Asked) -> Answer:  # noqa: N802
        files = args.get("files") or []
        if not files or any(not isinstance(self.files.get(file["id"]), dict) for file in files):
            return self.refuse("file that was not sent", error("file_not_found"))
        return ok(files=[{"id": file["id"], "title": file["title"]} for file in files])


def ok(**more: Any) -> Answer:
    """As Slack says yes."""
    return Answer(200, {"ok": True, **more})


def error(word: str) -> Answer:
    """As Slack says no: with 200."""
    return Answer(200, {"ok": False, "error": word})


def arguments(asked: Asked) -> dict[str, Any]:
    """JSON, or query and form."""
    if "application/json" in asked.headers.get("content-type", ""):
        given = {**asked.query, **asked.json}
    else:
        given = {**asked.query, **asked.form}
    return {key: json.loads(v) if key in ENCODED and isinstance(v, str) else v for key, v in given.items()}


def _message_fault(args: Mapping[str, Any]) -> tuple[str, str] | None:
    """Slack's word for it, and what it is."""
    if len(args.get("text", "")) > LONGEST_TEXT:
        return "msg_too_long", "text"
    blocks = args.get("blocks", [])
    if len(blocks) > MOST_BLOCKS:
        return "invalid_blocks", "blocks"
    fault = next((fault for fault in map(_block_fault, blocks) if fault), "")
    if not fault and _repeated_ids(blocks):
        fault = "action_id twice"
    return ("invalid_blocks", fault) if fault else None


def _repeated_ids(blocks: list[Mapping[str, Any]]) -> bool:
    actions = [block for block in blocks if block["type"] == "actions"]
    ids = [element["action_id"] for block in actions for element in block["elements"]]
    return len(ids) != len(set(ids))


def _block_fault(block: Mapping[str, Any]) -> str:
    if block["type"] == "section":
        return _object_fault(block["text"], LONGEST_OBJECT)
    if block["type"] == "context":
        faults = [_object_fault(each, LONGEST_OBJECT) for each in block["elements"]]
        return next((fault for fault in faults if fault), "") if 1 <= len(faults) <= 10 else "elements"
    if block["type"] != "actions":
        return f"block {block['type']}"
    if not 1 <= len(block["elements"]) <= MOST_ELEMENTS:
        return "elements"
    return next((fault for fault in map(_button_fault, block["elements"]) if fault), "")


def _object_fault(text: Mapping[str, Any], most: int) -> str:
    if text["type"] != "plain_text":
        return "text with markup"
    return "" if 1 <= len(text["text"]) <= most else "length of a text"


def _button_fault(button: Mapping[str, Any]) -> str:
    if button["type"] != "button" or button.get("style") not in (None, "primary", "danger"):
        return "button"
    if not 1 <= len(button["action_id"]) <= LONGEST_ACTION_ID:
        return "action_id"
    if len(button["value"]) > LONGEST_VALUE:
        return "value"
    return _object_fault(button["text"], LONGEST_TITLE)
