"""
Numbers as people write them, with points, commas or apostrophes, read as exact decimals.

It never guesses between two readings: what is not a well-formed number is no number.
"""

from __future__ import annotations

import re
from decimal import Decimal

TOKEN = re.compile(r"(?<![\w.,])(-\s?)?((?:\d{1,3}(?:'\d{3})+|\d+)(?:[.,]\d+)*)(?![\w]|[.,]\d)")
_HALF = re.compile(r"(?<![\w.,])\.(?=\d)")
_GROUPED = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*")


def find_numbers(text: str) -> tuple[str, ...]:
    """
    The number tokens in a plain text, each once, in order; a minus belongs to its number unless it joins
    two.
    """
    text = _HALF.sub("0.", text)
    found = []
    for match in TOKEN.finditer(text):
        joins_two = bool(re.search(r"\d\s?$", text[: match.start()]))
        sign = "-" if match[1] and not joins_two else ""
        found.append(sign + match[2])
    return tuple(dict.fromkeys(found))


def is_grouped(token: str) -> bool:
    """True for "1,200" and "1.200": one separator that may stand for thousands or for decimals."""
    return bool(re.fullmatch(r"-?[1-9]\d{0,2}[.,]\d{3}", token))


def parse_number(token: str) -> Decimal | None:
    """
    The number of a token, or None if it is not well-formed.

    One separator followed by exactly three digits groups thousands ("1.200" is twelve hundred): amounts have
    two decimals. Where both separators occur, the last one is the decimal one.
    """
    sign, digits = ("-", token[1:]) if token.startswith("-") else ("", token)
    digits = digits.replace("'", "")
    separators = re.findall(r"[.,]", digits)
    if not separators:
        return Decimal(sign + digits)
    if is_grouped(digits) or (len(separators) > 1 and len(set(separators)) == 1):
        return Decimal(sign + re.sub(r"[.,]", "", digits)) if _GROUPED.fullmatch(digits) else None
    whole, _, decimals = digits.rpartition(separators[-1])
    if re.search(r"[.,]", whole) and not _GROUPED.fullmatch(whole):
        return None
    return Decimal(f"{sign}{re.sub(r'[.,]', '', whole)}.{decimals}")
