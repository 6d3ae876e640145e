"""
What people type, made plain: one kind of space, quote and dash, small letters, spoken numbers as digits.

It changes the form of a text only; it never picks a value out of it.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from text_to_num import alpha2digit

from programs.reading.numbers import parse_number
from programs.reading.words import words

MAX_LENGTH = 300
"""Characters. An answer longer than this is a story, not an answer."""


def plain(text: str) -> str:
    """Small letters, single spaces, plain quotes and dashes, ½ as .5."""
    text = "".join(_vulgar_fraction(sign) for sign in text)
    text = unicodedata.normalize("NFKC", text).lower()
    text = re.sub(r"[’‘`´]", "'", text)
    text = re.sub(r"[‐‑‒–—−]", "-", text)
    return " ".join(text.split())


def with_digits(text: str) -> str:
    """
    A plain text with spoken numbers as digits: "twelve hundred" → "1200", "19 and a half" → "19.5", "2k" →
    "2000".
    """
    text = re.sub(r"\b(?:a|an) (?=hundred|thousand|million)", "one ", text)
    text = _multiplied(text)
    text = re.sub(r"(?<=[a-z])-(?=[a-z])", " ", text)
    text = str(alpha2digit(text, "en", 0))
    text = re.sub(r"\b(\d+) and (?:a|one) half\b", r"\1.5", text)
    text = re.sub(r"\b(\d+) and 1 half\b", r"\1.5", text)
    return re.sub(r"\b(\d+\.\d+) (1000|1000000)\b", lambda m: _product(m[1], int(m[2])), text)


def _vulgar_fraction(sign: str) -> str:
    if sign != "⁄" and unicodedata.category(sign) == "No" and "VULGAR FRACTION" in unicodedata.name(sign, ""):
        return format(Decimal(str(unicodedata.numeric(sign))), "f").removeprefix("0")
    return sign


def _multiplied(text: str) -> str:
    for word, factor in (("thousand", 1_000), ("million", 1_000_000)):
        pattern = rf"(\d[\d.,]*)\s?(?:{'|'.join(words()['money'][word])})(?!\w)"
        text = re.sub(pattern, lambda m, f=factor: _product(m[1], f), text)  # type: ignore[misc]
    return text


def _product(digits: str, factor: int) -> str:
    number = parse_number(digits)
    if number is None:
        return digits
    return format((number * factor).normalize(), "f")
