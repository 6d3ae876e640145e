"""Waits for something to become so, and says for what it waited in vain."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

SECONDS = 60.0
PAUSE_SECONDS = 0.02


def eventually(
    check: Callable[[], Any], what: str = "", seconds: float = SECONDS, *, more: Callable[[], str] = str
) -> Any:
    """
    The first true answer of `check()`. Raises AssertionError, naming `what` should have become so, if none
    comes.

    The limit is far above what a busy machine needs. more: what to add to the failure, as the ends of logs.
    """
    deadline = time.monotonic() + seconds
    while not (found := check()):
        if time.monotonic() > deadline:
            raise AssertionError(f"still not so after {seconds:.0f} s: {what or check}\n{more()}")
        time.sleep(PAUSE_SECONDS)
    return found
