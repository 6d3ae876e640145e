"""
How something is said on Slack: https://docs.slack.dev/reference/block-kit.

Plain text only, so that nothing in it is ever taken for markup. No button has a style: *Allow* and *Not now*
look alike. Must never lose a word or a button to a limit.
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
from engine.channels.slack.markup import clean
from sealing.tagging import as_bytes, base64_text

LONGEST_TEXT = 3_000  # characters of a section; emoji count as two here, to be on the safe side
LONGEST_TITLE = 75  # characters
LONGEST_VALUE = 2_000  # characters
LONGEST_NOTE = 300  # characters; ours
MOST_BUTTONS = 25  # in a block
MOST_ACTIONS = 49  # blocks of buttons below the text: a message has at most 50 blocks
SHORT_NAME = 12  # bytes of a hash: 16 characters
NOTHING_SAID = "…"
NO_PREVIEW = {"unfurl_links": False, "unfurl_media": False}
UPLOAD = "files.upload"
"""Not one method of Slack's but three, which its own library calls."""

Block = dict[str, Any]


def rendered(said: Said, channel: str, words: Words) -> Rendered:
    """The message as calls: its text, the buttons below the last part, and its document."""
    calls = [*_messages(said, channel, words), *_document(said, channel, words)]
    names = {value_of(choice): choice for choice in said.choices}
    return Rendered(calls, {name: choice for name, choice in names.items() if name != choice.payload})


def retired(shown: Shown, outcome: str, channel: str, words: Words) -> Call:
    """The same message without its buttons, and with what was chosen, if anything was."""
    text = (_parts(shown.text) or [NOTHING_SAID])[-1]
    told = shortened(clean(words.say("chosen", title=outcome)), LONGEST_NOTE) if outcome else ""
    note = [{"type": "context", "elements": [_plain(told)]}] if told else []
    args = {"channel": channel, "ts": shown.ref, "text": f"{text}\n\n{told}".strip()}
    return Call("chat.update", {**args, "blocks": [_section(text), *note]}, optional=True)


def value_of(choice: Choice) -> str:
    """What comes back with the button: the payload, or a short name of it if it is too long."""
    if 0 < utf16_length(choice.payload) <= LONGEST_VALUE and clean(choice.payload) == choice.payload:
        return choice.payload
    return "#" + base64_text(hashlib.sha256(as_bytes(choice.payload)).digest()[:SHORT_NAME])


def _messages(said: Said, channel: str, words: Words) -> list[Call]:
    actions = _actions(said.choices)
    parts = _parts("\n\n".join(part for part in (said.text, in_words(said.chart, words)) if part))
    if actions and not parts:
        parts = _parts("\n".join(choice.title for choice in said.choices)) or [NOTHING_SAID]
    below = [actions[start : start + MOST_ACTIONS] for start in range(0, len(actions), MOST_ACTIONS)]
    parts += [NOTHING_SAID] * (len(below) - 1)
    none: list[list[Block]] = [[]] * (len(parts) - len(below))
    return [_message(channel, part, blocks) for part, blocks in zip(parts, none + below, strict=True)]


def _message(channel: str, text: str, buttons: Sequence[Block]) -> Call:
    blocks = [_section(text), *buttons]
    args = {"channel": channel, "text": text, "blocks": blocks, **NO_PREVIEW}
    return Call("chat.postMessage", args, shows=bool(buttons))


def _actions(choices: Sequence[Choice]) -> list[Block]:
    buttons = [_button(choice, number) for number, choice in enumerate(choices)]
    starts = range(0, len(buttons), MOST_BUTTONS)
    return [{"type": "actions", "elements": buttons[start : start + MOST_BUTTONS]} for start in starts]


def _button(choice: Choice, number: int) -> Block:
    title = shortened(clean(choice.title).strip() or NOTHING_SAID, LONGEST_TITLE)
    return {
        "type": "button",
        "action_id": f"choice_{number}",
        "text": _plain(title),
        "value": value_of(choice),
    }


def _document(said: Said, channel: str, words: Words) -> list[Call]:
    if said.document is None:
        return []
    name = words.say("file_certificate" if said.kind == "certificate" else "file_receipt")
    content = clean(json.dumps(said.document, indent=2, ensure_ascii=False))
    return [Call(UPLOAD, {"channel": channel, "name": name, "content": content})]


def _parts(text: str) -> list[str]:
    return split(clean(text), LONGEST_TEXT, utf16_length)


def _section(text: str) -> Block:
    return {"type": "section", "text": _plain(text)}


def _plain(text: str) -> Mapping[str, Any]:
    return {"type": "plain_text", "text": text, "emoji": False}
