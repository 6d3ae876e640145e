"""
What an exchange of money cost: the rate that a person got, against the ECB's reference rate of the day.

Every subset of amount, euros charged and day gives what follows from it. Pure; nothing is fetched.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from programs.bank.tariff import CENT, PLANS, Cards
from programs.exchange_cost.charge import compared
from programs.exchange_cost.margin import worth_of
from programs.exchange_cost.reference_rates import ReferenceRate, reference_rate
from programs.exchange_cost.tariff import Exchange, expected_totals, fee_inside
from programs.saying.tailoring import Figure, Help, Sentence, joined
from programs.saying.values import Amount


def exchange_cost(
    *,
    paid_amount: Amount | None,
    charged_eur: Decimal | None,
    exchange_date: date | None,
    today: date,
    cards: Cards,
    exchange: Exchange,
) -> Help:
    """
    The rate that was got, the market's rate, and the difference in euro and percent, as far as the values go.

    `paid_amount` is in the currency of the shop or machine, `charged_eur` what left the account. None means
    "not given". Raises nothing for values in range. Source: the ECB's euro reference rates, README.md.
    """
    if paid_amount is None:
        return _currency_unknown(charged_eur, exchange_date, today, cards, exchange)
    if paid_amount.currency == "EUR":
        return _no_exchange(paid_amount.value, charged_eur, cards)
    rate = reference_rate(paid_amount.currency, exchange_date or today)
    worth = worth_of(paid_amount, rate) if rate else Decimal(0)
    if rate is None or not worth:
        return _no_reference("too_small" if rate else "no_reference", paid_amount, charged_eur, cards)
    market = _market(paid_amount, rate, worth, exchange_date)
    expected = _expected(rate.currency, worth, cards, exchange)
    if charged_eur is None:
        return joined(market, expected, _limit(worth, cards, exchange))
    said, reason = compared(paid_amount, charged_eur, rate, exchange_date, today, cards.basic, exchange)
    return joined(market, said, *([expected] if reason.sentences else []), reason)


def _market(paid: Amount, rate: ReferenceRate, worth: Decimal, asked: date | None) -> Help:
    """The reference rate and its day, and honestly whether it is the right one."""
    params: dict[str, object] = {"day": rate.day, "rate": rate.per_euro, "currency": rate.currency}
    said = [Sentence("worth", {**params, "paid": paid, "worth": worth})]
    if asked is None:
        said.insert(0, Sentence("day_unknown"))
    elif not rate.serves(asked):
        said.insert(0, Sentence("rates_end", {**params, "asked": asked}))
    elif rate.day < asked:
        said.append(Sentence("day_before", {"day": rate.day}))
    figures = (
        Figure("reference_rate", rate.per_euro, f"{rate.currency}/EUR"),
        Figure("reference_day", rate.day, "date"),
        Figure("worth", worth, "EUR"),
    )
    return Help(tuple(said), figures)


def _expected(currency: str, worth: Decimal, cards: Cards, exchange: Exchange) -> Help:
    """What this would cost with each plan, and by exchanging in the app beforehand."""
    totals = expected_totals(worth, cards, exchange)
    if currency not in exchange.pocket_currencies:
        del totals["pocket"]
    shown = tuple(
        Sentence("with_plan", {"plan": cards.plans[name].name, "total": totals[name]}) for name in PLANS
    )
    said = [Sentence("expected", {"plans": shown})]
    said += [Sentence("expected_pocket", {"total": totals["pocket"]})] if "pocket" in totals else []
    return Help(
        tuple(said), tuple(Figure(f"expected_{name}", total, "EUR") for name, total in totals.items())
    )


def _limit(worth: Decimal, cards: Cards, exchange: Exchange) -> Help:
    """The charge from which something else than our fee is in it."""
    percent = cards.basic.foreign_payment_percent + exchange.scheme_spread_percent
    limit = (worth * (100 + percent) / 100).quantize(CENT)
    return Help((Sentence("more_than", {"limit": limit}),), (Figure("limit", limit, "EUR"),))


def _no_exchange(paid: Decimal, charged: Decimal | None, cards: Cards) -> Help:
    """Paid in euro: whatever differs is a fee, not a rate."""
    figures = [Figure("worth", paid, "EUR")]
    if charged is None:
        return Help((Sentence("paid_in_euro"), Sentence("euro_check")), tuple(figures))
    figures.append(Figure("margin", charged - paid, "EUR"))
    if charged <= paid:
        return Help((Sentence("paid_in_euro"), Sentence("euro_no_fee")), tuple(figures))
    own = {"times": cards.basic.cash_free_month_times, "each": cards.basic.cash_further_each_eur}
    fee = Sentence("euro_fee", {"fee": charged - paid, **own})
    return Help((Sentence("paid_in_euro"), fee), tuple(figures))


def _no_reference(key: str, paid: Amount, charged: Decimal | None, cards: Cards) -> Help:
    """The ECB publishes no rate for the currency (any more, or not yet), or the sum is too small for one."""
    fee = cards.basic.foreign_payment_percent
    said = [Sentence(key, {"currency": paid.currency})]
    figures = [Figure("fee_percent", fee, "%")]
    if charged is not None:
        got = paid.value / charged
        said.append(Sentence("effective", {"charged": charged, "got": got, "currency": paid.currency}))
        figures.append(Figure("effective_rate", got, f"{paid.currency}/EUR"))
    return Help((*said, Sentence("ask_scheme", {"fee": fee})), tuple(figures))


def _currency_unknown(
    charged: Decimal | None, asked: date | None, today: date, cards: Cards, exchange: Exchange
) -> Help:
    """Without the amount abroad: our own fee inside the sum, the rates of the day, and how to compare."""
    how = Help((Sentence("by_yourself"), Sentence("local_currency")))
    if charged is None and asked is None:
        return joined(Help((Sentence("fee_of_plan"),)), how)
    parts = [_rates(asked, asked or today, exchange), how]
    if charged is not None:
        fees: dict[str, Decimal] = {name: fee_inside(charged, cards.plans[name]) for name in PLANS}
        figures = tuple(Figure(f"fee_{name}", fee, "EUR") for name, fee in fees.items())
        parts.insert(0, Help((Sentence("fee_inside", {"charged": charged, **fees}),), figures))
    return joined(*parts)


def _rates(asked: date | None, day: date, exchange: Exchange) -> Help:
    """The reference rates of a few currencies on a day, or the last ones before."""
    rates = [rate for code in exchange.shown_currencies if (rate := reference_rate(code, day))]
    if not rates:
        return Help(())
    parts = tuple(Sentence("rate", {"rate": rate.per_euro, "currency": rate.currency}) for rate in rates)
    key = "rates_of_day" if asked is None or all(rate.serves(day) for rate in rates) else "rates_later"
    figures = (Figure(f"rate_{rate.currency}", rate.per_euro, f"{rate.currency}/EUR") for rate in rates)
    return Help((Sentence(key, {"day": rates[0].day, "rates": parts}),), tuple(figures))
