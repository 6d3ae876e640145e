"""
Opening the gate, inside a transaction: check, read, decrypt, write the use down.

Only `gate` calls this. Must never return a value without a valid decision and a logged use.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from consent_store.errors import VaultUnreadable
from consent_store.model import NOTHING, Finding, Key, Release
from consent_store.part import new_id
from consent_store.sql import helps, opening, states, uses
from consent_store.sql.database import Transaction
from consent_store.sql.opening import Wrapped
from consent_store.sql.uses import Use, UsedItem
from consent_store.validity import closed_because, help_closed_because, value_withheld_because
from consent_store.vault import Vault, unseal, value_place


@dataclass(frozen=True)
class Wish:
    """Who wants to use what in which help. `use_purpose` is what the use is written down for."""

    person_id: str
    help_id: str
    program_id: str
    keys: Sequence[Key]
    use_purpose: str

    @property
    def items(self) -> list[str]:
        """The items, each once, in order."""
        return list(dict.fromkeys(item for _, item in self.keys))


@dataclass(frozen=True)
class _Opened:
    key: Key
    text: str
    decision_seq: int


def release(tx: Transaction, vault: Vault, wish: Wish) -> Release:
    """
    What may be used now, written down as one use; the first valid key of an item counts.

    Raises TooManyItems.
    """
    wrapped = opening.lock_key(tx, wish.person_id)
    session, claimed = opening.help_and_items(tx, wish.help_id)
    reason = help_closed_because(session, person_id=wish.person_id, program_id=wish.program_id, now=tx.now)
    if reason is not None:
        return Release(NOTHING, MappingProxyType(dict.fromkeys(wish.items, reason)), None)
    opened, withheld = _open_all(tx, _data_key(vault, wish.person_id, wrapped), wish)
    use_id = _log(tx, wish, opened, claimed)
    values = MappingProxyType({item: one.text for item, one in opened.items()})
    return Release(values, MappingProxyType(withheld), use_id)


def _open_all(
    tx: Transaction, data_key: bytes | None, wish: Wish
) -> tuple[dict[str, _Opened], dict[str, str]]:
    found = states.findings(tx, wish.person_id, wish.keys)
    opened: dict[str, _Opened] = {}
    withheld: dict[str, str] = {}
    for key in wish.keys:
        result = _open(tx, wish, key, found.get(key), data_key)
        if isinstance(result, _Opened):
            opened.setdefault(key[1], result)
        else:
            withheld.setdefault(key[1], result)
    return opened, {item: reason for item, reason in withheld.items() if item not in opened}


def _data_key(vault: Vault, person_id: str, wrapped: Wrapped | None) -> bytes | None:
    if wrapped is None:
        return None
    try:
        return vault.person_key(person_id, wrapped.master_id, wrapped.key)
    except VaultUnreadable:
        return None


def _open(
    tx: Transaction, wish: Wish, key: Key, finding: Finding | None, data_key: bytes | None
) -> _Opened | str:
    """The value, or why it is withheld."""
    reason = closed_because(
        finding, key, person_id=wish.person_id, program_id=wish.program_id, help_id=wish.help_id, now=tx.now
    )
    if reason is None and finding is not None:
        reason = value_withheld_because(finding, help_id=wish.help_id, now=tx.now)
    if reason is not None or finding is None or finding.value is None:
        return reason or "no_value"
    place = value_place(wish.person_id, *key, finding.value.record_id)
    try:
        return _Opened(key, unseal(data_key or b"", finding.value.sealed, place), finding.decision.seq)
    except VaultUnreadable:
        return "unreadable"


def _log(tx: Transaction, wish: Wish, opened: Mapping[str, _Opened], claimed: frozenset[str]) -> str | None:
    if not opened:
        return None
    if not claimed.issuperset(opened):
        helps.claim_items(tx, wish.help_id, list(opened))
    used = [UsedItem(one.key[0], one.key[1], one.decision_seq) for one in opened.values()]
    use = Use(new_id(), wish.person_id, wish.help_id, wish.program_id, wish.use_purpose, used)
    uses.log(tx, use)
    return use.use_id
