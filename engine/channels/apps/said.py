"""
What the assistant says, by its meaning: the same for every app, whatever it can show.

Made from the one event a message that all our channels send (engine/channels/one_message.py). Buttons are
sealed already. Holds no words of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

CLOSING = frozenset({"closed", "noted", "taken_back", "certificate"})
"""Kinds of messages after which an earlier question is over."""

DECIDED = {"given": "allow", "refused": "not_now", "deferred": "not_now"}


@dataclass(frozen=True)
class Choice:
    """A button: its title, and the sealed payload that comes back."""

    title: str
    payload: str


@dataclass(frozen=True)
class PermissionPrompt:
    """
    A permission request: what is asked for, everything that must be said before, and the three answers.

    *Allow* and *Not now* are equal: no app may show one of them bigger, earlier by its look, or alone.
    """

    text: str
    item: str
    purpose: str
    retention: str
    recipients: str
    on_no: str
    allow: Choice
    not_now: Choice
    why: Choice | None


@dataclass(frozen=True)
class Said:
    """One thing that the assistant says."""

    text: str
    choices: tuple[Choice, ...] = ()
    kind: str = ""
    prompt: PermissionPrompt | None = None
    document: Mapping[str, Any] | None = field(default=None, repr=False)
    chart: Mapping[str, Any] | None = field(default=None, repr=False)
    closes: bool = False
    """Whether an earlier question is over by it."""
    decided: str | None = None
    """What a permission came to, if that was noted: "allow" or "not_now"."""


def said_of(event: Mapping[str, Any]) -> Said:
    """
    The meaning of one event: {text, buttons: [{title, payload}], custom}.
    """
    custom = event.get("custom") or {}
    kind = str(custom.get("kind") or "")
    choices = tuple(Choice(button["title"], button["payload"]) for button in event.get("buttons") or ())
    text = str(event.get("text") or "")
    return Said(
        text=text,
        choices=choices,
        kind=kind,
        prompt=_prompt(text, choices, custom) if kind in ("permission", "link") else None,
        document=custom.get("document"),
        chart=custom.get("chart"),
        closes=kind in CLOSING or bool(custom.get("closed")),
        decided=DECIDED.get(str(custom.get("status"))) if kind == "noted" else None,
    )


def _prompt(text: str, choices: tuple[Choice, ...], custom: Mapping[str, Any]) -> PermissionPrompt | None:
    """The request in its parts; None without its two answers: then it is shown like anything else."""
    if len(choices) < 2:
        return None
    parts = {name: str(custom.get(name) or "") for name in ("purpose", "retention", "recipients", "on_no")}
    item = str(custom.get("item_name") or "")
    why = choices[2] if len(choices) > 2 else None
    return PermissionPrompt(text=text, item=item, **parts, allow=choices[0], not_now=choices[1], why=why)
