"""What verification has seen on its way along the chains. Its memory grows with places and requests."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from consent_store import ledger
from consent_store.canonical import joined
from consent_store.views import Fault

Progress = Callable[[int, int], None]
"""Called with how many entries are checked, and how many there are."""

Marks = Mapping[str, Mapping[int, Sequence[tuple[str, str]]]]
"""What checkpoints say, by chain and size: (last hash in hex, which checkpoint says so)."""

SEPARATOR = "\x1f"
_SEQ_FRAME = (8).to_bytes(4, "big")


@dataclass
class Chain:
    """One chain on the way along it."""

    chain_id: str
    prefix: bytes
    head: bytes
    marks: Mapping[int, Sequence[tuple[str, str]]]
    size: int = 0

    def place(self, seq: object) -> str:
        """How faults name an entry of it."""
        return f"ledger chain {self.chain_id} entry {seq}"


@dataclass
class Walk:
    """What has been seen on the way along the chains."""

    marks: Marks = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    entries: int = 0
    chains: dict[str, Chain] = field(default_factory=dict)
    without_body: list[tuple[str, int]] = field(default_factory=list)
    erased: set[tuple[str, int]] = field(default_factory=set)
    standing: dict[str, str] = field(default_factory=dict)
    """By place (person, controller, purpose, item, joined): what stands there, joined."""
    answered: dict[str, str] = field(default_factory=dict)
    """By request: the answer as the ledger has it, joined."""
    epochs: dict[str, int] = field(default_factory=dict)
    """By notice: the epoch that the entries speak of."""

    def fault(self, place: str, reason: str) -> None:
        """Note what is wrong, and where."""
        self.faults.append(Fault(place, reason))

    def chain(self, chain_id: str) -> Chain:
        """The chain of that name, from its beginning if it is new."""
        known = self.chains.get(chain_id)
        if known is None:
            name = chain_id.encode("utf-8", "surrogateescape")
            start = sha256(joined(ledger.DOMAIN, "genesis", name)).digest()
            known = Chain(
                chain_id, joined(ledger.DOMAIN, name) + _SEQ_FRAME, start, self.marks.get(chain_id, {})
            )
            self.chains[chain_id] = known
        return known


def joined_text(*parts: str | None) -> str:
    """Several texts as one, to hold against one another."""
    return SEPARATOR.join([part or "" for part in parts])


def shown(joined: str) -> str:
    """A joined place as faults show it."""
    return joined.replace(SEPARATOR, " ")
