"""
The set `values`: what is read out of typed answers, beside what they say. A file has the columns item, text,
expected and kind.

Works on what the running assistant reads with; keeps and prints no sentence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from programs import Item

COLUMNS = ("item", "text", "expected", "kind")
NO_VALUE = frozenset({"ASK", "DONTKNOW", "SKIP"})
"""Outcomes without a value: asked again, does not know, would rather not say."""


@dataclass(frozen=True)
class Outcome:
    """What was made of one row: what it says, what was made of it, and the kind of the row."""

    expected: str
    found: str
    kind: str

    @property
    def right(self) -> bool:
        """Whether the value is the one that was said, or none was taken for the right reason."""
        return _same(self.found, self.expected)

    @property
    def wrong(self) -> bool:
        """Whether a value was taken that is not the truth."""
        return self.found not in NO_VALUE and not self.right

    @property
    def needless(self) -> bool:
        """Whether no value was taken though one was said."""
        return self.found in NO_VALUE and self.expected not in NO_VALUE


def measure(
    rows: Iterable[Mapping[str, str]], items: Mapping[str, Item], today: date, renamed: Mapping[str, str]
) -> dict[str, Any]:
    """The figures of the set, as the running assistant reads on the day `today`."""
    read, gone = _reader(items, today), 0
    outcomes = []
    for row in rows:
        item = renamed.get(row["item"], row["item"])
        if item not in items:
            gone += 1
            continue
        outcomes.append(Outcome(row["expected"], read(item, row["text"]), row["kind"]))
    return {**figures(outcomes), "left_out": gone}


def figures(outcomes: list[Outcome]) -> dict[str, Any]:
    """Shares from 0 to 1: right and wrong of all rows, needless_ask of the rows with a value."""
    kinds: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        kinds[outcome.kind].append(outcome)
    return {
        "rows": len(outcomes),
        **_shares(outcomes),
        "by_kind": {kind: {"rows": len(kinds[kind]), **_shares(kinds[kind])} for kind in sorted(kinds)},
    }


def _shares(outcomes: list[Outcome]) -> dict[str, float]:
    with_value = [each for each in outcomes if each.expected not in NO_VALUE]
    return {
        "right": _share([each.right for each in outcomes]),
        "wrong": _share([each.wrong for each in outcomes]),
        "needless_ask": _share([each.needless for each in with_value]),
    }


def _share(truths: list[bool]) -> float:
    return round(sum(truths) / len(truths), 4) if truths else 0.0


def _reader(items: Mapping[str, Item], today: date) -> Callable[[str, str], str]:
    """A typed answer to an item → its value as text, or one of NO_VALUE; as `actions.flow.answer_value`."""
    from actions.flow.hearing import refuses
    from actions.reading.phrases import load_phrases
    from programs import NotUnderstood, read_value, to_text

    phrases = load_phrases("en")

    def read(name: str, text: str) -> str:
        item = items[name]
        value = read_value(item, text, today=today)
        if refuses(item, phrases.read(text), value):
            return "SKIP"
        if isinstance(value, NotUnderstood):
            return "DONTKNOW" if value.reason == "does_not_know" else "ASK"
        return to_text(item, value)

    return read


def _same(found: str, expected: str) -> bool:
    """The same text, or the same number written otherwise (in the same currency): 1850 and 1850.00."""
    if found == expected:
        return True
    (number, *currency), (other, *wanted) = found.split(), expected.split()
    try:
        return Decimal(number) == Decimal(other) and currency == wanted
    except InvalidOperation:
        return False
