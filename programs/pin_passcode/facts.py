"""
Which steps lead to a PIN or passcode in which case: a decision table, read from bank.yml.

The first row that fits is used; what is not known fits only "any". A table with a gap is refused when it
is read.
"""

from __future__ import annotations

from itertools import product
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from programs.model import Facts, Frozen

Problem = Literal["forgotten_pin", "blocked_pin", "change_pin", "forgotten_passcode"]
PROBLEMS: tuple[Problem, ...] = ("forgotten_pin", "blocked_pin", "change_pin", "forgotten_passcode")
App = Literal["open", "closed"]
Where = Literal["home", "abroad"]
Any_ = Literal["any"]
Step = Literal[
    "get_into_app",
    "get_in_if_closed",
    "reset_passcode",
    "reset_while_open",
    "see_pin",
    "unblock_pin",
    "chip_once",
    "chip_once_abroad",
    "old_pin_first",
    "change_at_machine",
    "change_at_home_only",
    "choose_well",
    "known_to_others",
    "phone_pays",
]


class Row(Frozen):
    """One row of the table: for which case which steps, in their order."""

    problem: Problem | Any_
    app: App | Any_
    where: Where | Any_
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]

    def fits(self, problem: Problem | None, app: App | None, where: Where | None) -> bool:
        """True if the row is about this case; None is fitted by "any" alone."""
        wanted = zip((self.problem, self.app, self.where), (problem, app, where), strict=True)
        return all(mine in ("any", theirs) for mine, theirs in wanted)


class Codes(Facts):
    """Tries and times of the two codes, and the table of steps."""

    passcode_tries: Annotated[int, Field(ge=1, le=5)]
    passcode_reset_minutes: Annotated[int, Field(ge=1)]
    by_hand_business_days: Annotated[int, Field(ge=0)]
    steps: tuple[Row, ...]

    @model_validator(mode="after")
    def _without_gap(self) -> Self:
        apps: tuple[App | None, ...] = ("open", "closed", None)
        wheres: tuple[Where | None, ...] = ("home", "abroad", None)
        for case in product((*PROBLEMS, None), apps, wheres):
            if not any(row.fits(*case) for row in self.steps):
                raise ValueError(f"no row for {' '.join(str(part or 'any') for part in case)}")
        return self

    def steps_for(self, problem: Problem | None, app: App | None, where: Where | None) -> tuple[Step, ...]:
        """The steps of the first row that fits; there always is one."""
        return next(row.steps for row in self.steps if row.fits(problem, app, where))
