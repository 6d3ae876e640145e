"""
How long a proof of identity takes: in the app, or by hand where the app cannot read a document or a face.

The numbers are the bank's (bank.yml, section identity_times). Pure: no clock.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from programs.bank.business_days import open_day_after, open_in
from programs.catalogue.model import Facts


class IdentityTimes(Facts):
    """Minutes in the app, business days of the bank's country by hand."""

    home_country: str
    by_app_minutes: Annotated[int, Field(ge=1)]
    by_hand_business_days: Annotated[int, Field(ge=0)]

    def done_by_hand(self, sent: date) -> date:
        """The day on which a check by hand is done."""
        return open_day_after(sent, self.by_hand_business_days, open_in(self.home_country))
