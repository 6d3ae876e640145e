"""
The gate: the only way by which a value leaves the store, and the only way by which one comes in.

Release checks, reads, decrypts and writes the use down in one transaction. A value is kept under one purpose, with
a valid decision for exactly this person, purpose and item. Must never return a value without a logged use.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from consent_store.errors import ConsentMissing, TooManyItems, VaultUnreadable
from consent_store.model import (
    MAX_ITEMS,
    NOTHING,
    Finding,
    HelpSession,
    ItemState,
    Key,
    Release,
    SealedValue,
    remember_purpose,
)
from consent_store.part import Part, new_id
from consent_store.sql import helps, people, requests, states, uses, values
from consent_store.sql.database import Transaction
from consent_store.sql.uses import Use, UsedItem
from consent_store.validity import (
    closed_because,
    help_closed_because,
    status_for_help,
    value_withheld_because,
)
from consent_store.vault import Vault, seal, unseal, value_place


@dataclass(frozen=True)
class _Opened:
    key: Key
    text: str
    decision_seq: int


class Gate(Part):
    """The store's methods about values."""

    def keep_value(self, person_id: str, purpose: str, item: str, value_text: str, help_id: str) -> None:
        """
        Seal and keep a value that the person gave in this help; a former one for the same key is replaced.

        Raises ConsentMissing without a valid decision for exactly this person, purpose and item.
        """

        def work(tx: Transaction) -> None:
            people.lock(tx, person_id)
            session = helps.find(tx, help_id)
            finding = _granted(tx, person_id, (purpose, item), session)
            _seal_and_keep(tx, self.vault, finding, value_text)

        self.database.write(work)

    def release(self, person_id: str, help_id: str, keys: Sequence[Key], *, program_id: str) -> Release:
        """
        The values that this help may use now, by item, with the use written down; what was withheld, and why.

        `keys` are (purpose, item); the first valid one of an item counts. Raises TooManyItems above three items.
        """
        items = list(dict.fromkeys(item for _, item in keys))
        if len(items) > MAX_ITEMS:
            raise TooManyItems("three_items_is_the_most", help=help_id)
        if not items:
            return Release(NOTHING, NOTHING, None)

        def work(tx: Transaction) -> Release:
            people.lock(tx, person_id)
            return _release(tx, self.vault, person_id, help_id, keys, program_id)

        return self.database.write(work)

    def keep_remembered(self, person_id: str, program_id: str, item: str, help_id: str) -> None:
        """
        Copy a value of this help to "remember for next time", through the gate, as a use of its own.

        Raises ConsentMissing if that purpose was not given, or there is no value that may be used.
        """
        purpose = remember_purpose(program_id)

        def work(tx: Transaction) -> None:
            people.lock(tx, person_id)
            session = helps.find(tx, help_id)
            finding = _granted(tx, person_id, (purpose, item), session)
            source = [(program_id, item)]
            released = _release(tx, self.vault, person_id, help_id, source, program_id, use_purpose=purpose)
            if item not in released.values:
                raise ConsentMissing(released.withheld[item], purpose=program_id, item=item)
            _seal_and_keep(tx, self.vault, finding, released.values[item])

        self.database.write(work)

    def states(self, person_id: str, help_id: str, keys: Sequence[Key]) -> Mapping[Key, ItemState]:
        """
        Where each key stands for this help. Refusals and withdrawals outlive the help.

        "Not now" and grants for one help only do not: in another help they are unasked.
        """

        def work(tx: Transaction) -> Mapping[Key, ItemState]:
            session = helps.find(tx, help_id)
            found = states.findings(tx, person_id, list(keys))
            request = requests.find_open(tx, person_id)
            is_open = request is not None and tx.now < request.expires_at and request.help_id == help_id
            asked = (request.purpose, request.item) if request is not None and is_open else None
            return {key: _state(tx, found.get(key), key, session, requested=key == asked) for key in keys}

        return self.database.read(work)


def _state(
    tx: Transaction, finding: Finding | None, key: Key, session: HelpSession | None, *, requested: bool
) -> ItemState:
    status = status_for_help(finding, session, requested=requested, now=tx.now)
    if status != "given" or finding is None or session is None:
        return ItemState(status, has_value=False)
    return ItemState(status, value_withheld_because(finding, help_id=session.help_id, now=tx.now) is None)


