"""
Messenger's Send API on loopback, with the limits that Meta documents for it.

Our own: no fake of the Send API can be installed that refuses what Meta refuses.
"""

from __future__ import annotations

import json
import re
from collections.abc import Container
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any

from tests.channels.fakes.server import Answer, Asked, Provider

PAGE = "100200300"
TOKEN = "EAAfake-page-token"
PEOPLE = ("7001", "7002")
GONE = "7999"
MOST_TEXT, MOST_REPLIES, MOST_TITLE, MOST_PAYLOAD = 2000, 13, 20, 1000
MOST_BUTTONS, MOST_TEMPLATE_TEXT = 3, 640
MOST_FILE = 25_000_000
KINDS = ("RESPONSE", "UPDATE", "MESSAGE_TAG")


def length(text: Any) -> int:
    """In the way that is longest; Meta does not say how it counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2 if isinstance(text, str) else 0


class Messenger(Provider):
    """One page. People are those who wrote to it; GONE has blocked it."""

    def __init__(self, people: Container[str] = PEOPLE) -> None:
        super().__init__()
        self.people = people
        self._sent = 0

    def fail(
        self, status: int, times: int = 1, *, after_seconds: int | None = None, code: int | None = None
    ) -> None:
        """The next calls fail so; code: Meta's own, in the body."""
        headers = {} if after_seconds is None else {"Retry-After": str(after_seconds)}
        codes = {429: 613, 401: 190, 403: 10}
        body = _error(code or codes.get(status, 2 if status >= 500 else 100))
        self.failures.extend([Answer(status, body, headers)] * times)

    def answer(self, asked: Asked) -> Answer:
        """What Meta would say."""
        token = asked.headers.get("authorization", "").removeprefix("Bearer ")
        if TOKEN not in (token, asked.query.get("access_token")):
            return self._no(190, "no good token", status=401)
        path = re.fullmatch(r"/v\d+\.\d+(/me|/me/messages)", asked.path)
        if path is None:
            return self._no(2500, f"unknown path {asked.path}")
        if (asked.method, path[1]) == ("GET", "/me"):
            return Answer(200, {"id": PAGE, "name": "Harbour Bank"})
        if (asked.method, path[1]) != ("POST", "/me/messages"):
            return self._no(100, f"unsupported {asked.method}")
        return self._message(asked)

    def _message(self, asked: Asked) -> Answer:
        try:
            args, file = _args(asked)
        except ValueError:
            return self._no(100, "unreadable body")
        why = _fault(args, file)
        if why:
            return self._no(100, why)
        person = args["recipient"].get("id")
        if person == GONE:
            return self._no(551, "this person is not available")
        if person not in self.people:
            return self._no(100, "no matching user", subcode=2018001)
        self.accept({"path": "/me/messages", "args": args, **({"file": file} if file else {})})
        self._sent += 1
        return Answer(200, {"recipient_id": person, "message_id": f"m_{self._sent}"})

    def _no(self, code: int, why: str, *, status: int = 400, subcode: int | None = None) -> Answer:
        return self.refuse(why, Answer(status, _error(code, subcode)))


def _error(code: int, subcode: int | None = None) -> dict[str, Any]:
    message = f"(#{code}) It did not work, and these are words of Meta"
    error = {"message": message, "type": "OAuthException", "code": code, "fbtrace_id": "A1"}
    return {"error": error if subcode is None else {**error, "error_subcode": subcode}}


def _args(asked: Asked) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """The fields, decoded, and the file of a multipart body. Raises ValueError."""
    kind = asked.headers.get("content-type", "")
    if kind.startswith("application/json"):
        found = asked.json
        if not isinstance(found, dict):
            raise ValueError("no object")
        return found, None
    if not kind.startswith("multipart/form-data"):
        raise ValueError("unknown content type")
    return _multipart(kind, asked.body)


def _multipart(kind: str, body: bytes) -> tuple[dict[str, Any], dict[str, Any] | None]:
    whole = BytesParser(policy=HTTP).parsebytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + body)
    args: dict[str, Any] = {}
    file = None
    for part in whole.iter_parts():
        name = part.get_param("name", header="content-disposition")
        content = part.get_payload(decode=True)
        if part.get_filename():
            file = {"field": name, "name": part.get_filename(), "type": part.get_content_type()}
            file["content"] = content.decode()
        else:
            text = content.decode()
            args[str(name)] = text if name == "messaging_type" else json.loads(text)
    return args, file


def _fault(args: dict[str, Any], file: dict[str, Any] | None) -> str:
    """The first limit that is broken; "" if none is."""
    message = args.get("message")
    if not isinstance(args.get("recipient"), dict) or not isinstance(message, dict):
        return "no recipient or no message"
    if args.get("messaging_type") not in KINDS:
        return "no messaging type"
    if "attachment" in message:
        return _attachment_fault(message["attachment"], file)
    text = message.get("text")
    if not isinstance(text, str) or not text.strip():
        return "no text"
    if length(text) > MOST_TEXT:
        return "text too long"
    return _replies_fault(message.get("quick_replies", []))


def _attachment_fault(attachment: dict[str, Any], file: dict[str, Any] | None) -> str:
    payload = attachment.get("payload", {})
    if attachment.get("type") == "template":
        if length(payload.get("text")) > MOST_TEMPLATE_TEXT:
            return "template text too long"
        return "too many buttons" if len(payload.get("buttons", [])) > MOST_BUTTONS else ""
    if file is None or file["field"] != "filedata":
        return "no file"
    return "file too big" if len(file["content"]) > MOST_FILE else ""


def _replies_fault(replies: list[dict[str, Any]]) -> str:
    if len(replies) > MOST_REPLIES:
        return "too many quick replies"
    for reply in replies:
        if reply.get("content_type") != "text":
            return "quick reply of no known type"
        if not 0 < length(reply.get("title")) <= MOST_TITLE or not reply["title"].strip():
            return "title of a quick reply missing or too long"
        if not 0 < length(reply.get("payload")) <= MOST_PAYLOAD:
            return "payload of a quick reply missing or too long"
    return ""
