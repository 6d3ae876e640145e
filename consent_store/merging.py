"""
What stands when two identities turn out to be one person: a pure rule over their histories.

For each key the latest event wins, and a tie goes to the one that allows less. So a withdrawal, a refusal
or an end never comes back to life by merging: a grant wins only if it is later than all that the other side
says.
Source: rule 12 of the consent rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass
from datetime import datetime

from consent_store.model import Status
from consent_store.records import Record

LINK_PURPOSE = "link"
"""The purpose of linking two identities: asked in a help of its own, which has the same name."""

LINK_ITEM = "identity"
"""What is linked. Its decision belongs to the identity that was asked, and is never merged."""

Place = tuple[str, str, str]
"""(controller, purpose, item): what one decision is about, whoever made it."""

_ALLOWS_LESS: Mapping[Status, int] = {
    "given": 0, "unasked": 1, "requested": 1, "expired": 1, "not_askable": 1, "deferred": 2, "refused": 3,
    "withdrawn": 4,
}  # fmt: skip


@dataclass(frozen=True)
class Standing:
    """What stands for one key on one side, and from when."""

    status: Status
    since: datetime
    expires_at: datetime | None
    help_id: str | None
    request_id: str | None
    notice_id: str


def standings(records: Iterable[Record]) -> dict[Place, Standing]:
    """
    What stands for each key after the records of one person, in the order of their chain.

    Whatever closes a key counts from the latest instant of its history, so that a clock that went back does
    not make it older than the grant that it closed. A grant counts from its own instant.
    """
    latest: dict[Place, datetime] = {}
    standing: dict[Place, Standing] = {}
    for record in records:
        place = (record.controller_id, record.purpose, record.item)
        latest[place] = max(record.at, latest.get(place, record.at))
        since = record.at if record.status == "given" else latest[place]
        standing[place] = Standing(
            record.status, since, record.expires_at, record.help_id, record.request_id, record.notice_id
        )
    return standing


def later(one: Standing | None, other: Standing | None) -> Standing | None:
    """The one that stands of two: the later; of two at the same instant, the one that allows less."""
    if one is None or other is None:
        return one or other
    return max(one, other, key=_weight)


def merge(one: Mapping[Place, Standing], other: Mapping[Place, Standing]) -> dict[Place, Standing]:
    """What stands for each key when both are one person. The order of the two does not matter."""
    merged = {place: later(one.get(place), other.get(place)) for place in {**one, **other}}
    return {place: standing for place, standing in merged.items() if standing is not None}


def _weight(standing: Standing) -> tuple[object, ...]:
    """A total order, so that the result never depends on which identity comes first."""
    shorter = -standing.expires_at.timestamp() if standing.expires_at else float("-inf")
    rest = tuple(str(value) for value in astuple(standing))
    return standing.since, _ALLOWS_LESS[standing.status], shorter, rest
