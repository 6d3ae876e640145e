"""
Carrying out a merge inside a transaction: records that say what stands, and values that follow them.

The chains stay as they are; each change is a new entry. Must never move a value without the grant that it
follows, and never leave one behind.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from consent_store import merging
from consent_store.gate import seal_and_keep
from consent_store.helping import end
from consent_store.merging import LINK_PURPOSE, Place, Standing
from consent_store.model import Key, SealedValue
from consent_store.opening import Opener
from consent_store.part import append, follow
from consent_store.records import Record, read_record
from consent_store.sql import events, helps, notices, requests, states, values
from consent_store.sql.database import Transaction
from consent_store.vault import Vault


@dataclass(frozen=True)
class Move:
    """What goes where. `ends`: the identities whose open help ends first."""

    into: str
    out_of: str
    link_id: str
    ends: Sequence[str]


@dataclass(frozen=True)
class Moved:
    """What came over, and which grants stand no more."""

    moved: tuple[Key, ...]
    closed: tuple[Key, ...]


def move(tx: Transaction, vault: Vault, what: Move) -> Moved:
    """Let `into` have what stands for both, and `out_of` nothing that is given."""
    for one in what.ends:
        session = helps.find_open(tx, one)
        if session is not None:
            end(tx, session, "linked")
    mine, theirs = _standings(tx, what.into), _standings(tx, what.out_of)
    stands = merging.merge(mine, theirs)
    changed = {place: one for place, one in stands.items() if mine.get(place) != one}
    for place, standing in changed.items():
        append(tx, _record(tx, what, place, standing))
    _move_values(tx, vault, what, stands, changed)
    _close(tx, what.out_of)
    closed = [place for place in changed if place in mine and mine[place].status == "given"]
    return Moved(_named(changed), _named(p for p in closed if changed[p].status != "given"))


def give_back(tx: Transaction, root: str, parted: Sequence[str]) -> None:
    """End the grants of `root` that rest on an answer of a parted identity; their values go."""
    for decision in states.of_person(tx, root):
        request = requests.find(tx, decision.request_id) if decision.request_id else None
        if decision.status == "given" and (request is None or request.person_id in parted):
            follow(tx, decision, "unlinked", "expired")
            values.drop(tx, root, decision.key)


def _standings(tx: Transaction, person_id: str) -> dict[Place, Standing]:
    read = (read_record(body) for _, body in events.bodies_of(tx, person_id))
    return merging.standings(
        record for record in read if isinstance(record, Record) and record.purpose != LINK_PURPOSE
    )


def _record(tx: Transaction, what: Move, place: Place, standing: Standing) -> Record:
    """What is appended for `into`: the decision as it was made, at the instant when it was made."""
    controller_id, purpose, item = place
    return Record(
        kind="merged",
        status=standing.status,
        person_id=what.into,
        controller_id=controller_id,
        purpose=purpose,
        item=item,
        help_id=standing.help_id,
        request_id=standing.request_id,
        notice_id=standing.notice_id,
        notice_epoch=notices.epoch_of(tx, standing.notice_id),
        at=standing.since,
        expires_at=standing.expires_at,
        link_id=what.link_id,
    )


def _move_values(
    tx: Transaction,
    vault: Vault,
    what: Move,
    stands: Mapping[Place, Standing],
    changed: Mapping[Place, Standing],
) -> None:
    """Values follow the decision that stands, and only a given one; all others go."""
    opener = Opener.of(tx, vault, what.out_of)
    came = {_key(place) for place in changed}
    closed = {_key(place) for place, one in stands.items() if one.status != "given"}
    theirs = {key: _sealed(tx, what.out_of, key) for key in values.keys_of(tx, what.out_of)}
    for key in came | closed:
        values.drop(tx, what.into, key)
    for key, sealed in theirs.items():
        text = opener.value(sealed) if sealed is not None and key in came - closed else None
        finding = states.findings(tx, what.into, [key]).get(key)
        if text is not None and finding is not None and finding.decision.help_id is None:
            seal_and_keep(tx, vault, finding, text)
        values.drop(tx, what.out_of, key)


def _close(tx: Transaction, person_id: str) -> None:
    for decision in states.of_person(tx, person_id):
        if decision.status == "given":
            follow(tx, decision, "merged", "expired")


def _sealed(tx: Transaction, person_id: str, key: Key) -> SealedValue | None:
    finding = states.findings(tx, person_id, [key]).get(key)
    return finding.value if finding is not None else None


def _key(place: Place) -> Key:
    return place[1], place[2]


def _named(places: Iterable[Place]) -> tuple[Key, ...]:
    return tuple(_key(place) for place in sorted(places))
