"""
What is to be kept together with a conversation, in its transaction: answers that are still to be sent.

The tracker store saves a turn at its end; whoever handed the message to Rasa says here what belongs to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from consent_store.conversing import Alongside

_current: ContextVar[Alongside | None] = ContextVar("askfirst_alongside", default=None)


def current() -> Alongside | None:
    """What belongs to the turn that is going on."""
    return _current.get()


@contextmanager
def keeping(alongside: Alongside) -> Iterator[None]:
    """Everything that is saved within the block takes it along."""
    before = _current.set(alongside)
    try:
        yield
    finally:
        _current.reset(before)
