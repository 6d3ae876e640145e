"""
Who can have which account: the decision table of bank.yml, and the ages that its texts name.

The table is complete, or loading fails: a place, a kind and an age group always have exactly one answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import Literal, Self, get_args

from pydantic import model_validator

from programs.bank.card_post import ZONES, Zone
from programs.catalogue.model import Facts

Age = Literal["under_7", "from_7_to_15", "from_16_to_17", "from_18"]
Kind = Literal["own", "youth", "joint"]
Answer = Literal[
    "own_now",
    "own_before_18",
    "youth_now",
    "youth_now_abroad",
    "joint_now",
    "too_young",
    "youth_instead",
    "own_instead",
    "joint_later_own_now",
    "joint_later_youth_now",
    "not_resident",
]
AGES: tuple[Age, ...] = get_args(Age)
KINDS: tuple[Kind, ...] = get_args(Kind)
OPENS: frozenset[Answer] = frozenset(
    {"own_now", "own_before_18", "youth_now", "youth_now_abroad", "joint_now"}
)
"""The answers that mean yes."""
IN_A_BRANCH: frozenset[Answer] = frozenset(
    {"youth_now", "youth_now_abroad", "youth_instead", "joint_later_youth_now"}
)
"""The answers after which the app is no way: the account that is possible is opened in a branch."""


class AccountRules(Facts):
    """Ages in years, the age of a proof of address in months, times in Irish business days, and the table."""

    youth_from_years: int
    own_from_years: int
    joint_from_years: int
    proof_of_address_months: int
    check_by_hand_business_days: int
    basic_account_business_days: int
    answers: Mapping[Zone, Mapping[Kind, Mapping[Age, Answer]]]

    @model_validator(mode="after")
    def _complete(self) -> Self:
        for place, kind, age in product(ZONES, KINDS, AGES):
            if age not in self.answers.get(place, {}).get(kind, {}):
                raise ValueError(f"answers lacks {place}.{kind}.{age}")
        return self

    @property
    def ages(self) -> dict[str, object]:
        """The ages in years, by the names that the sentences use."""
        own = self.own_from_years
        return {
            "youth": self.youth_from_years,
            "youth_last": own - 1,
            "own": own,
            "joint": self.joint_from_years,
        }
