"""
Slack's markup in and out of plain words: https://docs.slack.dev/messaging/formatting-message-text.

Must never let anything that we say be taken for markup, nor take what a person wrote for anything but words.
"""

from __future__ import annotations

import re

_MARKUP = re.compile(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>")
_ESCAPES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"))
_BEFORE_NAMES = {"@": "@", "#": "#", "!": "", "": ""}


def plain(text: str) -> str:
    """What was written, without markup: links by their words, people and channels by their names if given."""
    words = _MARKUP.sub(_words_of, text)
    for character, escape in reversed(_ESCAPES):
        words = words.replace(escape, character)
    return words.strip()


def escaped(text: str) -> str:
    """The text, for a field in which Slack looks for markup."""
    for character, escape in _ESCAPES:
        text = text.replace(character, escape)
    return text


def clean(text: str) -> str:
    """Without halves of characters, which no request should carry."""
    return text.encode("utf-8", "replace").decode()


def _words_of(found: re.Match[str]) -> str:
    """Ids of people and channels are nobody's words, so they go."""
    kind, target, label = found.groups()
    if label:
        named = label.removeprefix(kind) if kind in ("@", "#") else label
        return _BEFORE_NAMES[kind] + named
    if kind in ("@", "#"):
        return ""
    return f"@{target}" if kind == "!" else target.removeprefix("mailto:").removeprefix("tel:")
