"""
What the assistant says, as calls of Messenger's Send API, within its limits.

Must never leave a choice out, and never show *Allow* otherwise than *Not now*.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from engine.channels.apps.app import Call, Rendered
from engine.channels.apps.charts import in_words
from engine.channels.apps.numbering import numbered
from engine.channels.apps.said import Choice, Said
from engine.channels.apps.splitting import split_before, utf16_length
from engine.channels.apps.words import Words

MOST_TEXT = 2000
MOST_REPLIES = 13
MOST_TITLE = 20
MOST_PAYLOAD = 1000
"""Characters. Meta does not say how it counts those beyond the first 65,536; we count them twice."""

MESSAGE, DOCUMENT = "message", "document"
FILE_NAMES = {"certificate": "file_certificate"}


def render(said: Said, recipient: str, words: Words, first: int) -> Rendered:
    """
    Texts, the last with the choices below it, and a document, if there is one.

    Choices that fit are quick replies under their own titles; otherwise they are numbered in the text, and
    the quick replies are the numbers.
    """
    text = _below(said.text, in_words(said.chart, words))
    lines, options = numbered(said, words, first)
    replies = _numbers(options)
    if text and _fit(said.choices):
        lines, options = "", {}
        replies = [(choice.title, choice.payload) for choice in said.choices]
    texts = [_message(recipient, part) for part in split_before(text, lines, MOST_TEXT, utf16_length)]
    if texts and replies:
        texts[-1]["message"]["quick_replies"] = [_reply(*reply) for reply in replies]
    return Rendered(_calls(texts, _document(said, recipient, words), bool(said.choices)), options)


def _below(text: str, chart: str) -> str:
    return "\n\n".join(part for part in (text.strip(), chart) if part)


def _fit(choices: Sequence[Choice]) -> bool:
    """Whether all can be quick replies under their own titles."""
    titles = all(choice.title.strip() and utf16_length(choice.title) <= MOST_TITLE for choice in choices)
    return titles and len(choices) <= MOST_REPLIES and _can_come_back(choices)


def _can_come_back(choices: Sequence[Choice]) -> bool:
    return all(0 < utf16_length(choice.payload) <= MOST_PAYLOAD for choice in choices)


def _numbers(options: Mapping[str, Choice]) -> list[tuple[str, str]]:
    """Quick replies for the first numbers; none at all if one of them could not come back: all are equal."""
    shown = list(options.items())[:MOST_REPLIES]
    if not _can_come_back([choice for _, choice in shown]):
        return []
    return [(number, choice.payload) for number, choice in shown]


def _reply(title: str, payload: str) -> dict[str, str]:
    return {"content_type": "text", "title": title, "payload": payload}


def _message(recipient: str, text: str) -> dict[str, Any]:
    return {"recipient": {"id": recipient}, "messaging_type": "RESPONSE", "message": {"text": text}}


def _document(said: Said, recipient: str, words: Words) -> Call | None:
    if said.document is None:
        return None
    name = words.say(FILE_NAMES.get(said.kind, "file_receipt"))
    return Call(DOCUMENT, {"recipient": recipient, "name": name, "document": said.document})


def _calls(texts: Sequence[Mapping[str, Any]], document: Call | None, has_choices: bool) -> list[Call]:
    """In order. Quick replies are gone once anything follows them, so a document goes before those."""
    calls = [Call(MESSAGE, text) for text in texts]
    if document is not None:
        calls.insert(len(calls) - 1 if has_choices and calls else len(calls), document)
    return calls
