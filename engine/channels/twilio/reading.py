"""
What a form of Twilio says: one message of one person, or nothing.

Must never raise, whatever the body is, nor take a message that was sent to another number or account.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from engine.channels.apps.incoming import Incoming
from engine.channels.twilio.forms import Form

NUMBER = r"\+[0-9]{6,15}"
MESSAGE_ID = r"(SM|MM)[0-9a-f]{32}"
"""Twilio signs names and values run together: with a field folded into it an id would be another one."""

RECEIVED = ("", "received")
COMMANDS = {"STOP": "/stop", "HELP": "/menu", "START": "/greet"}
"""What Twilio's opt-out words mean here; it answers them itself, and after STOP nobody may."""


@dataclass(frozen=True)
class Line:
    """Our end. `prefix`: what stands before numbers there, "whatsapp:" or nothing."""

    account: str
    number: str
    prefix: str

    @property
    def ours(self) -> str:
        """Our number as Twilio writes it."""
        return self.prefix + self.number

    def number_of(self, sender: str) -> str:
        """The number of a person on this line; "" if that is none."""
        number = sender[len(self.prefix) :]
        return number if sender.startswith(self.prefix) and re.fullmatch(NUMBER, number) else ""


def read(body: bytes, line: Line) -> list[Incoming]:
    """The person's message, if it is one."""
    try:
        form = Form.read(body)
    except ValueError:
        return []
    sender, event = form.first("From"), form.first("MessageSid")
    number = line.number_of(sender)
    said = _said(form, with_buttons=bool(line.prefix))
    if not re.fullmatch(MESSAGE_ID, event) or not number or not said or not _is_for(form, line):
        return []
    return [Incoming(event=event, person=(number,), address={"to": sender}, **said)]


def _is_for(form: Form, line: Line) -> bool:
    """Whether it is a message that came in here, not a report on one that went out."""
    statuses = (form.first("MessageStatus"), form.first("SmsStatus"))
    here = form.first("AccountSid") == line.account and form.first("To") == line.ours
    return here and all(status in RECEIVED for status in statuses)


def _said(form: Form, *, with_buttons: bool) -> dict[str, Any]:
    """What the person did; nothing if that cannot be told."""
    opted, payload = form.first("OptOutType"), form.first("ButtonPayload")
    if opted in COMMANDS:
        return {"command": COMMANDS[opted], "silent": opted == "STOP"}
    if payload and with_buttons:
        return {"press": payload, "pressed_on": form.first("OriginalRepliedMessageSid") or None}
    if form.first("Body").strip():
        return {"text": form.first("Body")}
    is_other = form.first("NumMedia") not in ("", "0") or form.first("Latitude")
    return {"other": True} if is_other else {}
