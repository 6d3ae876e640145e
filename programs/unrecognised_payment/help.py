"""
A payment that is not right: the last days for claiming it, when the money is back, and how much of it.

Every subset of kind, day and sum gives what follows from it. Pure; the law's and the schemes' terms from
bank.yml.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from programs.bank.card_rules import CardRules
from programs.bank.disputes import Disputes
from programs.bank.holds import Holds
from programs.saying.tailoring import Help
from programs.unrecognised_payment import kinds
from programs.unrecognised_payment.case import Case, Kind

BY_KIND: Mapping[Kind, Callable[[Case], Help]] = {
    "card_payment": kinds.card_payment,
    "cash_withdrawal": kinds.cash_withdrawal,
    "direct_debit": kinds.direct_debit,
    "charged_twice": kinds.charged_twice,
    "wrong_cash": kinds.wrong_cash,
}


def unrecognised_payment(
    *,
    disputed_kind: Kind | None,
    disputed_date: date | None,
    disputed_amount_eur: Decimal | None,
    today: date,
    disputes: Disputes,
    card_rules: CardRules,
    holds: Holds,
) -> Help:
    """
    Until when the money can be claimed, when it is back and how much of it, as far as the given values allow.

    `disputed_date` is the day on which it was booked. None means "not given". Raises nothing for values in
    range. Source: Directive (EU) 2015/2366 (PSD2), Articles 71 to 77, and card schemes' rules, README.md.
    """
    case = Case(disputed_date, disputed_amount_eur, today, disputes, card_rules, holds)
    return BY_KIND[disputed_kind](case) if disputed_kind else kinds.any_kind(case)
