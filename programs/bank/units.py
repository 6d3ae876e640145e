"""The units in which the bank states its facts, with the range that each may have."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from programs.catalogue.model import Frozen

Eur = Annotated[Decimal, Field(ge=0)]
Percent = Annotated[Decimal, Field(ge=0, le=100)]
Times = Annotated[int, Field(ge=0)]
Days = Annotated[int, Field(ge=0, le=400)]
ClockTime = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
CountryCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
"""ISO 3166-1 alpha-2."""


class BusinessDays(Frozen):
    """From … to … business days."""

    shortest: Days
    longest: Days

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.shortest > self.longest:
            raise ValueError("shortest is longer than longest")
        return self
