"""
A sum of money with its currency out of what people type: "200 USD", "£20", "1,500 yen", "CHF 49.50".

Signs and names that several currencies share ($, kr, pesos) are asked about, never decided. Names, codes and
signs come from Babel (Unicode CLDR), those that are missing there from words.yml.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from babel import Locale
from babel.core import get_global
from babel.numbers import get_currency_precision, get_currency_symbol, get_territory_currencies

from programs.catalogue.items import Item
from programs.reading.amounts import chosen, has_percent
from programs.reading.countries import country_in
from programs.reading.mentions import mentions, mere_number, without_approximation
from programs.reading.money_words import cents_joined, tidy_money
from programs.reading.numbers import find_numbers, is_grouped
from programs.reading.plain import plain
from programs.reading.ranges import in_range
from programs.reading.result import NotUnderstood
from programs.reading.slips import mended
from programs.reading.spoken import with_digits
from programs.reading.words import any_of, words
from programs.saying.values import Amount

CENTS = 2


def read_amount(item: Item, text: str) -> Amount | NotUnderstood:
    """A sum within the item's range and the currency that it is in, or the reason why not."""
    said = without_approximation(text)
    found = _read_amount(item, said)
    if isinstance(found, NotUnderstood) and found.reason in ("several", "no_currency", "unreadable"):
        euro = rf"(?:€ ?\d[\d.,]*|\d[\d.,]* ?(?:{any_of(words()['money']['euro'])}|€))"
        abroad = re.sub(euro, " ", said, flags=re.IGNORECASE)
        if abroad != said:  # the one that is not in the bank's own currency
            return _or_else(_read_amount(item, abroad), found)
        if not _currencies(said)[0]:
            known = [name for name in _names() if name.isalpha() and len(name) > 2]
            return _or_else(_read_amount(item, mended(_long_yen(plain(said)), known)), found)
    return found


def _or_else(found: Amount | NotUnderstood, before: NotUnderstood) -> Amount | NotUnderstood:
    return before if isinstance(found, NotUnderstood) else found


def _long_yen(said: str) -> str:
    """Doubled last letters of short names, "yenn", once."""
    return re.sub(
        r"(?<!\w)([a-z]{2,3}?)([a-z])\2(?!\w)",
        lambda m: m[1] + m[2] if m[1] + m[2] in _names() else m[0],
        said,
    )


def _read_amount(item: Item, text: str) -> Amount | NotUnderstood:
    named, rest = _currencies(text)
    spoken = with_digits(plain(rest), money=True)
    if has_percent(spoken):
        return NotUnderstood("wrong_unit")
    if named == {"EUR"}:
        spoken = cents_joined(tidy_money(with_digits(plain(re.sub("€", " eur ", text)), money=True)))
    spoken = tidy_money(spoken)
    found = [each for each in mentions(spoken) if not mere_number(each)]
    if not found:
        return NotUnderstood("unreadable")
    number = chosen(item, found, spoken)
    if isinstance(number, NotUnderstood):
        return number
    if len(named) > 1:
        return NotUnderstood("several")
    if not named:
        return NotUnderstood("no_currency")
    currency = named.pop()
    if currency == AMBIGUOUS:
        currency = _of_the_country(text) or AMBIGUOUS
    if currency == AMBIGUOUS:
        return NotUnderstood("ambiguous_currency")
    return _exact(item, number, currency, spoken)


def _of_the_country(text: str) -> str | None:
    """The currency of the one country that the text names, if its money has the name that was said."""
    country = country_in(text)
    if isinstance(country, NotUnderstood):
        return None
    said = plain(text)
    for currency in get_territory_currencies(country):
        name = plain(str(Locale("en").currencies.get(currency, ""))).split()[-1:]
        if name and re.search(rf"(?<!\w){re.escape(name[0])}s?(?!\w)", said):
            return str(currency)
    return None


def _exact(item: Item, number: Decimal, currency: str, spoken: str) -> Amount | NotUnderstood:
    """The amount, unless it has more decimals than its currency. In one with three, "1.500" is unclear."""
    decimals = get_currency_precision(currency)
    if decimals > CENTS and is_grouped(find_numbers(spoken)[0]):
        return NotUnderstood("ambiguous")
    found = in_range(item, number)
    if isinstance(found, NotUnderstood):
        return found
    return Amount(found, currency) if found == round(found, decimals) else NotUnderstood("unreadable")


AMBIGUOUS = "?"


def _currencies(text: str) -> tuple[set[str], str]:
    """The currencies that a text names (AMBIGUOUS: a name that several share), and the text without them."""
    apart = re.sub(r"(?<=\d)(?=[^\W\d_])|(?<=[^\W\d_])(?=\d)", " ", text)
    rest = re.sub(_code(), " ", apart)
    named = {found.upper() for found in re.findall(_code(), apart)}
    small = plain(rest)
    for name, code in _names().items():
        pattern = (
            (r"(?<!\w)" if name[0].isalpha() else "")
            + re.escape(name)
            + (r"(?!\w)" if name[-1].isalpha() else "")
        )
        if name in small and re.search(pattern, small):
            named.add(code)
            small = re.sub(pattern, " ", small)
    return (named - {AMBIGUOUS} or named), small  # "$200 USD" is clear


@cache
def _codes() -> frozenset[str]:
    """The codes of currencies that are legal tender somewhere today, by Babel's data."""
    places = get_global("territory_currencies").values()
    return frozenset(code for place in places for code, _, end, tender in place if end is None and tender)


@cache
def _code() -> str:
    """A code by itself: in capitals, or in small letters unless it is an English word (all, try, top)."""
    small = {code.lower() for code in _codes()} - set(words()["currencies"]["not_a_code_in_small_letters"])
    return r"(?<![^\W\d_])(?:" + "|".join(sorted({*_codes(), *small})) + r")(?![^\W\d_])"


@cache
def _names() -> dict[str, str]:
    """Every name and sign in small letters → code or AMBIGUOUS, the longest first."""
    names: dict[str, str] = {}
    english = Locale("en")
    plurals = english._data["currency_names_plural"]  # Babel has no other way to them
    for code in sorted(_codes()):
        for name in (english.currencies.get(code, code), *plurals.get(code, {}).values()):
            names[plain(str(name))] = code
        sign = get_currency_symbol(code, "en")
        if sign != code:
            names[plain(sign)] = code
    names |= {plain(name): code for code, more in words()["currencies"]["names"].items() for name in more}
    names |= {plain(name): AMBIGUOUS for name in words()["currencies"]["ambiguous"]}
    names.pop("", None)
    return {name: names[name] for name in sorted(names, key=len, reverse=True)}
