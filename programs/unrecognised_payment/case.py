"""One payment in question, and the days that follow from its day and from today. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from programs.bank.business_days import open_day_after, open_day_before, open_in
from programs.bank.card_rules import CardRules
from programs.bank.disputes import Disputes
from programs.bank.holds import Holds
from programs.bank.months import months_later
from programs.saying.tailoring import Figure

Kind = Literal["card_payment", "cash_withdrawal", "direct_debit", "charged_twice", "wrong_cash"]
BOOKED_LATE_BUSINESS_DAYS = 3


@dataclass(frozen=True)
class Case:
    """The day it was booked and the sum in EUR, as far as they are known; today; and the terms that hold."""

    booked: date | None
    amount: Decimal | None
    today: date
    disputes: Disputes
    rules: CardRules
    holds: Holds

    def back_by(self) -> date:
        """The end of the business day after telling us today (PSD2, Article 73(1))."""
        return self._business_days(self.rules.refund_business_days)

    def debit_back_by(self) -> date:
        """When a direct debit is back that was asked back today (PSD2, Article 77(2))."""
        return self._business_days(self.disputes.direct_debit_answer_business_days)

    def cash_answer_by(self) -> date:
        """When we answer about wrong cash that we are told of today."""
        return self._business_days(self.disputes.wrong_cash_answer_business_days)

    def claim_until(self, booked: date) -> date:
        """The last day for claiming what was not allowed, or done wrongly (PSD2, Article 71(1))."""
        return months_later(booked, self.rules.claim_within_months)

    def debit_until(self, booked: date) -> date:
        """The last day for a direct debit back without a reason (PSD2, Article 77(1))."""
        return booked + timedelta(weeks=self.disputes.direct_debit_weeks)

    def dispute_until(self, booked: date) -> date:
        """The last day for a dispute by the card schemes' rules."""
        return booked + timedelta(days=self.disputes.card_dispute_days)

    def made_from(self, booked: date) -> date:
        """The first day on which it was made, if it was booked some business days late."""
        return open_day_before(booked, BOOKED_LATE_BUSINESS_DAYS, open_in(self.disputes.home_country))

    def _business_days(self, count: int) -> date:
        return open_day_after(self.today, count, open_in(self.disputes.home_country))


def day(name: str, value: date) -> Figure:
    """A computed day."""
    return Figure(name, value, "date")


def euros(name: str, value: Decimal) -> Figure:
    """A computed sum."""
    return Figure(name, value, "EUR")
