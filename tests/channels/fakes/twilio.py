"""
Twilio's API for messages and its Content API on loopback, with the limits and error codes that it documents.

Our own: what can be installed (vxtwinio, mocks from its OpenAPI file) is old, or lets any length pass.
Serve it under one name: the paths of the two APIs differ.
"""

from __future__ import annotations

import base64
import json
import re
from typing import Any

from tests.channels.fakes.server import Answer, Asked, Provider

ACCOUNT = "AC" + "0" * 31 + "1"
TOKEN = "fake-auth-token-0123456789"
SMS_NUMBER, WHATSAPP_NUMBER = "+4915200000001", "+4915200000002"
OPTED_OUT = "+491700000099"
MOST_BODY, MOST_QUICK_BODY = 1600, 1024
MOST_ACTIONS, MOST_TITLE, MOST_ID = 3, 20, 200
QUICK_REPLY = "twilio/quick-reply"
PAGE = 2
"""Templates a page, so that a second page comes early; the real API takes the number that is asked for."""


def length(text: str) -> int:
    """In the way that is longest; Twilio does not say how WhatsApp counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


class Twilio(Provider):
    """One account with two numbers. `webhook`: where its number for SMS sends to."""

    def __init__(self) -> None:
        super().__init__()
        self.webhook = ""
        self.contents: dict[str, dict[str, Any]] = {}
        self.listed = 0
        """How often templates were looked up."""
        self._sent = 0

    def fail(
        self, status: int, times: int = 1, *, after_seconds: int | None = None, code: int | None = None
    ) -> None:
        """The next calls fail so; code: Twilio's own, in the body."""
        headers = {} if after_seconds is None else {"Retry-After": str(after_seconds)}
        self.failures.extend([Answer(status, _error(code or 20000 + status, status), headers)] * times)

    def answer(self, asked: Asked) -> Answer:
        """What Twilio would say."""
        known = base64.b64encode(f"{ACCOUNT}:{TOKEN}".encode()).decode()
        if asked.headers.get("authorization") != f"Basic {known}":
            return self._no(20003, "no good credentials", 401)
        if asked.path == "/v1/Content":
            return self._listed(asked) if asked.method == "GET" else self._made(asked)
        account = f"/2010-04-01/Accounts/{ACCOUNT}"
        routes = {
            ("GET", f"{account}.json"): lambda _: Answer(200, {"sid": ACCOUNT, "status": "active"}),
            ("GET", f"{account}/IncomingPhoneNumbers.json"): self._numbers,
            ("POST", f"{account}/Messages.json"): self._message,
        }
        route = routes.get((asked.method, asked.path))
        return self._no(20404, f"unknown path {asked.path}", 404) if route is None else route(asked)

    def _numbers(self, asked: Asked) -> Answer:
        is_ours = asked.query.get("PhoneNumber") == SMS_NUMBER
        found = [{"phone_number": SMS_NUMBER, "sms_url": self.webhook}] if is_ours else []
        return Answer(200, {"incoming_phone_numbers": found, "page": 0, "page_size": 50})

    def _message(self, asked: Asked) -> Answer:
        form = asked.form
        code, why = self._fault(form)
        if code:
            return self._no(code, why)
        if "ContentVariables" in form:
            form["ContentVariables"] = json.loads(form["ContentVariables"])
        self.accept({"path": "/Messages.json", "args": form})
        self._sent += 1
        sid = f"SM{self._sent:032x}"
        return Answer(201, {"sid": sid, "status": "queued", "error_code": None, "num_segments": "1"})

    def _fault(self, form: dict[str, str]) -> tuple[int, str]:
        """Twilio's code of the first limit that is broken, and what it is; 0 if none is."""
        to, ours = form.get("To", ""), form.get("From", "")
        if not re.fullmatch(r"(whatsapp:)?\+\d{6,15}", to):
            return 21211, "To is no number"
        if ours not in (SMS_NUMBER, f"whatsapp:{WHATSAPP_NUMBER}"):
            return 21606, "From is none of the account's numbers"
        if to.startswith("whatsapp:") != ours.startswith("whatsapp:"):
            return 21910, "From and To are of different channels"
        if to.removeprefix("whatsapp:") == OPTED_OUT:
            return 21610, "this person wrote STOP"
        if "ContentSid" in form:
            return self._content_fault(form)
        if not form.get("Body", "").strip():
            return 21602, "no body"
        return (21617, "body too long") if length(form["Body"]) > MOST_BODY else (0, "")

    def _content_fault(self, form: dict[str, str]) -> tuple[int, str]:
        if form["ContentSid"] not in self.contents:
            return 21655, "unknown template"
        raw = form.get("ContentVariables", "{}")
        try:
            filled = json.loads(raw)
        except ValueError:
            filled = None
        places = self.contents[form["ContentSid"]]["variables"]
        if not isinstance(filled, dict) or set(filled) != set(places) or "'" in raw:
            return 21656, "variables are not the template's"
        if not all(isinstance(value, str) and value.strip() for value in filled.values()):
            return 21656, "a variable is empty"
        ids = [filled[place] for place in sorted(filled)[1:]]
        if len(set(ids)) != len(ids) or any(length(one) > MOST_ID for one in ids):
            return 63013, "ids of buttons too long or the same"
        return (63013, "body too long") if length(filled["1"]) > MOST_QUICK_BODY else (0, "")

    def _listed(self, asked: Asked) -> Answer:
        self.listed += 1
        page = int(asked.query.get("Page", "0"))
        known = list(self.contents.values())
        more = len(known) > (page + 1) * PAGE
        next_url = f"https://content.twilio.com/v1/Content?PageSize={PAGE}&Page={page + 1}"
        meta = {"key": "contents", "page": page, "next_page_url": next_url if more else None}
        return Answer(200, {"contents": known[page * PAGE : (page + 1) * PAGE], "meta": meta})

    def _made(self, asked: Asked) -> Answer:
        template = asked.json
        why = _template_fault(template)
        if why:
            return self._no(20001, why)
        sid = f"HX{len(self.contents) + 1:032x}"
        self.contents[sid] = {**template, "sid": sid, "account_sid": ACCOUNT}
        self.accept({"path": "/v1/Content", "args": template})
        return Answer(201, self.contents[sid])

    def _no(self, code: int, why: str, status: int = 400) -> Answer:
        return self.refuse(why, Answer(status, _error(code, status)))


def _error(code: int, status: int) -> dict[str, Any]:
    return {"code": code, "message": "It did not work, and these are words of Twilio", "status": status}


def _template_fault(template: dict[str, Any]) -> str:
    reply = template.get("types", {}).get(QUICK_REPLY, {})
    actions = reply.get("actions", [])
    titles = [action.get("title", "") for action in actions]
    if not template.get("friendly_name") or not template.get("language") or not reply.get("body"):
        return "template without name, language or body"
    if not 0 < len(actions) <= MOST_ACTIONS:
        return "no buttons, or too many"
    if any(not title.strip() or length(title) > MOST_TITLE for title in titles):
        return "title of a button missing or too long"
    return "titles are the same" if len(set(titles)) != len(titles) else ""
