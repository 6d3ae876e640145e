"""
The forms in which a text can lie in bytes: encodings, escapes, base64, hex. Pure.

A form is looked for in lower case where its letters do not matter; base64 is looked for as it is.
"""

from __future__ import annotations

import base64
import html
import json
from collections.abc import Iterator
from urllib.parse import quote, quote_plus

SHORTEST = 8
"""Characters. A shorter text would be found in random bytes now and then."""


def loose(text: str) -> dict[bytes, str]:
    """What to look for in bytes that were put into lower case, and what to call it."""
    found: dict[bytes, str] = {}
    for name, form in _loose(text):
        for case in (form, form.lower()) if isinstance(form, str) else (form,):
            raw = case.encode("utf-8") if isinstance(case, str) else case
            found.setdefault(raw.lower(), name)
    return found


def exact(text: str) -> dict[bytes, str]:
    """What to look for in the bytes as they are: base64, at all three places where the text may begin."""
    found: dict[bytes, str] = {}
    for case in dict.fromkeys((text, text.lower(), text.upper(), text.title())):
        for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
            for shift in range(3):
                form = _base64(case.encode(encoding), shift)
                found.setdefault(form, f"base64 of {encoding}")
                found.setdefault(form.translate(bytes.maketrans(b"+/", b"-_")), f"base64 of {encoding}")
    return found


def _loose(text: str) -> Iterator[tuple[str, str | bytes]]:
    for case in dict.fromkeys((text, text.lower(), text.upper())):
        yield "plain", case
        for encoding in ("latin-1", "utf-16-le", "utf-16-be", "utf-32-le"):
            yield encoding, case.encode(encoding, "ignore") if _fits(case, encoding) else case
        yield "JSON", json.dumps(case)[1:-1]
        yield "JSON in JSON", json.dumps(json.dumps(case)[1:-1])[1:-1]
        yield "JSON, all escaped", "".join(f"\\u{ord(each):04x}" for each in case)
        yield "URL", quote(case, safe="")
        yield "URL", quote_plus(case)
        yield "URL, all escaped", "".join(f"%{byte:02x}" for byte in case.encode())
        yield "HTML", html.escape(case).encode("ascii", "xmlcharrefreplace")
        yield "bytes of Python", repr(case.encode())[2:-1]
        for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
            yield "hex", case.encode(encoding).hex()
            yield "hex with blanks", case.encode(encoding).hex(" ")


def _fits(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _base64(raw: bytes, shift: int) -> bytes:
    """The characters that stand for these bytes alone, if `shift` others (0, 1 or 2) stand before them."""
    encoded = base64.b64encode(b"\0" * shift + raw)
    first = -(-shift * 8 // 6)
    behind_last = (shift + len(raw)) * 8 // 6
    return encoded[first:behind_last]
