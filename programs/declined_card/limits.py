"""
An amount against the limits of a card: what fits, what is left, in how many parts it goes.

Pure; it only compares with what the bank states. Source: Regulation (EU) 2018/389, Articles 11 and 16,
and the bank's tariff (README.md).
"""

from __future__ import annotations

from decimal import Decimal
from itertools import groupby

from programs.bank.tariff import Cards
from programs.declined_card.facts import Declines
from programs.saying.tailoring import Figure, Help, Sentence


def in_a_row(amount: Decimal, sum_eur: Decimal, times: int) -> int:
    """
    How many payments of an amount (EUR, above 0) pass one after the other before the card asks for a proof.

    They may come to `sum_eur` together and be `times` at most; the bank counts both.
    """
    return min(int(sum_eur // amount), times)


def parts(amount: Decimal, a_day: Decimal) -> tuple[int, Decimal]:
    """On how many days an amount can be paid at `a_day` EUR a day, and what is left for the last one."""
    days, rest = divmod(amount, a_day)
    return (int(days) + 1, rest) if rest else (int(days), a_day)


def contactless(amount: Decimal | None, cards: Cards) -> Help:
    """Whether an amount can be paid contactless, and how often; without it the limits."""
    limit, in_sum = cards.limits.contactless_payment_eur, cards.limits.contactless_in_a_row_eur
    times = cards.limits.contactless_in_a_row_times
    figures: tuple[Figure, ...] = (Figure("contactless_limit", limit, "EUR"),)
    if amount is None:
        return Help((Sentence("tap_limits", {"limit": limit, "sum": in_sum, "times": times}),), figures)
    if amount > limit:
        return Help((Sentence("tap_over", {"amount": amount, "limit": limit}),), figures)
    passing = in_a_row(amount, in_sum, times)
    said = Sentence("tap_fits", {"amount": amount, "limit": limit, "times": passing})
    return Help((said,), (*figures, Figure("contactless_in_a_row", passing, "times")))


def payment(amount: Decimal | None, cards: Cards) -> Help:
    """Whether an amount fits into the day's limit of card payments; without it the limit."""
    limit = cards.limits.payments_day_eur
    if amount is None:
        return Help((Sentence("pay_limits", {"limit": limit}),), (Figure("payments_a_day", limit, "EUR"),))
    if amount > limit:
        days, _ = parts(amount, limit)
        said = Sentence("pay_in_parts", {"amount": amount, "limit": limit, "days": days})
        return Help((said,), (Figure("payment_days", days, "day"),))
    left = limit - amount
    said = Sentence("pay_fits", {"amount": amount, "limit": limit, "left": _left(left)})
    return Help((said,), (Figure("payments_left", left, "EUR"),))


def online(amount: Decimal | None, cards: Cards, declines: Declines) -> Help:
    """The day's limit, and whether the payment has to be confirmed in the app."""
    day, limit = payment(amount, cards), declines.unconfirmed_payment_eur
    if amount is None or amount > limit:
        return Help((*day.sentences, Sentence("confirm_asked", {"limit": limit})), day.figures)
    passing = in_a_row(amount, declines.unconfirmed_in_a_row_eur, declines.unconfirmed_in_a_row_times)
    seldom = Sentence("confirm_seldom", {"limit": limit, "amount": amount, "times": passing})
    return Help((*day.sentences, seldom), (*day.figures, Figure("unconfirmed_in_a_row", passing, "times")))


def single_use(amount: Decimal | None, cards: Cards) -> Help:
    """Whether a single-use card pays an amount; above the day's limit no card does."""
    limit, day_limit = cards.limits.single_use_payment_eur, cards.limits.payments_day_eur
    figures = (Figure("single_use_limit", limit, "EUR"),)
    params: dict[str, object] = {"amount": amount, "limit": limit, "day_limit": day_limit}
    if amount is None:
        return Help((Sentence("single_limits", params),), figures)
    if amount <= limit:
        return Help((Sentence("single_fits", params),), figures)
    if amount <= day_limit:
        return Help((Sentence("single_over", params),), figures)
    day = payment(amount, cards)
    return Help((Sentence("single_over_all", params), *day.sentences), (*figures, *day.figures))


def cash(amount: Decimal | None, cards: Cards) -> Help:
    """One line for each limit of cash a day, with the plans that have it."""
    said: list[Sentence] = []
    figures: list[Figure] = []
    ordered = sorted(cards.plans.items(), key=lambda entry: (entry[1].cash_day_limit_eur, entry[1].month_eur))
    for limit, group in groupby(ordered, key=lambda entry: entry[1].cash_day_limit_eur):
        ids, plans = zip(*group, strict=True)
        params: dict[str, object] = {"plans": tuple(p.name for p in plans), "limit": limit, "amount": amount}
        if amount is None:
            said.append(Sentence("cash_limits", params))
            figures.append(Figure(f"cash_a_day_{ids[0]}", limit, "EUR"))
        elif amount <= limit:
            said.append(Sentence("cash_fits", {**params, "left": _left(limit - amount)}))
            figures.append(Figure(f"cash_left_{ids[0]}", limit - amount, "EUR"))
        else:
            days, rest = parts(amount, limit)
            said.append(Sentence("cash_in_parts", {**params, "days": days, "rest": rest}))
            figures.append(Figure(f"cash_days_{ids[0]}", days, "day"))
    return Help(tuple(said), tuple(figures))


def notes(amount: Decimal, note: int) -> Help:
    """The sums next to an amount that a machine can give in notes, if it cannot give the amount itself."""
    down = amount // note * note
    up = down + note
    if amount == down:
        return Help(())
    figures = (Figure("notes_up", up, "EUR"),)
    if not down:
        return Help((Sentence("notes_least", {"up": up}),), figures)
    said = Sentence("notes_between", {"down": down, "up": up, "amount": amount})
    return Help((said,), (Figure("notes_down", down, "EUR"), *figures))


def _left(left: Decimal) -> Sentence:
    return Sentence("at_most", {"left": left}) if left else Sentence("nothing_yet")
