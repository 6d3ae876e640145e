"""
What the assistant says, as messages of Twilio, within the limits of SMS and of WhatsApp.

Must never leave a choice out, and never show *Allow* otherwise than *Not now*.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from engine.channels.apps.app import Call, Rendered
from engine.channels.apps.charts import in_words
from engine.channels.apps.numbering import numbered
from engine.channels.apps.said import Choice, Said
from engine.channels.apps.splitting import split, split_before, utf16_length
from engine.channels.apps.words import Words

MOST_SMS = 640
"""Characters of a text message: a few parts of the network's; Twilio would take 1,600."""

MOST_WHATSAPP = 1024
MOST_BUTTONS = 3
MOST_TITLE = 20
MOST_PAYLOAD = 200
"""Of a WhatsApp message and its buttons, in characters; those beyond the first 65,536 count twice."""

MESSAGE, QUICK_REPLY = "message", "quick_reply"


def render_sms(said: Said, to: str, words: Words, first: int) -> Rendered:
    """Texts, the choices at the end of the last. A permission request is one text without a blank line."""
    lines, options = numbered(said, words, first)
    text = _text(said, words)
    if said.prompt is not None:
        text = re.sub(r"\n\s*\n", "\n", text)
    return Rendered(_messages(to, split_before(text, lines, MOST_SMS)), options)


def render_whatsapp(said: Said, to: str, words: Words, first: int) -> Rendered:
    """
    Texts, the last with up to three buttons below it, else with numbered choices.

    A typed number counts for a button, too: that is how the choices are shown if Twilio refuses the buttons.
    """
    text = _text(said, words)
    lines, options = numbered(said, words, first)
    if not text or not _fit(said.choices):
        return Rendered(_messages(to, split_before(text, lines, MOST_WHATSAPP, utf16_length)), options)
    *before, last = split(text, MOST_WHATSAPP, utf16_length)
    buttons = [{"title": choice.title, "payload": choice.payload} for choice in said.choices]
    args = {"to": to, "text": last, "choices": buttons, "numbered": lines}
    return Rendered([*_messages(to, before), Call(QUICK_REPLY, args)], options)


def _text(said: Said, words: Words) -> str:
    return "\n\n".join(part for part in (said.text.strip(), in_words(said.chart, words)) if part)


def _messages(to: str, texts: Sequence[str]) -> list[Call]:
    return [Call(MESSAGE, {"to": to, "text": text}) for text in texts]


def _fit(choices: Sequence[Choice]) -> bool:
    """Whether all can be buttons. WhatsApp wants their titles to differ."""
    titles = {choice.title for choice in choices}
    return (
        0 < len(choices) <= MOST_BUTTONS
        and len(titles) == len({choice.payload for choice in choices}) == len(choices)
        and all(title.strip() and utf16_length(title) <= MOST_TITLE for title in titles)
        and all(0 < utf16_length(choice.payload) <= MOST_PAYLOAD for choice in choices)
    )
