"""
How something is said on Telegram: https://core.telegram.org/bots/api#sendmessage.

Plain text only, so that nothing in it is ever taken for markup. *Allow* and *Not now* stand side by side in
one row, which Telegram draws equally wide. Must never lose a word or a button to a limit.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from engine.channels.apps.app import Call, Rendered, Shown
from engine.channels.apps.charts import in_words
from engine.channels.apps.said import Choice, Said
from engine.channels.apps.splitting import shortened, split, utf16_length
from engine.channels.apps.words import Words
from sealing.tagging import as_bytes, base64_text

LONGEST_TEXT = 4_096  # UTF-16 units
LONGEST_DATA = 64  # bytes
LONGEST_NOTICE = 200  # characters
LONGEST_TITLE = 64  # characters; ours, Telegram names no limit
MOST_ROWS = 50  # ours: Telegram takes at most 100 buttons below a message
SHORT_NAME = 12  # bytes of a hash: 16 characters
NOTHING_SAID = "…"
NO_PREVIEW = {"is_disabled": True}

Button = dict[str, str]
Row = list[Button]


def rendered(said: Said, chat: int, words: Words) -> Rendered:
    """The message as calls: its text, the buttons below the last part, and its document."""
    calls = [*_messages(said, chat, words), *_document(said, chat, words)]
    names = {data_of(choice): choice for choice in said.choices}
    return Rendered(calls, {name: choice for name, choice in names.items() if name != choice.payload})


def retired(shown: Shown, outcome: str, chat: int, words: Words) -> Call:
    """
    The same message without its buttons, and with what was chosen.

    Where that does not fit, and where nothing was chosen, only the buttons go.
    """
    where = {"chat_id": chat, "message_id": shown.ref}
    told = words.say("chosen", title=outcome) if outcome else ""
    parts = _parts(shown.text)
    text = _clean("\n\n".join([*parts[-1:], told]))
    if not told or utf16_length(text) > LONGEST_TEXT:
        return Call("editMessageReplyMarkup", where, optional=True)
    return Call("editMessageText", {**where, **_text(text)}, optional=True)


def message(chat: int, text: str) -> dict[str, Any]:
    """The arguments of sendMessage for a text that fits."""
    return {"chat_id": chat, **_text(text)}


def notice(text: str) -> str:
    """As much as fits over a chat."""
    return shortened(text, LONGEST_NOTICE)


def data_of(choice: Choice) -> str:
    """What comes back with the button: the payload, or a short name of it if it is too long."""
    payload = as_bytes(choice.payload)
    if 0 < len(payload) <= LONGEST_DATA and _clean(choice.payload) == choice.payload:
        return choice.payload
    return "#" + base64_text(hashlib.sha256(payload).digest()[:SHORT_NAME])


def _messages(said: Said, chat: int, words: Words) -> list[Call]:
    keyboards = _keyboards(_rows(said))
    parts = _parts("\n\n".join(part for part in (said.text, in_words(said.chart, words)) if part))
    if keyboards and not parts:
        parts = _parts("\n".join(choice.title for choice in said.choices)) or [NOTHING_SAID]
    parts += [NOTHING_SAID] * (len(keyboards) - 1)
    bare = len(parts) - len(keyboards)
    first = [Call("sendMessage", message(chat, part)) for part in parts[:bare]]
    return first + [
        Call("sendMessage", {**message(chat, part), "reply_markup": {"inline_keyboard": rows}}, shows=True)
        for part, rows in zip(parts[bare:], keyboards, strict=True)
    ]


def _rows(said: Said) -> list[Row]:
    """One row a button, but for the two answers to a permission request."""
    rows = [[_button(choice)] for choice in said.choices]
    if said.prompt is None:
        return rows
    equal = [_button(said.prompt.allow), _button(said.prompt.not_now)]
    return [equal, *rows[2:]]


def _button(choice: Choice) -> Button:
    title = _clean(choice.title).strip() or NOTHING_SAID
    return {"text": shortened(title, LONGEST_TITLE), "callback_data": data_of(choice)}


def _keyboards(rows: Sequence[Row]) -> list[list[Row]]:
    return [list(rows[start : start + MOST_ROWS]) for start in range(0, len(rows), MOST_ROWS)]


def _document(said: Said, chat: int, words: Words) -> list[Call]:
    if said.document is None:
        return []
    name = words.say("file_certificate" if said.kind == "certificate" else "file_receipt")
    content = _clean(json.dumps(said.document, indent=2, ensure_ascii=False))
    return [Call("sendDocument", {"chat_id": chat, "name": name, "content": content})]


def _parts(text: str) -> list[str]:
    return split(_clean(text), LONGEST_TEXT, utf16_length)


def _text(text: str) -> Mapping[str, Any]:
    return {"text": text, "link_preview_options": NO_PREVIEW}


def _clean(text: str) -> str:
    """Without halves of characters, which no request can carry."""
    return text.encode("utf-8", "replace").decode()
