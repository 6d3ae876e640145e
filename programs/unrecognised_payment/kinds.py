"""What holds for each kind of payment that is not right. Pure; see README.md for the law behind it."""

from __future__ import annotations

from datetime import timedelta

from programs.saying.tailoring import Help, Sentence, joined
from programs.unrecognised_payment.case import Case, day, euros


def card_payment(case: Case) -> Help:
    """Not made by the person, or made and forgotten."""
    return joined(
        Help((Sentence("block_card"),)), _look_again(case), _claim(case), _share(case), _known_shop(case)
    )


def cash_withdrawal(case: Case) -> Help:
    """Made with the card and the PIN, but by somebody else."""
    before = Help((Sentence("block_card"), Sentence("pin_is_no_proof")))
    return joined(before, _claim(case), _share(case))


def direct_debit(case: Case) -> Help:
    """Back without a reason for some weeks; after that only without a mandate."""
    back = case.debit_back_by()
    if case.booked is None:
        weeks = case.disputes.direct_debit_weeks
        way = Help((Sentence("debit_return_rule", {"weeks": weeks, "back": back}),), (day("back_by", back),))
    else:
        ended, until = case.debit_until(case.booked), case.claim_until(case.booked)
        figures = (day("return_until", ended), day("claim_until", until))
        if case.today <= ended:
            said = Sentence("debit_return", {"until": ended, "back": back})
            way = Help((said,), (*figures, day("back_by", back)))
        elif case.today <= until:
            way = Help((Sentence("debit_mandate", {"ended": ended, "until": until}),), figures)
        else:
            way = Help((Sentence("claim_over", {"until": until}),), figures)
    whole = Help(())
    if case.amount is not None and not _too_late(case):
        whole = Help((Sentence("debit_whole", {"amount": case.amount}),), (euros("comes_back", case.amount),))
    return joined(way, whole, Help((Sentence("debit_block"),)))


def charged_twice(case: Case) -> Help:
    """A hold that falls away, or a shop's mistake; the shop is the quickest way."""
    owed = Help(())
    if case.amount is not None:
        owed = Help((Sentence("twice_owed", {"amount": case.amount}),), (euros("owed", case.amount),))
    days = case.disputes.card_dispute_days
    if case.booked is None:
        first = Sentence("twice_rule", {"days": case.holds.shop_days})
        said = (first, Sentence("twice_shop"), Sentence("twice_dispute_rule", {"days": days}))
        return joined(Help(said, (day("dispute_if_today", case.dispute_until(case.today)),)), owed)
    gone = case.holds.last_day("shop", case.booked)
    until = case.dispute_until(case.booked)
    first = Sentence("twice_wait" if case.today <= gone else "twice_booked", {"gone": gone})
    last = Sentence("twice_dispute" if case.today <= until else "twice_over", {"until": until})
    said = (first, Sentence("twice_shop"), last)
    return joined(Help(said, (day("hold_gone_by", gone), day("dispute_until", until))), owed)


def wrong_cash(case: Case) -> Help:
    """A machine that gave too little, or nothing."""
    answer = case.cash_answer_by()
    then = Help((Sentence("cash_answer", {"answer": answer}),), (day("answer_by", answer),))
    if case.amount is not None:
        owed = Sentence("cash_owed", {"amount": case.amount})
        then = joined(then, Help((owed,), (euros("owed", case.amount),)))
    return joined(_cash_report(case), then, Help((Sentence("cash_note"),)))


def any_kind(case: Case) -> Help:
    """The kind is not known: the deadline of each."""
    how = Help((Sentence("not_yours_or_not_right"),))
    if case.booked is None:
        terms = {
            "months": case.rules.claim_within_months,
            "weeks": case.disputes.direct_debit_weeks,
            "days": case.disputes.card_dispute_days,
        }
        return joined(how, Help((Sentence("each_rule", terms),)), _back(case), _share(case))
    claim, debit = case.claim_until(case.booked), case.debit_until(case.booked)
    dispute = case.dispute_until(case.booked)
    said = [
        Sentence("each_not_yours" if case.today <= claim else "claim_over", {"until": claim}),
        Sentence("each_debit" if case.today <= debit else "each_debit_over", {"until": debit}),
        Sentence("each_dispute" if case.today <= dispute else "each_dispute_over", {"until": dispute}),
    ]
    figures = (day("claim_until", claim), day("return_until", debit), day("dispute_until", dispute))
    late = _too_late(case)
    return joined(how, Help(tuple(said), figures), Help(()) if late else joined(_back(case), _share(case)))


def _look_again(case: Case) -> Help:
    if case.booked is None:
        return Help((Sentence("look_again_rule"),))
    made = case.made_from(case.booked)
    said = Sentence("look_again", {"made": made, "booked": case.booked})
    return Help((said,), (day("made_from", made),))


def _claim(case: Case) -> Help:
    """The last day for a claim, and when the money is back if we are told today."""
    if case.booked is None:
        months = case.rules.claim_within_months
        return joined(Help((Sentence("claim_rule", {"months": months}),)), _back(case))
    until = case.claim_until(case.booked)
    if _too_late(case):
        return Help((Sentence("claim_over", {"until": until}),), (day("claim_until", until),))
    claim = Help((Sentence("claim_until", {"until": until}),), (day("claim_until", until),))
    return joined(claim, _back(case))


def _back(case: Case) -> Help:
    back = case.back_by()
    return Help((Sentence("back_by", {"back": back}),), (day("back_by", back),))


def _share(case: Case) -> Help:
    """What the payer bears at most of a lost or stolen card's payment (PSD2, Article 74)."""
    if _too_late(case):
        return Help(())
    cap = case.rules.liability_cap_eur
    if case.amount is None:
        return Help((Sentence("share_rule", {"cap": cap}),), (euros("share_at_most", cap),))
    share = min(case.amount, cap)
    rest = case.amount - share
    said = Sentence("share" if rest else "share_whole", {"share": share, "rest": rest, "cap": cap})
    return Help((said,), (euros("share_at_most", share), euros("comes_back", rest)))


def _known_shop(case: Case) -> Help:
    if case.booked is None:
        return Help(())
    until = case.dispute_until(case.booked)
    key = "known_shop" if case.today <= until else "known_shop_over"
    return Help((Sentence(key, {"until": until}),), (day("dispute_until", until),))


def _cash_report(case: Case) -> Help:
    if case.booked is None:
        terms = {
            "days": case.disputes.wrong_cash_report_days,
            "months": case.rules.claim_within_months,
        }
        return Help((Sentence("cash_rule", terms),))
    best = case.booked + timedelta(days=case.disputes.wrong_cash_report_days)
    until = case.claim_until(case.booked)
    key = "cash_soon" if case.today <= best else "cash_late" if case.today <= until else "cash_over"
    figures = (day("report_by", best), day("claim_until", until))
    return Help((Sentence(key, {"best": best, "until": until}),), figures)


def _too_late(case: Case) -> bool:
    """True if the thirteen months are over."""
    return case.booked is not None and case.today > case.claim_until(case.booked)
