"""
The schema of the help catalogue: what a help program, a data item, a controller and a notice may say.

Everything is frozen and forbids extra keys, so a source other than "the person told us here, after being
asked" cannot be written down, and a fourth item is refused. This module never reads a file and never sees a
value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Annotated, Any, Literal, Self, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
    model_validator,
)

MAX_ITEMS = 3
"""A help uses at most this many items (an invariant of the design; the gate and the database hold it too)."""

V = TypeVar("V")


def _freeze(mapping: Mapping[str, V]) -> Mapping[str, V]:
    return MappingProxyType(dict(mapping))


def _without_blank_line(text: str) -> str:
    if re.search(r"\n\s*\n", text):
        raise ValueError("a message is sent in one piece: no blank line inside")
    return text


Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$", max_length=40)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=1200), AfterValidator(_without_blank_line)]
Phrase = Annotated[str, StringConstraints(min_length=2, max_length=160, pattern=r"^[^\n]*[^\n.!?]$")]
"""A part of a sentence: one line, no full stop at its end."""
Label = Annotated[str, StringConstraints(min_length=1, max_length=20, pattern=r"^[^\n]+$")]
"""A button's words; Messenger shows 20 characters."""


class Frozen(BaseModel):
    """Base of everything that is read from the catalogue's files."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Facts(Frozen):
    """
    Base of what the bank itself states (tariffs, times, phone numbers): sections of bank.yml.

    A help function that needs such a section names it as a parameter and annotates it with a subclass of
    this.
    """


class Choice(Frozen):
    """One possible answer of an item of type choice."""

    label: Label
    synonyms: tuple[str, ...] = ()


ItemType = Literal["money", "percent", "date", "country", "choice"]
NAME_ENDINGS: Mapping[ItemType, tuple[str, ...]] = MappingProxyType(
    {"money": ("_eur",), "percent": ("_percent",), "date": ("_date",), "country": ("_country",), "choice": ()}
)


class Item(Frozen):
    """
    One thing that a help may ask about, with the words for asking it.

    `minimum` and `maximum` are in `unit`; for dates they are days from today (-30: thirty days ago at the
    earliest). `period` says what an amount or rate refers to, so that "19 % a month" is not taken for a
    yearly rate.
    """

    id: Identifier
    name: Phrase
    type: ItemType
    unit: Literal["EUR", "%"] | None = None
    period: Literal["month", "year"] | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    question: Text
    examples: Annotated[tuple[str, ...], Field(min_length=1, max_length=4)]
    why: Text
    choices: Annotated[Mapping[Identifier, Choice], AfterValidator(_freeze), PlainSerializer(dict)] = Field(
        default_factory=dict
    )

    @model_validator(mode="after")
    def _fits_its_type(self) -> Self:
        wanted_unit = {"money": "EUR", "percent": "%"}.get(self.type)
        if self.unit != wanted_unit:
            raise ValueError(f"unit of a {self.type} must be {wanted_unit or 'left out'}")
        if NAME_ENDINGS[self.type] and not self.id.endswith(NAME_ENDINGS[self.type]):
            raise ValueError(f"id of a {self.type} must end in {NAME_ENDINGS[self.type][0]}")
        if (self.type == "choice") != bool(self.choices):
            raise ValueError("choices belong to items of type choice, and only to those")
        return self

    @model_validator(mode="after")
    def _range_is_given_where_it_makes_sense(self) -> Self:
        ranged = self.type in ("money", "percent", "date")
        if not ranged and (self.minimum is not None or self.maximum is not None):
            raise ValueError(f"a {self.type} has no minimum and maximum")
        if ranged and (self.minimum is None or self.maximum is None or self.minimum >= self.maximum):
            raise ValueError(f"a {self.type} needs a minimum below its maximum")
        if self.period and self.type not in ("money", "percent"):
            raise ValueError("only money and percent have a period")
        return self


class ProgramItem(Frozen):
    """An item that a program may ask for, and what knowing it adds to the help."""

    item: Identifier
    adds: Phrase


class ProgramFile(Frozen):
    """
    The schema of programs/<id>/program.yml.

    `purpose` fits in "to {purpose}", `better` in "With a little more I can {better}.", `need` in "help with
    {need}". `remember_days` is how long a value is kept when the person wants it kept for the next time.
    """

    id: Identifier
    name: Label
    help_type: Literal["complete_purchase", "use_product", "solve_problem"]
    need: Phrase
    urgent: bool = False
    purpose: Phrase
    remember_purpose: Phrase
    remember_days: Annotated[int, Field(ge=1, le=365)] = 180
    better: Phrase
    first_steps: Text | None = None
    general_help: Text
    items: tuple[ProgramItem, ...]
    sentences: Annotated[Mapping[Identifier, Text], AfterValidator(_freeze), PlainSerializer(dict)]

    @model_validator(mode="after")
    def _asks_for_little(self) -> Self:
        ids = [entry.item for entry in self.items]
        if len(ids) > MAX_ITEMS:
            raise ValueError(f"at most {MAX_ITEMS} items, here are {len(ids)}")
        if len(set(ids)) < len(ids):
            raise ValueError("an item is listed twice")
        return self

    @model_validator(mode="after")
    def _urgent_means_first_steps(self) -> Self:
        if self.urgent != (self.first_steps is not None):
            raise ValueError("urgent programs need first_steps, and only those have them")
        return self

    @property
    def item_ids(self) -> tuple[str, ...]:
        """The items' ids, in the order of what they add."""
        return tuple(entry.item for entry in self.items)

    @property
    def purpose_key(self) -> str:
        """The stable key of the purpose: one a program."""
        return self.id

    @property
    def remember_purpose_key(self) -> str:
        """The stable key of keeping values for the next time: a purpose of its own."""
        return f"{self.id}.remember"


class Program(ProgramFile):
    """A program.yml together with the pure function that computes its help, bound to the bank's facts."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    compute: Callable[..., Any] = Field(exclude=True, repr=False)
