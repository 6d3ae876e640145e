"""
What a help function returns, and how it becomes words: sentences of program.yml filled with formatted values.

Nothing here knows a program. A help function never writes a sentence; it names one and gives its figures.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Literal

from programs.catalogue.errors import HelpInvalid, UnknownItem
from programs.catalogue.model import Program
from programs.saying.formatting import fill


@dataclass(frozen=True)
class Sentence:
    """A sentence of program.yml by its key, with the values of its fields."""

    key: str
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Figure:
    """One computed number or day. `unit` is "EUR", "%", "month", "day", "times", "date", a currency …"""

    id: str
    value: Decimal | int | date
    unit: str


@dataclass(frozen=True)
class Point:
    """
    One point or bar of a chart: what it is called, its value, and the value as a person reads it.

    `at` is its place along a line (months, days …), so that unequal steps are not drawn as equal ones.
    """

    label: Sentence
    value: Decimal
    shown: Sentence
    at: int | None = None


@dataclass(frozen=True)
class Chart:
    """
    Figures that people would rather look at than read: its title, what it shows in words, and its points.

    It says nothing that its `text` does not say. `unit` is "EUR" or "%".
    """

    kind: Literal["line", "bars"]
    title: Sentence
    text: Sentence
    unit: str
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Help:
    """
    What a help function found out: sentences in the order in which they are said, and the figures in them.
    """

    sentences: tuple[Sentence, ...]
    figures: tuple[Figure, ...] = ()
    chart: Chart | None = None


def joined(*parts: Help) -> Help:
    """Several helps as one: all their sentences one after the other, all their figures, the first chart."""
    return Help(
        tuple(sentence for part in parts for sentence in part.sentences),
        tuple(figure for part in parts for figure in part.figures),
        next((part.chart for part in parts if part.chart), None),
    )


@dataclass(frozen=True)
class WordedPoint:
    """A point in words, with its value for whoever draws it."""

    label: str
    value: Decimal
    shown: str
    at: int | None = None


@dataclass(frozen=True)
class WordedChart:
    """A chart in words, for channels that can draw it. Others leave it out."""

    kind: Literal["line", "bars"]
    title: str
    text: str
    unit: str
    points: tuple[WordedPoint, ...]


@dataclass(frozen=True)
class TailoredHelp:
    """
    A help in words, with the items that it used and those that it did without (ids, in the program's order).
    """

    text: str
    used: tuple[str, ...]
    without: tuple[str, ...]
    figures: tuple[Figure, ...]
    chart: WordedChart | None = None


def help_for(
    program: Program, values: Mapping[str, object], *, today: date, language: str = "en"
) -> TailoredHelp:
    """
    Compute and word the help of a program from the released values, and from nothing else.

    values: item id → value of its type (programs.saying.values.Value); missing or None: not given. Raises
    UnknownItem for a value that is none of the program's items, NoItems for a program that has none,
    HelpInvalid if a sentence is missing.
    """
    strangers = sorted(set(values) - set(program.item_ids))
    if strangers:
        raise UnknownItem(f"{program.id} does not use: {', '.join(strangers)}")
    given = {item: values.get(item) for item in program.item_ids}
    found: Help = program.compute(**given, today=today)
    return TailoredHelp(
        text="\n".join(_say(program, sentence, language) for sentence in found.sentences),
        used=tuple(item for item, value in given.items() if value is not None),
        without=tuple(item for item, value in given.items() if value is None),
        figures=found.figures,
        chart=_worded_chart(program, found.chart, language) if found.chart else None,
    )


def _worded_chart(program: Program, chart: Chart, language: str) -> WordedChart:
    say = partial(_say, program, language=language)
    points = tuple(
        WordedPoint(label=say(point.label), value=point.value, shown=say(point.shown), at=point.at)
        for point in chart.points
    )
    return WordedChart(chart.kind, say(chart.title), say(chart.text), chart.unit, points)


def _say(program: Program, sentence: Sentence, language: str) -> str:
    """
    A sentence in words; parameters that are sentences themselves (parts, lists of parts) are worded first.
    """
    params = {name: _worded(program, value, language) for name, value in sentence.params.items()}
    try:
        return fill(program.sentences[sentence.key], params, language)
    except KeyError as missing:
        raise HelpInvalid(f"{program.id}: sentence {sentence.key} lacks {missing}") from None


def _worded(program: Program, value: object, language: str) -> object:
    if isinstance(value, Sentence):
        return _say(program, value, language)
    if isinstance(value, tuple):
        return [_worded(program, part, language) for part in value]
    return value
