"""
The schema of a help program: its need, its texts, and the items that it may ask for, three at most.

Everything is frozen and forbids extra keys, so nothing about consent can be said here in another way. This
module never reads a file and never sees a value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
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
MAX_TEXT = 1200
"""Characters of one message that every channel shows whole."""
ABOUT_ITEMS = ("purpose", "remember_purpose", "better", "sentences")
"""What a program with items needs, and a program without them must not have."""

V = TypeVar("V")


def freeze(mapping: Mapping[str, V]) -> Mapping[str, V]:
    """A read-only copy, so that nothing in the catalogue can be changed after loading."""
    return MappingProxyType(dict(mapping))


def _without_blank_line(text: str) -> str:
    if re.search(r"\n\s*\n", text):
        raise ValueError("a message is sent in one piece: no blank line inside")
    return text


Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$", max_length=40)]
Text = Annotated[
    str, StringConstraints(min_length=1, max_length=MAX_TEXT), AfterValidator(_without_blank_line)
]
Phrase = Annotated[str, StringConstraints(min_length=2, max_length=160, pattern=r"^[^\n]*[^\n.!?]$")]
"""A part of a sentence: one line, no full stop at its end."""
Label = Annotated[str, StringConstraints(min_length=1, max_length=20, pattern=r"^[^\n]+$")]
"""A button's words; Messenger shows 20 characters."""
FrozenMap = Annotated[Mapping[Identifier, V], AfterValidator(freeze), PlainSerializer(dict)]


class Frozen(BaseModel):
    """Base of everything that is read from the catalogue's files."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Facts(Frozen):
    """
    Base of what the bank itself states (tariffs, times, phone numbers): sections of bank.yml.

    A help function that needs such a section names it as a parameter and annotates it with a subclass of
    this.
    """


class ProgramItem(Frozen):
    """An item that a program may ask for, and what knowing it adds to the help."""

    item: Identifier
    adds: Phrase


class FinerNeed(Frozen):
    """
    One of the questions with which people come to a program, and its own answer, which goes before the
    general help.

    `need` stands in "help with {need}", in place of the program's.
    """

    need: Phrase
    first: Text


class ProgramFile(Frozen):
    """
    The schema of programs/<id>/program.yml.

    `purpose` fits in "to {purpose}", `better` in "With a little more I can {better}.", `need` in "help with
    {need}". `remember_days` is how long a value is kept when the person wants it kept for the next time. A
    program without items gives its general help and asks nothing; then all that is about asking is left out
    (purpose, remember_purpose, better, sentences), and is empty here.
    """

    id: Identifier
    name: Label
    help_type: Literal["complete_purchase", "use_product", "solve_problem"]
    need: Phrase
    urgent: bool = False
    purpose: Phrase = ""
    remember_purpose: Phrase = ""
    remember_days: Annotated[int, Field(ge=1, le=365)] = 180
    better: Phrase = ""
    first_steps: Text | None = None
    general_help: Text
    finer_needs: FrozenMap[FinerNeed] = Field(default_factory=dict, validate_default=True)
    items: tuple[ProgramItem, ...]
    sentences: FrozenMap[Text] = Field(default_factory=dict, validate_default=True)

    @model_validator(mode="after")
    def _asks_for_little(self) -> Self:
        ids = [entry.item for entry in self.items]
        if len(ids) > MAX_ITEMS:
            raise ValueError(f"at most {MAX_ITEMS} items, here are {len(ids)}")
        if len(set(ids)) < len(ids):
            raise ValueError("an item is listed twice")
        return self

    @model_validator(mode="after")
    def _says_why_it_asks(self) -> Self:
        for field in ABOUT_ITEMS:
            if self.items and not getattr(self, field):
                raise ValueError(f"{field} is missing: the program asks for items")
            if not self.items and field in self.model_fields_set:
                raise ValueError(f"{field} is for programs with items, and this one has none")
        return self

    @model_validator(mode="after")
    def _every_answer_is_one_message(self) -> Self:
        for key in self.finer_needs:
            length = len(self.general_help_for(key))
            if length > MAX_TEXT:
                raise ValueError(
                    f"finer_needs.{key}.first and general_help have {length} characters together; "
                    f"at most {MAX_TEXT}"
                )
        return self

    @model_validator(mode="after")
    def _urgent_means_first_steps(self) -> Self:
        if self.urgent != (self.first_steps is not None):
            raise ValueError("urgent programs need first_steps, and only those have them")
        return self

    @property
    def has_items(self) -> bool:
        """False for a program that gives its general help and asks nothing."""
        return bool(self.items)

    def need_of(self, finer: str | None) -> str:
        """What the person would like help with: the words of the finer need, or the program's own."""
        found = self.finer_needs.get(finer) if finer else None
        return found.need if found else self.need

    def general_help_for(self, finer: str | None) -> str:
        """The help that needs nothing: the finer need's own answer first, if it is one of the program's."""
        found = self.finer_needs.get(finer) if finer else None
        return f"{found.first}\n{self.general_help}" if found else self.general_help

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
