"""
The gate: the only way by which a value leaves the store, and the only way by which one comes in.

Release checks, reads, decrypts and writes the use down in one transaction. A value is kept under one purpose,
with a valid decision for exactly this person, purpose and item. Must never return a value without a logged
use.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from consent_store.errors import ConsentMissing, TooManyItems
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
from consent_store.releasing import Wish, release
from consent_store.sql import helps, marks, people, requests, states, values
from consent_store.sql.database import Transaction
from consent_store.validity import (
    closed_because,
    help_closed_because,
    is_current,
    status_for_help,
    value_withheld_because,
)
from consent_store.vault import Vault, seal, value_place


class Gate(Part):
    """The store's methods about values."""

    def keep_value(self, person_id: str, purpose: str, item: str, value_text: str, help_id: str) -> None:
        """
        Seal and keep a value that the person gave in this help; a former one for the same key is replaced.

        Raises ConsentMissing without a valid decision for exactly this person, purpose and item.
        """

        def work(tx: Transaction) -> None:
            people.lock(tx, person_id)
            finding = granted(tx, person_id, (purpose, item), helps.find(tx, help_id))
            seal_and_keep(tx, self.vault, finding, value_text)

        self.database.write(work)

    def release(self, person_id: str, help_id: str, keys: Sequence[Key], *, program_id: str) -> Release:
        """
        The values that this help may use now, by item, with the use written down; what was withheld, and why.

        `keys` are (purpose, item); the first valid one of an item counts. Nothing is written down when
        nothing was released. Raises TooManyItems above three items, in this call or over the whole help.
        """
        wish = Wish(person_id, help_id, program_id, tuple(keys), use_purpose=program_id)
        if len(wish.items) > MAX_ITEMS:
            raise TooManyItems("three_items_is_the_most", help=help_id)
        if not wish.items:
            return Release(NOTHING, NOTHING, None)
        return self.database.write(lambda tx: release(tx, self.vault, wish))

    def keep_remembered(self, person_id: str, program_id: str, item: str, help_id: str) -> None:
        """
        Copy a value of this help to "remember for next time", through the gate, as a use of its own.

        Raises ConsentMissing if that purpose was not given, or there is no value that may be used.
        """
        purpose = remember_purpose(program_id)
        wish = Wish(person_id, help_id, program_id, [(program_id, item)], use_purpose=purpose)

        def work(tx: Transaction) -> None:
            people.lock(tx, person_id)
            finding = granted(tx, person_id, (purpose, item), helps.find(tx, help_id))
            released = release(tx, self.vault, wish)
            if item not in released.values:
                raise ConsentMissing(released.withheld[item], purpose=program_id, item=item)
            seal_and_keep(tx, self.vault, finding, released.values[item])

        self.database.write(work)

    def states(self, person_id: str, help_id: str, keys: Sequence[Key]) -> Mapping[Key, ItemState]:
        """
        Where each key stands for this help. Refusals and withdrawals outlive the help.

        "Not now" and grants for one help only do not: in another help they are unasked.
        """
        wanted = list(keys)

        def work(tx: Transaction) -> Mapping[Key, ItemState]:
            session = helps.find(tx, help_id)
            if session is not None and session.person_id != person_id:
                session = None
            found = states.findings(tx, person_id, wanted)
            asked = _open_question(tx, session)
            states_now = {key: _state(tx, found.get(key), session, requested=key == asked) for key in wanted}
            return _without_asking(states_now) if marks.is_item_free(tx, person_id) else states_now

        return self.database.read(work)


def _open_question(tx: Transaction, session: HelpSession | None) -> Key | None:
    if session is None or not is_current(session, tx.now):
        return None
    request = requests.find_open(tx, session.person_id)
    if request is None or request.help_id != session.help_id or tx.now >= request.expires_at:
        return None
    return request.purpose, request.item


def _state(
    tx: Transaction, finding: Finding | None, session: HelpSession | None, *, requested: bool
) -> ItemState:
    status = status_for_help(finding, session, requested=requested, now=tx.now)
    if status != "given" or finding is None or session is None:
        return ItemState(status, has_value=False)
    has_value = value_withheld_because(finding, help_id=session.help_id, now=tx.now) is None
    return ItemState(status, has_value, finding.decision.decided_at)


def _without_asking(found: Mapping[Key, ItemState]) -> Mapping[Key, ItemState]:
    """What was decided stays as it is; what could be asked, cannot."""
    closed = ItemState("not_askable", has_value=False)
    return {key: one if one.status in ("refused", "withdrawn") else closed for key, one in found.items()}


def granted(tx: Transaction, person_id: str, key: Key, session: HelpSession | None) -> Finding:
    """The valid grant for this key. Raises ConsentMissing."""
    program_id, help_id = (session.program_id, session.help_id) if session is not None else ("", "")
    finding = states.findings(tx, person_id, [key]).get(key)
    reason = help_closed_because(session, person_id=person_id, program_id=program_id, now=tx.now)
    reason = reason or closed_because(
        finding, key, person_id=person_id, program_id=program_id, help_id=help_id, now=tx.now
    )
    if reason is not None or finding is None:
        raise ConsentMissing(reason or "unasked", purpose=key[0], item=key[1])
    return finding


def seal_and_keep(tx: Transaction, vault: Vault, finding: Finding, text: str) -> None:
    """Seal the text under this very grant and its term; a former value of the key is gone."""
    decision = finding.decision
    data_key = people.data_key(tx, decision.person_id, vault)
    if data_key is None:
        raise ConsentMissing("no_person_key", purpose=decision.purpose, item=decision.item)
    record_id = new_id()
    place = value_place(decision.person_id, decision.purpose, decision.item, record_id)
    sealed = SealedValue(
        record_id=record_id,
        person_id=decision.person_id,
        purpose=decision.purpose,
        item=decision.item,
        sealed=seal(data_key, text, place),
        help_id=decision.help_id,
        stored_at=tx.now,
        expires_at=decision.expires_at,
    )
    values.keep(tx, sealed)
