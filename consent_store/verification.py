"""
Verifying the ledger: every entry, every body, every chain's end, what the entries speak of, and checkpoints.

Each fault names its place. Must never stop at the first fault, repair anything, or show what a body says.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from consent_store.sql.database import Transaction
from consent_store.sql.raw_rows import tolerating
from consent_store.verification_chains import check_chains
from consent_store.verification_checkpoints import Witnesses, listen
from consent_store.verification_sources import (
    check_bodies,
    check_notices,
    check_projection,
    check_requests,
)
from consent_store.verification_walk import Progress, Walk
from consent_store.views import Fault, Verification

__all__ = ["Progress", "check_chains", "verify"]


def verify(
    tx: Transaction,
    checkpoints: Path | None = None,
    public_key: str | None = None,
    progress: Progress | None = None,
) -> Verification:
    """All checks on one snapshot. Raises StoreUnavailable."""
    return tolerating(tx, lambda: _verify(tx, checkpoints, public_key, progress))


def _verify(
    tx: Transaction, checkpoints: Path | None, public_key: str | None, progress: Progress | None
) -> Verification:
    witnesses = listen(tx, checkpoints, public_key)
    walk = check_chains(tx, marks=witnesses.chains, progress=progress)
    faults = tuple(_readable(fault) for fault in _all_faults(tx, walk, witnesses))
    return Verification(not faults, faults, walk.entries, witnesses.sound)


def _all_faults(tx: Transaction, walk: Walk, witnesses: Witnesses) -> Iterator[Fault]:
    yield from witnesses.faults
    yield from walk.faults
    yield from check_bodies(tx, walk)
    yield from check_projection(tx, walk.standing)
    yield from check_notices(tx, walk.epochs, witnesses.notices)
    yield from check_requests(tx, walk.answered)


def _readable(fault: Fault) -> Fault:
    """A place that was tampered with may hold bytes that are no text."""
    return Fault(fault.place.encode("utf-8", "backslashreplace").decode(), fault.reason)
