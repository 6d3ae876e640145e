"""
Amounts of money and percentages out of what people type: "about 1,200", "1.200,50 €", "nineteen and a half
percent".

One answer gives one number or none. Another currency, unit or period is told apart, never converted.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import cache

from babel.numbers import list_currencies

from programs.catalogue.items import Item
from programs.reading.numbers import find_numbers, is_grouped, parse_number
from programs.reading.plain import plain, with_digits
from programs.reading.ranges import in_range
from programs.reading.result import NotUnderstood
from programs.reading.words import any_of, any_pattern, words

MOST_DECIMALS = 6
"""Of a percentage; no rate has more, and what has is asked about again."""


def read_money(item: Item, text: str) -> Decimal | NotUnderstood:
    """An amount in EUR within the item's range, or the reason why not."""
    if names_other_currency(text):
        return NotUnderstood("other_currency")
    if item.minimum is not None and item.minimum <= 0 and _nothing(plain(text)):
        return Decimal(0)
    spoken = with_digits(plain(re.sub("€", " eur ", text)))
    if re.search(_percent_sign(), spoken):
        return NotUnderstood("several" if len(find_numbers(spoken)) > 1 else "wrong_unit")
    amount = the_number(cents_joined(tidy_money(spoken)), item)
    if isinstance(amount, NotUnderstood):
        return amount
    if _decimals(amount) > 2:
        return NotUnderstood("unreadable")
    return in_range(item, amount)


def _nothing(said: str) -> bool:
    """True if the whole answer says that it is nothing: "none", "I pay nothing at all"."""
    before = any_pattern(
        [*words()["yes_no"]["fillers"], "i( pay| spend| have)?", "it'?s", "about", "that'?s"]
    )
    said = " ".join(re.sub(r"[^\w']+", " ", said).split())
    return bool(re.fullmatch(rf"(?:{before} )*{any_pattern(words()['money']['nothing'])}", said))


def read_percent(item: Item, text: str) -> Decimal | NotUnderstood:
    """
    A percentage in points within the item's range, or the reason why not. A bare 0.195 is asked about again.
    """
    spoken = with_digits(plain(text))
    if names_currency(text) or "‰" in text or re.search(any_of(words()["not_percent"]), spoken):
        return NotUnderstood("wrong_unit")
    signed = re.search(_percent_sign(), spoken)
    rate = the_number(re.sub(_percent_sign(), " ", spoken), item, grouping_unclear=True)
    if isinstance(rate, NotUnderstood):
        return rate
    if not signed and 0 < rate < 1:
        return NotUnderstood("ambiguous")
    if _decimals(rate.normalize()) > MOST_DECIMALS:
        return NotUnderstood("unreadable")
    return in_range(item, round(rate, MOST_DECIMALS) if _decimals(rate) > MOST_DECIMALS else rate)


def names_currency(text: str) -> bool:
    """True if the text names any currency, ours or another ("per cent" names none)."""
    text = re.sub(_percent_sign(), " ", text, flags=re.IGNORECASE)
    euro = any_of([*words()["money"]["euro"], *words()["money"]["cents"]])
    apart = re.sub(r"(?<=\d)(?=[a-z])|(?<=[a-z])(?=\d)", " ", text.lower())
    return "€" in text or bool(re.search(euro, apart)) or names_other_currency(text)


def names_other_currency(text: str) -> bool:
    """True if the text names a currency other than the euro, by word, sign or ISO code beside a number."""
    if any(unicodedata.category(sign) == "Sc" and sign != "€" for sign in text):
        return True
    spoken = re.sub(r"(?<=\d)(?=[a-z])", " ", plain(text))
    named = re.search(any_of(words()["money"]["other_currencies"]), spoken)
    return bool(named or re.search(_currency_codes(), text)) and bool(re.search(r"\d", with_digits(spoken)))


def has_percent(spoken: str) -> bool:
    """True if a plain text holds a number with a percent sign or word."""
    return bool(re.search(r"\d\s?" + _percent_sign(), spoken))


def the_number(spoken: str, item: Item, *, grouping_unclear: bool = False) -> Decimal | NotUnderstood:
    """The one number of a text, if it is exact and meant for the item's period."""
    tokens = find_numbers(spoken)
    numbers = {parse_number(token) for token in tokens}
    if not numbers or None in numbers:
        return NotUnderstood("unreadable")
    if len(numbers) > 1:
        return NotUnderstood("several")
    if other_period(spoken, item):
        return NotUnderstood("other_period")
    if re.search(any_of(words()["not_exact"]), spoken):
        return NotUnderstood("not_exact")
    if re.search(rf"\d\s?{any_of(words()['durations'])}", spoken):
        return NotUnderstood("wrong_unit")
    if grouping_unclear and is_grouped(tokens[0]) and "," in tokens[0]:
        return NotUnderstood("ambiguous")
    number = numbers.pop()
    if grouping_unclear and number is not None and is_grouped(tokens[0]):
        return Decimal(tokens[0])
    return number if number is not None else NotUnderstood("unreadable")


def other_period(spoken: str, item: Item) -> bool:
    """True if a plain text names a period, and not the item's."""
    named = {
        period for period, patterns in words()["periods"].items() if re.search(any_pattern(patterns), spoken)
    }
    return bool(named) and item.period not in named


def tidy_money(spoken: str) -> str:
    """Spaces around "eur", and no ",-" after the amount."""
    spoken = re.sub(r"(?<=\d)[.,]-+(?!\d)", "", spoken)
    spoken = re.sub(r"(?<=\d)(?=eur)", " ", spoken)
    spoken = re.sub(r"\beur(?=\d)", "eur ", spoken)
    return " ".join(spoken.split())


def cents_joined(spoken: str) -> str:
    """Joined amounts: "1200 euros and 50 cents" → "1200.50"; "50 cents" → "0.50"."""
    euro, cents = any_of(words()["money"]["euro"]), any_of(words()["money"]["cents"])
    spoken = re.sub(
        rf"(?<![.,\d])([\d.,' ]*\d) ?{euro},? (?:and )?(\d{{1,2}}) ?{cents}",
        lambda m: f"{parse_number(m[1].strip())}.{int(m[2]):02d}",
        spoken,
    )
    spoken = re.sub(rf"(?<![.,\d])(\d+) {euro} (\d{{2}})(?![\d.,])", r"\1.\2", spoken)
    return re.sub(rf"(?<![.,\d])(\d{{1,2}}) ?{cents}", lambda m: f"0.{int(m[1]):02d}", spoken)


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
