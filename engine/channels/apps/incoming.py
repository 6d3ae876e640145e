"""
What came in over a messaging app, before anybody looked at it and after the app's own reader did.

Must never be logged or kept as it is: it holds what people wrote, and what the app calls them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Request:
    """
    An HTTP request as it came. `headers`: names in lower case. `target`: path and query as the client sent
    them, "/webhooks/sms/webhook?a=b".
    """

    method: str
    target: str
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    query: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class Reply:
    """What an HTTP request gets back."""

    status: int = 200
    body: str = ""
    content_type: str = "text/plain; charset=utf-8"


@dataclass(frozen=True)
class Incoming:
    """
    One thing that a person did, as the app reports it: exactly one of `text`, `press`, `command`, `other`.

    Attributes:
        event: the app's own id of the message or press, the same under whatever delivery it comes.
        person: what the app calls the person, one or more parts; hashed at once and never kept.
        address: where answers go, as the app's calls want it; JSON, sealed wherever it is kept.
        text: what was typed, in plain words.
        press: what came back with a pressed button.
        pressed_on: the app's id of the message whose button it was, if it says so.
        command: a payload of ours that a menu of the app stands for, such as "/greet"; never a decision.
        other: something that cannot be read: a picture, a voice, a place.
        public: in a group or an open channel, where nothing personal may be asked.
        silent: the app lets us answer nothing (who sent STOP by SMS).
        written_by: the last instant at which it can have been written, in seconds since 1970, by the app's
            clock and as exactly as that tells it; None if it does not say.

    """

    event: str
    person: tuple[str, ...] = field(repr=False)
    address: Mapping[str, Any] = field(repr=False)
    text: str | None = field(default=None, repr=False)
    press: str | None = field(default=None, repr=False)
    pressed_on: str | None = field(default=None, repr=False)
    command: str | None = None
    other: bool = False
    public: bool = False
    silent: bool = False
    written_by: float | None = None


class NotGenuine(Exception):
    """
    A request that nobody but a stranger can have sent. `reason` is a short key for the log; `status` goes
    back.
    """

    def __init__(self, reason: str, status: int = 403) -> None:
        super().__init__(reason)
        self.reason = reason
        self.status = status
