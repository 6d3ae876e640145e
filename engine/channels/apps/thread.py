"""
What an app shows of a conversation: which buttons can be pressed, and what a number stands for right now.

Kept sealed beside the conversation, so that it is the same after a start, and gone with "forget me". Pure. An
old number must never answer a new question.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from engine.channels.apps.app import Shown
from engine.channels.apps.said import Choice, Said

MOST_SHOWN = 6
MOST_TITLES = 60
MOST_NAMES = 40
AROUND_A_NUMBER = " \t\n.)"


@dataclass(frozen=True)
class Thread:
    """
    `options`: what may come back, and the choice that it stands for. `shown`: messages with live buttons, the
    oldest first. `titles`: of the buttons that were offered, by their payload. `shown_at`: the instant (ISO
    8601) from which on a number can mean what it stands for now; "" if that is not known.
    """

    options: Mapping[str, Choice] = field(default_factory=dict, repr=False)
    shown: tuple[Shown, ...] = field(default=(), repr=False)
    titles: Mapping[str, str] = field(default_factory=dict, repr=False)
    shown_at: str = ""

    def meant(self, text: str) -> Choice | None:
        """The choice that a number, or the short name of a button, stands for now."""
        return self.options.get(text.strip(AROUND_A_NUMBER))

    def typed(self, text: str, at: datetime) -> Choice | None:
        """The same for words that were written at an instant (aware): before the choice was shown, none."""
        seen = not self.shown_at or at >= datetime.fromisoformat(self.shown_at)
        return self.meant(text) if seen else None

    def with_shown(self, shown: Shown) -> Thread:
        """With one more message whose buttons can be pressed."""
        return replace(self, shown=(*self.shown, shown)[-MOST_SHOWN:])

    def without(self, gone: Sequence[Shown]) -> Thread:
        """Without messages whose buttons are gone, and without what stood for an answer to them."""
        return replace(self, shown=tuple(one for one in self.shown if one not in gone))

    def offering(self, said: Sequence[Said]) -> Thread:
        """
        With the titles of what is offered, and without the numbers before: new ones count once they are seen
        (`answered_by`). Short names of buttons stay: they stand for one payload each, and the buttons may
        still be there.
        """
        names = [(key, choice) for key, choice in self.options.items() if not key.isdigit()][-MOST_NAMES:]
        offered = {choice.payload: choice.title for one in said for choice in one.choices}
        former = [(key, title) for key, title in self.titles.items() if key not in offered]
        titles = dict([*former, *offered.items()][-MOST_TITLES:])
        return replace(self, options=dict(names), titles=titles)

    def answered_by(self, options: Mapping[str, Choice], at: datetime | None = None) -> Thread:
        """With what may come back to a message that was sent at an instant (aware; None: not known)."""
        if not options:
            return self
        return replace(self, options={**self.options, **options}, shown_at=at.isoformat() if at else "")

    def over_by(self, said: Sequence[Said], pressed_on: str | None) -> list[Shown]:
        """
        The messages whose question is over now.

        Once something new is asked, or noted, all earlier questions are; the buttons of tailored help stay
        until other help begins, or all is forgotten. If nothing was said but that something is broken, the
        question stays.
        """
        if forgotten(said):
            return list(self.shown)
        moved = moves_on(said)
        other_help = any(one.kind in ("offer", "tailored_help") for one in said)
        return [
            one
            for one in self.shown
            if (moved and (one.kind != "tailored_help" or other_help))
            or (one.ref == pressed_on and one.kind == "feedback")
        ]


def forgotten(said: Sequence[Said]) -> bool:
    """Whether the person was erased in this turn."""
    return any(one.kind == "certificate" for one in said)


def moves_on(said: Sequence[Said]) -> bool:
    """Whether an earlier question is over by what is said now."""
    return any(one.choices or one.closes for one in said)


def outcome_of(shown: Shown, said: Sequence[Said], pressed_on: str | None, title: str) -> str:
    """What was answered to a question that is over: a button's title, or what was noted; "" if nothing."""
    if pressed_on == shown.ref:
        return title
    decided = next((one.decided for one in said if one.decided), None)
    return shown.answers.get(decided or "", "")


def as_json(thread: Thread) -> dict[str, Any]:
    """The thread as JSON can hold it."""
    return {
        "options": {key: [choice.title, choice.payload] for key, choice in thread.options.items()},
        "shown": [[one.ref, one.text, one.kind, dict(one.answers)] for one in thread.shown],
        "titles": dict(thread.titles),
        "shown_at": thread.shown_at,
    }


def from_json(content: Mapping[str, Any] | None) -> Thread:
    """The thread again; an empty one from nothing, and from what another version of this wrote."""
    if not content:
        return Thread()
    try:
        return Thread(
            {key: Choice(*choice) for key, choice in content["options"].items()},
            tuple(Shown(*one) for one in content["shown"]),
            dict(content["titles"]),
            str(content["shown_at"]),
        )
    except (AttributeError, KeyError, TypeError, ValueError):
        return Thread()
