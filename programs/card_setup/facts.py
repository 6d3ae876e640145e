"""
Which steps set up a card in which case: a decision table, read from bank.yml.

The first row that fits is used. A table with a gap, or with a row that is never reached, is refused.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from programs.catalogue.model import Facts
from programs.saying.steps import Case, Row, check_table

Goal = Literal["activate", "phone_wallet", "link_to_app", "use_it"]
GOALS: tuple[Goal, ...] = ("activate", "phone_wallet", "link_to_app", "use_it")
InHand = Literal["yes", "no"]
Phone = Literal["iphone", "android", "other"]
Step = Literal[
    "activate_in_app",
    "or_first_payment",
    "first_payment",
    "old_card",
    "app_elsewhere",
    "not_yet",
    "virtual_now",
    "virtual_online",
    "activate_first",
    "phone_ready",
    "add_to_wallet",
    "pay_by_phone",
    "other_phone",
    "plastic_pays",
    "get_app",
    "see_cards",
    "link_number",
    "found_again",
    "in_the_post",
    "call_to_link",
    "look_for_sign",
    "chip_where_asked",
    "machine_fee",
    "no_plastic",
]


class Setup(Case):
    """What somebody wants to do, whether the card is there, and which phone they have."""

    goal: Goal | None = None
    in_hand: InHand | None = None
    phone: Phone | None = None


class SetupFacts(Facts):
    """The table of steps, and what phones need."""

    android_version: Annotated[int, Field(ge=1)]
    steps: tuple[Row[Setup, Step], ...]

    @model_validator(mode="after")
    def _without_gap(self) -> Self:
        phones = ("iphone", "android", "other")
        check_table(self.steps, Setup, goal=GOALS, in_hand=("yes", "no"), phone=phones)
        return self
