"""
Steps one after the other, and the table that says which steps in which case: for help that shows a way.

The tables are data in bank.yml, made to be read and changed by anybody. Pure; it knows neither programs nor
words.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product
from typing import Annotated, Any, Generic, TypeVar

from pydantic import Field

from programs.catalogue.model import Frozen
from programs.saying.tailoring import Figure, Help, Sentence


class Case(Frozen):
    """
    What decides about the steps; one field a question, None where it is not known.

    In a row of a table, a field that is left out (None) fits every answer, also none.
    """

    def covers(self, case: Case) -> bool:
        """True if a row with these fields is about that case."""
        return all(mine in (None, getattr(case, name)) for name, mine in self)


C = TypeVar("C", bound=Case)
S = TypeVar("S", bound=str)


class Row(Frozen, Generic[C, S]):
    """One row of a table: in which case which steps, in their order. Steps are sentences of program.yml."""

    when: C
    steps: Annotated[tuple[S, ...], Field(min_length=1)]


def steps_for(rows: Iterable[Row[C, S]], case: C) -> tuple[S, ...]:
    """The steps of the first row that fits. The table has no gap (`check_table`)."""
    return next(row.steps for row in rows if row.when.covers(case))


def check_table(rows: Iterable[Row[C, S]], schema: type[C], **answers: Iterable[Any]) -> None:
    """
    Raise ValueError naming the first case without a row, or the first row that no case reaches.

    answers: for each field of the case its possible answers; None is added to them.
    """
    reached: set[int] = set()
    listed = tuple(rows)
    for values in product(*((*some, None) for some in answers.values())):
        case = schema(**dict(zip(answers, values, strict=True)))
        fitting = next((n for n, row in enumerate(listed) if row.when.covers(case)), None)
        if fitting is None:
            raise ValueError(f"no row for {_named(case)}")
        reached.add(fitting)
    for number, row in enumerate(listed):
        if number not in reached:
            raise ValueError(f"no case reaches the row for {_named(row.when)}")


def numbered(steps: Iterable[Sentence]) -> Help:
    """
    The steps as "1. …", "2. …" by the sentence `step`, and how many as a figure; a single one stands alone.
    """
    listed = tuple(steps)
    figures = (Figure("steps", len(listed), "step"),)
    if len(listed) == 1:
        return Help(listed, figures)
    return Help(
        tuple(Sentence("step", {"number": n, "what": step}) for n, step in enumerate(listed, start=1)),
        figures,
    )


def _named(case: Case) -> str:
    return ", ".join(f"{name} {answer or 'any'}" for name, answer in case)
