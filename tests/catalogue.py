"""Our own catalogue, read once a process: it is frozen, so that no test can change it for another."""

from __future__ import annotations

from functools import cache

from programs import Catalogue, load_catalogue


@cache
def our_catalogue() -> Catalogue:
    """What `load_catalogue()` gives."""
    return load_catalogue()
