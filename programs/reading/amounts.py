"""
Amounts of money and percentages out of what people type: "about 1,200", "1.200,50 €", "two grand",
"nineteen and a half percent".

One answer gives one number or none. Another currency, unit or period is told apart, never converted.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from functools import cache

from babel.numbers import list_currencies

from programs.catalogue.items import Item
from programs.reading.mentions import (
    Mention,
    bounded,
    mentions,
    mere_number,
    perhaps_counted,
    the_one,
    without_approximation,
)
from programs.reading.money_words import cents_joined, says_nothing, tidy_money
from programs.reading.numbers import is_grouped
from programs.reading.periods import for_another
from programs.reading.plain import plain
from programs.reading.ranges import in_range
from programs.reading.result import NotUnderstood, Reason
from programs.reading.slips import mended
from programs.reading.spoken import vague, with_digits
from programs.reading.words import any_of, words

MOST_DECIMALS = 6
"""Of a percentage; no rate has more, and what has is asked about again."""
_EURO = r"(?:eur|euros?)"


def read_money(item: Item, text: str) -> Decimal | NotUnderstood:
    """An amount in EUR within the item's range, or the reason why not."""
    said = plain(re.sub("€", " eur ", text))
    if item.minimum is not None and item.minimum <= 0 and says_nothing(said):
        return Decimal(0)
    spoken = with_digits(without_approximation(_money_words(said)), money=True)
    spoken = cents_joined(tidy_money(spoken))
    found = mentions(spoken)
    foreign = [each for each in found if _foreign(each, text)]
    ours = [each for each in found if each not in foreign]
    named = [each for each in ours if _in_euro(each)]
    if foreign and not named and not all(each.follows("beside_before") for each in foreign):
        return NotUnderstood("other_currency")
    meant = [each for each in ours if each in named or not (mere_number(each) or _is_percent(each))]
    if not meant:
        return NotUnderstood(_without_amount(found))
    meant = [each for each in ours if each in meant or (perhaps_counted(each) and not _is_percent(each))]
    amount = chosen(item, meant, spoken)
    if isinstance(amount, NotUnderstood):
        return amount
    return NotUnderstood("unreadable") if _decimals(amount) > 2 else in_range(item, amount)


def read_percent(item: Item, text: str) -> Decimal | NotUnderstood:
    """
    A percentage in points within the item's range, or the reason why not. A bare 0.195 is asked about again.
    """
    said = mended(plain(text), ["percent", "cent"], kept=("recent",))
    spoken = with_digits(without_approximation(re.sub(r"(?<=\d)(?=p)", " ", said)))
    if "‰" in text or re.search(any_of(words()["not_percent"]), spoken):
        return NotUnderstood("wrong_unit")
    found = mentions(tidy_money(re.sub("€", " eur ", spoken)))
    signed = [each for each in found if _is_percent(each)]
    money = [each for each in found if each not in signed and (_in_euro(each) or _foreign(each, text))]
    bare = [each for each in found if each not in (*signed, *money) and not mere_number(each)]
    if signed:
        bare = [each for each in bare if each.value is None or each.value <= (item.maximum or 0)]
    if not (signed or bare):
        return NotUnderstood("wrong_unit" if money else _without_amount(found))
    rate = chosen(item, [each for each in found if each in signed or each in bare], spoken, grouped=False)
    if isinstance(rate, NotUnderstood):
        return rate
    if not signed and 0 < rate < 1:
        return NotUnderstood("ambiguous")
    if _decimals(rate.normalize()) > MOST_DECIMALS:
        return NotUnderstood("unreadable")
    return in_range(item, round(rate, MOST_DECIMALS) if _decimals(rate) > MOST_DECIMALS else rate)


def chosen(
    item: Item, found: Iterable[Mention], spoken: str, *, grouped: bool = True
) -> Decimal | NotUnderstood:
    """
    The value of the one number that is meant, if it is exact and for the item's period.

    grouped: "1.200" stands for thousands; if not, its point is a decimal one, and "1,200" is unclear.
    """
    candidates = list(found)
    if any(each.value is None for each in candidates):
        return NotUnderstood("unreadable")
    one = the_one(candidates)
    if one is None or one.value is None:
        return NotUnderstood("several")
    if other := for_another(spoken, item, one.value):
        return other
    if bounded(one) or vague(spoken):
        return NotUnderstood("not_exact")
    if one.follows("gross_before") or one.leads("gross_after"):
        return NotUnderstood("before_tax")
    if not grouped and is_grouped(one.token):
        return NotUnderstood("ambiguous") if "," in one.token else Decimal(one.token)
    return one.value


def _without_amount(found: Iterable[Mention]) -> Reason:
    units = re.compile(rf"\s?-?(?:{any_of(words()['durations'])}|{_percent_sign()})")
    return "wrong_unit" if any(units.match(each.after) for each in found) else "unreadable"


def _money_words(said: str) -> str:
    return mended(said, [*words()["money"]["euro"], *words()["money"]["cents"]], kept=("euros", "cents"))


def _in_euro(mention: Mention) -> bool:
    return bool(re.search(rf"(?<!\w){_EURO} ?$", mention.before) or re.match(rf" ?{_EURO}\b", mention.after))


def _is_percent(mention: Mention) -> bool:
    return bool(re.match(r"\s?" + _percent_sign(), mention.after)) or mention.before.rstrip().endswith("%")


def _foreign(mention: Mention, text: str) -> bool:
    """Whether another currency stands right beside the number, by word, sign or ISO code."""
    word = any_of(words()["money"]["other_currencies"])
    before, after = mention.before.rstrip(), mention.after.lstrip()
    if _sign(before[-1:]) or re.search(rf"{word}$", before) or _sign(after[:1]):
        return True
    if re.match(rf"(?:[^\W\d]+ )?{word}", after):
        return True
    return bool(re.search(_currency_codes(), text)) and not _in_euro(mention)


def _sign(sign: str) -> bool:
    return bool(sign) and unicodedata.category(sign) == "Sc" and sign != "€"


def names_currency(text: str) -> bool:
    """True if the text names any currency, ours or another ("per cent" names none)."""
    text = re.sub(_percent_sign(), " ", text, flags=re.IGNORECASE)
    euro = any_of([*words()["money"]["euro"], *words()["money"]["cents"]])
    apart = re.sub(r"(?<=\d)(?=[a-z])|(?<=[a-z])(?=\d)", " ", text.lower())
    return "€" in text or bool(re.search(euro, apart)) or names_other_currency(text)


def names_other_currency(text: str) -> bool:
    """True if the text names a currency other than the euro, by word, sign or ISO code beside a number."""
    if any(_sign(sign) for sign in text):
        return True
    spoken = re.sub(r"(?<=\d)(?=[a-z])", " ", plain(text))
    named = re.search(any_of(words()["money"]["other_currencies"]), spoken)
    return bool(named or re.search(_currency_codes(), text)) and bool(re.search(r"\d", with_digits(spoken)))


def has_percent(spoken: str) -> bool:
    """True if a plain text holds a number with a percent sign or word."""
    return bool(re.search(r"\d\s?" + _percent_sign(), spoken))


def _decimals(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


@cache
def _percent_sign() -> str:
    return r"(?:%|" + any_of(word for word in words()["percent"] if word != "%") + ")"


@cache
def _currency_codes() -> str:
    codes = "|".join(sorted(code for code in list_currencies() if code != "EUR"))
    return rf"(?:\b(?:{codes})\s?\d|\d\s?(?:{codes})\b)"
