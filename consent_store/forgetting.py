"""
Forgetting a person: everything about all their identities goes, and it is read again whether it is gone.

The ledger keeps its hashes, which then tell nothing. Must never call an erasure verified that was not read
again after its transaction, in a fresh one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from consent_store import certificates, ledger, verification
from consent_store.certificates import Certificate, Responsible
from consent_store.errors import StoreUnavailable
from consent_store.part import Part
from consent_store.records import ErasureRecord
from consent_store.signing import Signer
from consent_store.sql import dossier, erasing, events, links
from consent_store.sql.database import Transaction
from consent_store.sql.events import Detail
from consent_store.views import ErasedChain, Erasure


@dataclass(frozen=True)
class _Deleted:
    ids: Sequence[str]
    counts: Mapping[str, int]
    chains: tuple[ErasedChain, ...]
    at: datetime


@dataclass(frozen=True)
class _Reading:
    left: int | None = None
    faults: int | None = None
    at: datetime | None = None


class Forgetting(Part):
    """The store's methods that erase."""

    def erase(self, person_id: str) -> Erasure:
        """
        Delete everything about the person: values, keys, salts, evidence, requests, helps, uses, links.

        An identity that was linked goes with all others of the same person. The ledger keeps its hashes, and
        one entry a chain that says which of them were erased. `verified` comes from reading again afterwards:
        nothing left, and the chains still verify; if it cannot be read, it is not verified. Never a part of
        a unit: what that did before is committed first. Raises StoreUnavailable, and then nothing was
        deleted.
        """
        with self.database.apart():
            deleted = self.database.write(lambda tx: _erase(tx, person_id))
            cleared = self.database.clear_journal()
            found = self._read_again(deleted)
        return Erasure(
            counts=deleted.counts,
            verified=found.left == 0 and found.faults == 0,
            journal_cleared=cleared,
            left=found.left,
            faults=found.faults,
            chains=deleted.chains,
            erased_at=deleted.at,
            read_again_at=found.at,
        )

    def erase_with_certificate(self, person_id: str, signer: Signer, controller: str) -> Certificate:
        """
        Erase, and say so in a signed document that names nobody. `controller`: the id of who is responsible.

        Same errors as `erase`. A certificate also comes for an erasure that is not verified, and says so.
        """
        row = self.database.read(lambda tx: dossier.controller(tx, controller))
        erasure = self.erase(person_id)
        return certificates.issue(erasure, Responsible(controller, **row), signer)

    def _read_again(self, deleted: _Deleted) -> _Reading:
        try:
            left, at = self.database.read(lambda tx: (erasing.count_left(tx, deleted.ids), tx.now))
            chains = sorted({ledger.chain_of(one) for one in deleted.ids})
            walks = [self.database.read(partial(verification.check_chains, only=one)) for one in chains]
        except StoreUnavailable:
            return _Reading()
        return _Reading(left, sum(len(walk.faults) for walk in walks), at)


def _erase(tx: Transaction, person_id: str) -> _Deleted:
    ids = links.lock(tx, person_id)
    positions: dict[str, list[int]] = {}
    for one in ids:
        for entry, _ in events.bodies_of(tx, one):
            positions.setdefault(entry.chain_id, []).append(entry.seq)
    counts = dict(erasing.delete_person(tx, ids))
    chains = tuple(_say_erased(tx, chain, sorted(positions[chain])) for chain in sorted(positions))
    return _Deleted(ids, counts, chains, tx.now)


def _say_erased(tx: Transaction, chain_id: str, positions: Sequence[int]) -> ErasedChain:
    detail = Detail(None, None, ledger.new_salt(), ErasureRecord(positions, tx.now).body())
    entry = events.append(tx, chain_id, detail)
    return ErasedChain(chain_id, tuple(positions), entry.seq, entry.entry_hash.hex())
