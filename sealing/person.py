"""
Person ids that say nothing about the person.

A raw channel id (a chat id, a phone number) must never be stored or sent on; this turns it into an id
that cannot be turned back, or guessed, without the key.
"""

from __future__ import annotations

from sealing.tagging import as_bytes, tag

ID_BYTES = 16


def pseudonym(key: bytes, *parts: str) -> str:
    """
    A stable id for the parts, for example ("rest", sender): 32 lower-case hex characters.

    ("a", "bc") and ("ab", "c") get different ids. Raises nothing for any text.
    """
    return tag(key, "person", *(as_bytes(part) for part in parts))[:ID_BYTES].hex()
