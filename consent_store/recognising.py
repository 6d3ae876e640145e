"""
What a person's key is recognised by, without being one: a conversation is kept only under the key that it was
read under.
"""

from __future__ import annotations

import hashlib

Marks = frozenset[str]
"""Hashes of the row and, if it opens, of the key in it."""

NOBODY: Marks = frozenset()
"""The marks where there is no key: the store does not know the person."""

GONE: Marks = frozenset({"gone"})
"""Marks that no key has: of a conversation whose person was erased, so that it is never written."""


def marks_of(wrapped: bytes, data_key: bytes | None = None) -> Marks:
    """
    The marks of a person's key.

    Of the row and of the key itself: a rotation wraps the same key anew, and a row that does not open has
    marks too.
    """
    marks = {_mark(b"row", wrapped)}
    return frozenset(marks if data_key is None else {*marks, _mark(b"key", data_key)})


def _mark(kind: bytes, content: bytes) -> str:
    return hashlib.sha256(b"ask-first.conversation-mark.v1 " + kind + b" " + content).hexdigest()
