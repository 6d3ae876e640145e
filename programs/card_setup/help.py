"""
Setting up and using a card: the steps for what somebody wants, with or without the card, on their phone.

Which steps is a table (bank.yml); limits and fees are those of the tariff. Pure.
"""

from __future__ import annotations

from datetime import date

from programs.bank.card_post import CardPost, delivery_window
from programs.bank.tariff import Cards, Plan
from programs.card_setup.facts import Goal, InHand, Phone, Setup, SetupFacts, Step
from programs.saying.steps import numbered, steps_for
from programs.saying.tailoring import Figure, Help, Sentence, joined

OF_PHONE: tuple[Step, ...] = ("add_to_wallet", "pay_by_phone", "phone_ready", "get_app")
"""Steps whose words differ by phone."""
PHONES: tuple[Phone, ...] = ("iphone", "android")


def card_setup(
    *,
    setup_goal: Goal | None,
    card_in_hand: bool | None,
    phone_system: Phone | None,
    today: date,
    cards: Cards,
    card_post: CardPost,
    setup: SetupFacts,
) -> Help:
    """
    The steps to use a card, and the limits and fees that go with them, as far as the given values allow.

    None means "not given". Raises nothing for values in range. Source: the table in bank.yml and the tariff,
    README.md.
    """
    in_hand: InHand | None = None if card_in_hand is None else "yes" if card_in_hand else "no"
    steps = steps_for(setup.steps, Setup(goal=setup_goal, in_hand=in_hand, phone=phone_system))
    facts = {
        "android": setup.android_version,
        "tap_limit": cards.limits.contactless_payment_eur,
    }
    return joined(
        numbered(Sentence(_key(step, phone_system), facts) for step in steps),
        _wallet(cards) if setup_goal == "phone_wallet" and phone_system != "other" else Help(()),
        _plans(cards) if setup_goal == "use_it" else Help(()),
        _arrival(today, card_post) if in_hand == "no" else Help(()),
        Help(() if "call_to_link" in steps else (Sentence("call_us"),)),
    )


def _key(step: Step, phone: Phone | None) -> str:
    """The sentence of a step, for that phone where it has one."""
    return f"{step}_{phone}" if step in OF_PHONE and phone in PHONES else step


def _wallet(cards: Cards) -> Help:
    """The limits of a phone: not that of contactless cards, since it identifies the person itself."""
    limits = cards.limits
    params = {"tap_limit": limits.contactless_payment_eur, "day_limit": limits.payments_day_eur}
    figures = (Figure("payments_a_day", limits.payments_day_eur, "EUR"),)
    return Help((Sentence("wallet_limits", params), Sentence("garmin")), figures)


def _plans(cards: Cards) -> Help:
    """What a machine gives a day and what it costs in euro, plan by plan."""
    said = tuple(_cash_of(plan) for plan in cards.plans.values())
    figures = tuple(
        Figure(f"cash_a_day_{name}", plan.cash_day_limit_eur, "EUR") for name, plan in cards.plans.items()
    )
    return Help((*said, Sentence("not_everywhere")), figures)


def _cash_of(plan: Plan) -> Sentence:
    params: dict[str, object] = {
        "plan": plan.name,
        "scheme": plan.scheme,
        "cash_limit": plan.cash_day_limit_eur,
    }
    if plan.cash_free_month_times is None:
        return Sentence("plan_all_free", params)
    params |= {"free": plan.cash_free_month_times, "each": plan.cash_further_each_eur}
    return Sentence("plan_some_free", params)


def _arrival(today: date, post: CardPost) -> Help:
    """When a card ordered today is there."""
    last = delivery_window(post, today, "standard", post.home_country).last
    in_eea = post.days_to("eea", "standard").longest
    figures = (Figure("new_card_by", last, "date"), Figure("new_card_in_eea", in_eea, "business day"))
    return Help((Sentence("comes_by", {"home": last, "eea": in_eea}),), figures)
