"""
Which steps lead to a PIN or passcode in which case: a decision table, read from bank.yml.

The first row that fits is used. A table with a gap, or with a row that is never reached, is refused.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from programs.catalogue.model import Facts
from programs.saying.steps import Case, Row, check_table

Problem = Literal["forgotten_pin", "blocked_pin", "change_pin", "forgotten_passcode"]
PROBLEMS: tuple[Problem, ...] = ("forgotten_pin", "blocked_pin", "change_pin", "forgotten_passcode")
App = Literal["open", "closed"]
Where = Literal["home", "abroad"]
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


class Code(Case):
    """What the matter is, whether the app opens, and where the person is."""

    problem: Problem | None = None
    app: App | None = None
    where: Where | None = None


class Codes(Facts):
    """Tries of the passcode, and the table of steps for both codes."""

    passcode_tries: Annotated[int, Field(ge=1, le=5)]
    steps: tuple[Row[Code, Step], ...]

    @model_validator(mode="after")
    def _without_gap(self) -> Self:
        check_table(self.steps, Code, problem=PROBLEMS, app=("open", "closed"), where=("home", "abroad"))
        return self
