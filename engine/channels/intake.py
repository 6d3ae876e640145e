"""
What may go to Rasa out of what a client sent: plain words, or a button that we offered.

Rasa takes any text with a leading "/" for a command. Only an unsealed button may become one; what a person
types must never.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from sealing.button import unseal

LONGEST_TEXT = 2_000  # characters
LONGEST_PAYLOAD = 2_000
NOT_A_COMMAND = "/unclear"  # what a typed command counts as: an answer that grants nothing
COMMAND_SYNTAX = re.compile(r"/\s*[/\w.]+\s*[{@~]|/\S+$|[\w.]+\s*\{")  # /allow{"r":…}, /restart, allow{"r":…}
SLASHES = "/\\\uff0f\u2044\u2215\u2571\u29f8\uff3c\u29f5\ufe68\u2216\u2572\u27cb\u0338"
"""What looks like a slash, and what some keyboards give for one."""
LOOKS_EMPTY = "\u2800\u3164\u115f\u1160\uffa0"
"""Letters and signs by their kind, of which nothing is seen."""
MESSAGE_ID = re.compile(r"[\w.:-]{1,64}", re.ASCII)
LINE_BREAKS = "\n\r\t"


class IntakeRefused(Exception):
    """A message that cannot be passed on. `code` goes to the client; the text never goes anywhere."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Message:
    """Text for Rasa, whether it came from a button of ours, and whether somebody typed it like a command."""

    text: str
    button: bool
    command: bool = False

    @property
    def metadata(self) -> dict[str, bool]:
        """What Rasa keeps beside the text: {"button": bool}, and {"command": True} where that is so."""
        return {"button": self.button, **({"command": True} if self.command else {})}


def message_id(sent: object) -> str:
    """
    The id that a client gave its message: 1 to 64 letters, digits and "_.:-".

    Raises IntakeRefused("bad_message") for any other, and for what is no message at all.
    """
    given = sent.get("id") if isinstance(sent, dict) else None
    if not isinstance(given, str) or not MESSAGE_ID.fullmatch(given):
        raise IntakeRefused("bad_message")
    return given


def typed(text: object) -> Message:
    """
    What somebody typed, as plain words of at most 2,000 characters.

    Raises IntakeRefused: "bad_message" if it is no text or nothing is left, "too_long".
    """
    if not isinstance(text, str):
        raise IntakeRefused("bad_message")
    if len(text) > LONGEST_TEXT:
        raise IntakeRefused("too_long")
    clean = _without_controls(text).strip()
    words = _without_leading_slashes(clean)
    if not words:
        raise IntakeRefused("bad_message")
    is_command = any(each in SLASHES for each in clean[: len(clean) - len(words)])
    if COMMAND_SYNTAX.match(f"/{words}" if is_command and _is_close(clean, words) else clean):
        return Message(NOT_A_COMMAND, button=False, command=True)
    return Message(words, button=False, command=is_command)


def pressed(key: bytes, conversation: str, sealed: object) -> Message:
    """
    The payload of a button that we offered in this conversation.

    key: the button key, 32 bytes. Raises IntakeRefused("bad_message") for any other button.
    """
    if not isinstance(sealed, str) or len(sealed) > LONGEST_PAYLOAD:
        raise IntakeRefused("bad_message")
    payload = unseal(key, conversation, sealed)
    if not payload:
        raise IntakeRefused("bad_message")
    return Message(payload, button=True)


def either(key: bytes, conversation: str, text: object) -> Message:
    """
    For channels with one field for both: a button of ours if it is one, else typed words. Raises
    IntakeRefused.
    """
    try:
        return pressed(key, conversation, text)
    except IntakeRefused:
        return typed(text)


def _without_controls(text: str) -> str:
    """Controls become blanks; lone surrogates, which no database can hold, go."""
    kept = (" " if unicodedata.category(each) == "Cc" and each not in LINE_BREAKS else each for each in text)
    return "".join(each for each in kept if unicodedata.category(each) != "Cs")


def _without_leading_slashes(text: str) -> str:
    """Also takes invisible characters in front, which could hide a slash from us but not from Rasa."""
    place = 0
    while place < len(text) and (text[place] in SLASHES or _is_blank(text[place])):
        place += 1
    return text[place:]


def _is_blank(character: str) -> bool:
    kind = unicodedata.category(character)
    return character.isspace() or kind in ("Cf", "Zs", "Zl", "Zp", "Mn") or character in LOOKS_EMPTY


def _is_close(text: str, words: str) -> bool:
    """Whether no visible blank stands between the slash and the words."""
    return not text[: len(text) - len(words)].endswith((" ", "\n", "\t", "\u00a0"))