def _granted(tx: Transaction, person_id: str, key: Key, session: HelpSession | None) -> Finding:
    """The valid grant for this key. Raises ConsentMissing."""
    program_id = session.program_id if session is not None else ""
    reason = help_closed_because(session, person_id=person_id, program_id=program_id, now=tx.now)
    finding = states.findings(tx, person_id, [key]).get(key)
    if reason is None and session is not None:
        reason = closed_because(
            finding, key, person_id=person_id, program_id=program_id, help_id=session.help_id, now=tx.now
        )
    if reason is not None or finding is None:
        raise ConsentMissing(reason or "unasked", purpose=key[0], item=key[1])
    return finding


def _seal_and_keep(tx: Transaction, vault: Vault, finding: Finding, text: str) -> None:
    decision = finding.decision
    data_key = people.data_key(tx, decision.person_id, vault)
    if data_key is None:
        raise ConsentMissing("no_person_key", purpose=decision.purpose, item=decision.item)
    record_id = new_id()
    place = value_place(decision.person_id, decision.purpose, decision.item, record_id)
    sealed = seal(data_key, text, place)
    values.keep(
        tx,
        SealedValue(
            record_id, decision.person_id, decision.purpose, decision.item, sealed,
            decision.help_id, tx.now, decision.expires_at,
        ),
    )  # fmt: skip


def _release(
    tx: Transaction,
    vault: Vault,
    person_id: str,
    help_id: str,
    keys: Sequence[Key],
    program_id: str,
    use_purpose: str | None = None,
) -> Release:
    items = list(dict.fromkeys(item for _, item in keys))
    session = helps.find(tx, help_id)
    reason = help_closed_because(session, person_id=person_id, program_id=program_id, now=tx.now)
    if reason is not None:
        return Release(NOTHING, MappingProxyType(dict.fromkeys(items, reason)), None)
    found = states.findings(tx, person_id, keys)
    opened: dict[str, _Opened] = {}
    withheld: dict[str, str] = {}
    data_key = _data_key(tx, person_id, vault)
    for key in keys:
        if key[1] in opened:
            continue
        result = _open(found.get(key), key, data_key, person_id, program_id, help_id, tx)
        if isinstance(result, _Opened):
            opened[key[1]] = result
        else:
            withheld.setdefault(key[1], result)
    use_id = _log(tx, person_id, help_id, program_id, use_purpose or program_id, opened)
    values_out = MappingProxyType({item: one.text for item, one in opened.items()})
    return Release(
        values_out,
        MappingProxyType({item: why for item, why in withheld.items() if item not in opened}),
        use_id,
    )


def _data_key(tx: Transaction, person_id: str, vault: Vault) -> bytes | None:
    try:
        return people.data_key(tx, person_id, vault)
    except VaultUnreadable:
        return None


def _open(
    finding: Finding | None,
    key: Key,
    data_key: bytes | None,
    person_id: str,
    program_id: str,
    help_id: str,
    tx: Transaction,
) -> _Opened | str:
    """The value, or why it is withheld."""
    reason = closed_because(
        finding, key, person_id=person_id, program_id=program_id, help_id=help_id, now=tx.now
    )
    if reason is None and finding is not None:
        reason = value_withheld_because(finding, help_id=help_id, now=tx.now)
    if reason is not None or finding is None or finding.value is None:
        return reason or "no_value"
    try:
        place = value_place(person_id, *key, finding.value.record_id)
        text = unseal(data_key or b"", finding.value.sealed, place)
    except VaultUnreadable:
        return "unreadable"
    return _Opened(key, text, finding.decision.seq)


def _log(
    tx: Transaction,
    person_id: str,
    help_id: str,
    program_id: str,
    purpose: str,
    opened: Mapping[str, _Opened],
) -> str | None:
    if not opened:
        return None
    helps.claim_items(tx, help_id, list(opened))
    used = [UsedItem(one.key[0], one.key[1], one.decision_seq) for one in opened.values()]
    use = Use(new_id(), person_id, help_id, program_id, purpose, used)
    uses.log(tx, use)
    return use.use_id
