"""
A transfer that went wrong: where the money is, what to do first and by when, and what stands in the way.

A decision table by problem (README.md); each line of it is worked out from the amount, the country and today.
Pure; times, fees and limits come from bank.yml.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from programs.bank.payment_facts import Transfers
from programs.failed_transfer.account_numbers import Iban, shape
from programs.failed_transfer.deadlines import answered, came_back, cancel, recalled, sent_twice
from programs.failed_transfer.sums import again, fits, needed, try_first
from programs.saying.tailoring import Help, Sentence

Problem = Literal["returned", "declined", "over_limit", "recipient_refused", "wrong_details", "cancel"]
WHERE_IBAN = ("returned", "declined", "recipient_refused", "wrong_details", None)
"""Where a wrong account number may be the reason."""


def failed_transfer(
    *,
    transfer_problem: Problem | None,
    transfer_amount_eur: Decimal | None,
    transfer_country: str | None,
    today: date,
    transfers: Transfers,
    iban: Iban,
) -> Help:
    """
    Where the money is and what gets it moving, as far as the given values allow; today is the day of asking.

    `transfer_country` is the ISO 3166-1 alpha-2 code of the recipient's country. None means "not given".
    Raises nothing for values in range. Source: PSD2, Articles 79, 80, 88 and 89, and this folder's README.md.
    """
    parts = _parts(transfer_problem, transfer_amount_eur, transfer_country, today, transfers)
    said = (*parts, shape(iban, transfer_country)) if transfer_problem in WHERE_IBAN else parts
    sentences = tuple(sentence for part in said for sentence in part.sentences)
    return Help(sentences, tuple(figure for part in said for figure in part.figures))


def _parts(
    problem: Problem | None, amount: Decimal | None, country: str | None, today: date, facts: Transfers
) -> tuple[Help, ...]:
    """The decision table: what is said for each problem, in this order."""
    match problem:
        case "returned":
            return _say("returned"), came_back(facts, country, today), again(facts, amount, country)
        case "declined":
            enough, limit = needed(facts, amount, country), fits(facts, amount, country)
            return _say("declined"), answered(facts, today), enough, limit
        case "over_limit":
            return fits(facts, amount, country, asked=True), needed(facts, amount, country)
        case "recipient_refused":
            return _say("recipient_refused"), answered(facts, today), try_first(facts, amount, country)
        case "wrong_details":
            answer = recalled(facts, amount, country, today)
            return _say("wrong_details"), answer, sent_twice(facts, country, today)
        case "cancel":
            until, answer = cancel(facts, amount, country, today), recalled(facts, None, country, today)
            return until, _say("cancel_done"), answer, sent_twice(facts, country, today)
    enough, limit = needed(facts, amount, country), fits(facts, amount, country)
    back, answer = came_back(facts, country, today), recalled(facts, None, country, today)
    return _say("check_first"), enough, limit, back, answer, _say("ask_us")


def _say(key: str) -> Help:
    return Help((Sentence(key),))
