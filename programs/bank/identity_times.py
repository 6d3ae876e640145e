"""
How long a proof of identity takes: in the app, or by hand where the app cannot read a document or a face.

The numbers are the bank's (bank.yml, section identity_times). Pure: no clock.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from programs.bank.business_days import add_business_days
from programs.catalogue.model import Facts


class IdentityTimes(Facts):
    """Minutes in the app, business days of the bank's country by hand."""

    home_country: str
    by_app_minutes: Annotated[int, Field(ge=1)]
    by_hand_business_days: Annotated[int, Field(ge=0)]

    def done_by_hand(self, sent: date) -> date:
        """The day on which a check by hand is done. Sent on no business day, it begins on the next."""
        begins = add_business_days(sent, 0, self.home_country)
        return add_business_days(begins, self.by_hand_business_days, self.home_country)
