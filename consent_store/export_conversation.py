"""
What was said, in an export: turn by turn, in plain words, opened with the person's own key.

What does not open is listed with the reason and stops nothing. Words that only the working state still holds,
because they are older than the turns that open, are listed too. Must never give out more than words,
times and buttons.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from consent_store.canonical import Plain
from consent_store.clock import to_text
from consent_store.opening import Opener
from consent_store.sql import dossier
from consent_store.sql.database import Transaction

_NO_TURN = "~"
"""Later than every instant in our form."""

_WHO = {"user": "person", "bot": "assistant"}


def conversation(tx: Transaction, openers: Mapping[str, Opener]) -> list[Plain]:
    """Every turn of all identities, the oldest first."""
    ids = list(openers)
    rows = sorted(
        dossier.rows(tx, "conversation_turn", ids),
        key=lambda row: (row["said_at"], row["person_id"], row["number"]),
    )
    turns = [_of_turn(row, openers[row["person_id"]]) for row in rows]
    first = {str(one["identity"]): _begins(one) for one in reversed(turns) if one["said"] is not None}
    older = [
        _of_state(row, openers[row["person_id"]], before=first.get(row["person_id"], _NO_TURN))
        for row in dossier.rows(tx, "conversation", ids)
    ]
    return [*(one for one in older if one["said"] != []), *turns]


def _of_turn(row: Mapping[str, Any], opener: Opener) -> dict[str, Plain]:
    content = opener.turn(row["number"], row["sealed"])
    said: list[Plain] = [_word(one) for one in _dicts((content or {}).get("said"))]
    return _entry(opener, row["number"], row["said_at"], None if content is None else said)


def _of_state(row: Mapping[str, Any], opener: Opener, *, before: str) -> dict[str, Plain]:
    content = opener.state(row["sealed"])
    words = [] if content is None else _words_in(_dicts(content.get("events")))
    older: list[Plain] = [one for one in words if str(one["at"] or "") < before]
    return _entry(opener, None, row["updated_at"], None if content is None else older)


def _begins(turn: Mapping[str, Plain]) -> str:
    """When the first word of a turn was said, as far as it is noted."""
    said = turn["said"]
    times = [one["at"] for one in said if isinstance(one, dict)] if isinstance(said, list) else []
    return min([str(at) for at in times if at], default=str(turn["at"]))


def _entry(opener: Opener, number: int | None, at: datetime, said: list[Plain] | None) -> dict[str, Plain]:
    why = "changed_or_moved" if opener.has_key else "key_not_at_hand"
    return {
        "identity": opener.person_id,
        "turn": number,
        "at": to_text(at),
        "said": said,
        "cannot_be_read_because": why if said is None else None,
    }


def _words_in(events: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Plain]]:
    """What events of Rasa's tracker say: those of kind "user" and "bot" carry the text."""
    for event in events:
        if event.get("event") in _WHO and isinstance(event.get("text"), str):
            data = event.get("data")
            buttons = _dicts(data.get("buttons")) if isinstance(data, dict) else []
            titles = [one.get("title") for one in buttons]
            who = _WHO[event["event"]]
            yield _word({**event, "who": who, "at": event.get("timestamp"), "buttons": titles})


def _word(one: Mapping[str, Any]) -> dict[str, Plain]:
    buttons = one.get("buttons")
    return {
        "who": "person" if one.get("who") == "person" else "assistant",
        "text": str(one["text"]) if one.get("text") is not None else None,
        "at": _instant(one.get("at")),
        "buttons": [str(title) for title in buttons if title] if isinstance(buttons, list) else [],
    }


def _instant(at: object) -> str | None:
    """An instant in our form, from text in ISO 8601 or seconds since 1970; None for anything else."""
    try:
        if isinstance(at, str):
            return to_text(datetime.fromisoformat(at))
        return to_text(datetime.fromtimestamp(at, UTC)) if isinstance(at, int | float) else None
    except (ValueError, OverflowError, OSError):
        return None


def _dicts(content: object) -> list[Mapping[str, Any]]:
    return [one for one in content if isinstance(one, dict)] if isinstance(content, list) else []
