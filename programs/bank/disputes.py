"""
Getting money back: the terms of the law, of the card schemes and of the bank.

The numbers are in bank.yml, section `disputes`. Pure: no clock.
"""

from __future__ import annotations

from programs.bank.units import BusinessDays, Days
from programs.catalogue.model import Facts


class Disputes(Facts):
    """
    How long a refund takes, and how long one can claim. `…_business_days` are days on which we are open;
    the others are calendar days and weeks. The law's terms for payments that are not one's own are in section
    card_rules.
    """

    home_country: str
    card_refund_business_days: BusinessDays
    card_dispute_days: Days
    card_dispute_waits_days: Days
    direct_debit_weeks: Days
    direct_debit_answer_business_days: Days
    wrong_cash_report_days: Days
    wrong_cash_answer_business_days: Days
    shop_refund_days: Days
