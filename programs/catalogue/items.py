"""
The schema of a data item: what a help may ask a person, in which unit and range, and with which words.

Frozen, extra keys forbidden: a source other than "the person told us here, after being asked" cannot be
written down. This module never reads a file and never sees a value.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from programs.catalogue.model import Frozen, FrozenMap, Identifier, Label, Phrase, Text

ItemType = Literal["money", "percent", "date", "country", "choice", "duration", "yes_no", "count", "amount"]


class Shape(Frozen):
    """What every item of one type has in common."""

    units: tuple[str, ...] = ()
    """The units that it may have. None: it has no unit, or brings one itself (the currency of an amount)."""
    ending: str = ""
    """How the id ends; {unit} stands for the item's unit."""
    ranged: bool = False
    period: bool = False


SHAPES: Mapping[ItemType, Shape] = MappingProxyType(
    {
        "money": Shape(units=("EUR",), ending="_eur", ranged=True, period=True),
        "percent": Shape(units=("%",), ending="_percent", ranged=True, period=True),
        "date": Shape(ending="_date", ranged=True),
        "country": Shape(ending="_country"),
        "choice": Shape(),
        "duration": Shape(units=("month", "day"), ending="_{unit}s", ranged=True),
        "yes_no": Shape(),
        "count": Shape(units=("times",), ending="_times", ranged=True, period=True),
        "amount": Shape(ending="_amount", ranged=True),
    }
)
WHOLE: frozenset[ItemType] = frozenset({"duration", "count"})
"""Types whose values are whole numbers."""


class Choice(Frozen):
    """
    One possible answer of an item of type choice.

    `general` are words that may name it, but not beside another choice's own ("card" beside "gift card").
    `numbers` are the lowest and the highest number that it stands for, as an age group does.
    """

    label: Label
    synonyms: tuple[str, ...] = ()
    general: tuple[str, ...] = ()
    numbers: tuple[int, int] | None = None


class Item(Frozen):
    """
    One thing that a help may ask about, with the words for asking it.

    `minimum` and `maximum` are in `unit`; for dates they are days from today (-30: thirty days ago at the
    earliest), for amounts they are in whatever currency the person names. `period` says what an amount, rate
    or count refers to, so that "19 % a month" is not taken for a yearly rate.
    """

    id: Identifier
    name: Phrase
    type: ItemType
    unit: Literal["EUR", "%", "month", "day", "times"] | None = None
    period: Literal["month", "year"] | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    question: Text
    examples: Annotated[tuple[str, ...], Field(min_length=1, max_length=4)]
    why: Text
    find_it: Text | None = None
    """Where a person who does not know it finds it."""
    says_yes: tuple[str, ...] = ()
    says_no: tuple[str, ...] = ()
    """What answers a yes_no in its own words ("it still works"), beside yes and no."""
    choices: FrozenMap[Choice] = Field(default_factory=dict, validate_default=True)

    @model_validator(mode="after")
    def _fits_its_type(self) -> Self:
        shape = SHAPES[self.type]
        if (self.unit is None) == bool(shape.units) or (self.unit and self.unit not in shape.units):
            raise ValueError(f"unit of a {self.type} must be {' or '.join(shape.units) or 'left out'}")
        ending = shape.ending.format(unit=self.unit)
        if not self.id.endswith(ending):
            raise ValueError(f"id of a {self.type} must end in {ending}")
        if (self.type == "choice") != bool(self.choices):
            raise ValueError("choices belong to items of type choice, and only to those")
        if self.type != "yes_no" and (self.says_yes or self.says_no):
            raise ValueError("says_yes and says_no belong to items of type yes_no")
        return self

    @model_validator(mode="after")
    def _range_is_given_where_it_makes_sense(self) -> Self:
        shape = SHAPES[self.type]
        if not shape.ranged and (self.minimum is not None or self.maximum is not None):
            raise ValueError(f"a {self.type} has no minimum and maximum")
        if shape.ranged and (self.minimum is None or self.maximum is None or self.minimum >= self.maximum):
            raise ValueError(f"a {self.type} needs a minimum below its maximum")
        if self.type in WHOLE and any(limit % 1 for limit in (self.minimum, self.maximum) if limit):
            raise ValueError(f"minimum and maximum of a {self.type} must be whole numbers")
        if self.period and not shape.period:
            raise ValueError(f"a {self.type} has no period")
        return self
