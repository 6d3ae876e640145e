"""
What was asked last is remembered: a number or words typed after a list of choices are the choice itself.

Only for what to take back and which need is meant. Must never read an answer to a permission, or a value.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml
from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.core.trackers import DialogueStateTracker

from engine.channels.replay import turns_of
from engine.conversations.forms import REPLAY

WORDS = Path(__file__).parent / "choices.en.yml"
TAKE_BACK, NEED = "/take_back{", "/need{"
QUESTIONS = ("permission", "value", "offer", "link")
NOT_UNDERSTOOD = ("out_of_scope", "nlu_fallback", "unclear")
Parse = Callable[..., Awaitable[dict[str, Any]]]
Button = Mapping[str, str]


@dataclass(frozen=True)
class Offered:
    """What was offered in the last turn, and the kind of question that is open beside it, or ""."""

    take_back: Sequence[Button] = ()
    needs: Sequence[Button] = ()
    question: str = ""
    at: float = 0.0

    def meant(self, text: str) -> str | None:
        """The payload that the words choose; None if they do not."""
        words = tuple(re.findall(r"\w+", text.casefold()))
        if not words or (self.question == "value" and all(word.isdigit() for word in words)):
            return None
        if self.take_back:
            return _chosen(self.take_back, words)
        return None if self.question else _placed(self.needs, words)


def install() -> None:
    """Let every message that is typed after a list be looked at before it is understood."""
    MessageProcessor.parse_message = remembering(MessageProcessor.parse_message)


def remembering(stock: Parse) -> Parse:
    """`MessageProcessor.parse_message`, with a choice in the place of the words that name it."""

    async def parse(
        self: MessageProcessor,
        message: UserMessage,
        tracker: DialogueStateTracker | None = None,
        only_output_properties: bool = True,
    ) -> dict[str, Any]:
        typed = message.text or ""
        offered = Offered()
        if tracker is not None and not typed.startswith("/"):
            offered = await offered_last(self.tracker_store, tracker.sender_id)
        if _is_early(message, offered.at) or (message.metadata or {}).get("command"):
            offered = Offered()
        payload = offered.meant(typed)
        if payload is not None:
            return await stock(self, _instead(message, payload), tracker, only_output_properties)
        parsed = await stock(self, message, tracker, only_output_properties)
        name = (parsed.get("intent") or {}).get("name")
        if offered.take_back and not offered.question and name in NOT_UNDERSTOOD:
            again = _instead(message, "/take_back")  # it asks once more
            return await stock(self, again, tracker, only_output_properties)
        return parsed

    return parse


async def offered_last(store: object, conversation: str) -> Offered:
    """What the assistant offered since the person last said something, as it is kept."""
    turns = await turns_of(store, conversation)
    said = [one for one in (turns[-1].get("said") or () if turns else ()) if one["who"] == "assistant"]
    buttons = [
        {"title": str(title), "payload": str(payload)}
        for one in said
        for title, payload in zip(
            one.get("buttons") or (), (one.get(REPLAY) or {}).get("payloads") or (), strict=False
        )
    ]
    kinds = [str(((one.get(REPLAY) or {}).get("custom") or {}).get("kind") or "") for one in said]
    back = [one for one in buttons if one["payload"].startswith(TAKE_BACK)]
    return Offered(
        back if len(back) > 1 else (),
        [one for one in buttons if one["payload"].startswith(NEED)],
        next((kind for kind in kinds if kind in QUESTIONS), ""),
        max((datetime.fromisoformat(one["at"]).timestamp() for one in said), default=0.0),
    )


def _instead(message: UserMessage, payload: str) -> UserMessage:
    message.metadata = {**(message.metadata or {}), "title": message.text}
    message.text = payload
    return message


def _is_early(message: UserMessage, shown_at: float) -> bool:
    noted = (message.metadata or {}).get("received_at")
    return isinstance(noted, str) and datetime.fromisoformat(noted).timestamp() < shown_at


def _chosen(buttons: Sequence[Button], words: tuple[str, ...]) -> str | None:
    everything = next((one["payload"] for one in buttons if '"all"' in one["payload"]), None)
    if everything and any(words == tuple(phrase.split()) for phrase in _WORDS["all"]):
        return everything
    found = _placed(buttons, words)
    telling = set(words) - _AROUND
    if found is not None or not telling:
        return found
    fitting = [one["payload"] for one in buttons if telling <= set(_words_of(one))]
    return fitting[0] if len(fitting) == 1 else None


def _placed(buttons: Sequence[Button], words: tuple[str, ...]) -> str | None:
    """By its place in the list."""
    telling = [word for word in words if word not in _AROUND] or list(words)
    if len(telling) != 1:
        return None
    places = (place for place, names in enumerate(_WORDS["places"]) if telling[0] in map(str, names))
    place = next(places, -1 if telling[0] in _WORDS["last"] else len(buttons))
    return buttons[place]["payload"] if buttons and place < len(buttons) else None


def _words_of(button: Button) -> Iterator[str]:
    yield from re.findall(r"\w+", button["title"].casefold())
    for value in re.findall(r'"item":"(\w+)"', button["payload"]):
        yield from value.split("_")


_WORDS: Mapping[str, Any] = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
_AROUND = frozenset(_WORDS["around"])
