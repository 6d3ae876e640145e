"""
What people type, made plain: one kind of space, quote and dash, small letters, no pictures.

It changes the form of a text only; it never picks a value out of it.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

MAX_LENGTH = 300
"""Characters. An answer longer than this is a story, not an answer."""

ANSWERS = "👍👎👌✅🤷"
"""Pictures that say something."""


def plain(text: str) -> str:
    """Small letters, single spaces, plain quotes and dashes, ½ as .5, no pictures but hands that answer."""
    text = "".join(_vulgar_fraction(sign) for sign in text)
    text = unicodedata.normalize("NFKC", text).lower()
    text = re.sub(r"[’‘`´]", "'", text)
    text = re.sub(r"[‐‑‒–—−]", "-", text)
    text = "".join(_without_picture(sign) for sign in text)
    return re.sub(r"(?<=\d) (?=\.\d)", "", " ".join(text.split()))


def _without_picture(sign: str) -> str:
    kind = unicodedata.category(sign)
    if kind in ("Cf", "Cs"):
        return ""
    return " " if kind in ("So", "Sk") and sign not in ANSWERS else sign


def _vulgar_fraction(sign: str) -> str:
    if sign != "⁄" and unicodedata.category(sign) == "No" and "VULGAR FRACTION" in unicodedata.name(sign, ""):
        return format(Decimal(str(unicodedata.numeric(sign))), "f").removeprefix("0")
    return sign
