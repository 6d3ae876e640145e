"""
Which events were taken lately, for when the database is away; it knows for longer. Holds keyed hashes only.
"""

from __future__ import annotations

from collections import OrderedDict

MOST_KNOWN = 10_000


class Known:
    """The latest events of one app."""

    def __init__(self) -> None:
        self._events: OrderedDict[str, None] = OrderedDict()

    def is_new(self, event: str) -> bool:
        """Whether it was not taken before; it is known from now on."""
        if event in self._events:
            return False
        self._events[event] = None
        while len(self._events) > MOST_KNOWN:
            self._events.popitem(last=False)
        return True
