"""
Linking two identities of one person by a one-time code, and parting them again.

Linking is itself asked: the second identity needs a decision *given* for the purpose "link", asked like any
other in a help named "link". Must never link on a code alone, and never tell whether a wrong code was near.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta

from consent_store.canonical import joined, sha256_hex
from consent_store.gate import granted
from consent_store.item_free import restrict
from consent_store.merging import LINK_ITEM, LINK_PURPOSE
from consent_store.model import Key
from consent_store.moving import Move, give_back, move
from consent_store.part import Part, new_id
from consent_store.sql import helps, links, marks, people
from consent_store.sql.database import Transaction
from consent_store.vault import Vault

CODE_TERM = timedelta(minutes=10)
"""How long a code can be used."""

TRIES = 5
TRIES_TERM = timedelta(minutes=15)
"""An identity may be wrong this often, in this time."""

MOST_IDENTITIES = 20
"""One person has so many conversations at most."""

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _GROUP = 3, 4
_DOMAIN = "ask-first.link-code.v1"


@dataclass(frozen=True)
class Merge:
    """
    What came of a code. `person_id` stands for both identities from now on; None if nothing was linked.

    `reason`: "linked", or why not: unknown_code, too_many_tries, same_identity, linked_already,
    too_many_chats.
    `moved`: (purpose, item) of the decisions of the other identity that stand now.
    `closed`: grants that stand no more.
    """

    linked: bool
    reason: str
    person_id: str | None = None
    moved: tuple[Key, ...] = ()
    closed: tuple[Key, ...] = ()


class Linking(Part):
    """The store's methods about identities of one person."""

    def start_link(self, person_id: str) -> str:
        """
        A code to type at the other identity within 10 minutes; it works once. A new one ends the former.

        12 letters and digits in groups of four (59 bits); only its hash is kept. Raises StoreUnavailable.
        """
        code = "-".join("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS))

        def work(tx: Transaction) -> str:
            people.ensure(tx, person_id, self.vault)
            links.put_code(tx, _hash(code), person_id, tx.now + CODE_TERM)
            return code

        return self.database.write(work)

    def finish_link(self, other_person_id: str, code: str) -> Merge:
        """
        Link the identity that types the code to the one that made it, and merge what both decided.

        Raises ConsentMissing unless `other_person_id` gave "link" in the help that goes on now; the code is
        not even looked at then.
        """
        return self.database.write(lambda tx: _finish(tx, self.vault, other_person_id, code))

    def unlink(self, person_id: str) -> int:
        """
        Part this identity from the others; the one that stands for the person is parted from all.

        Grants that came over by the link end, with their values; what the parted identity had before does
        not come back. Returns how many identities were parted.
        """

        def work(tx: Transaction) -> int:
            root, *aliases = links.lock(tx, person_id)
            parted = aliases if person_id == root else [person_id]
            if links.remove(tx, parted) == 0:
                return 0
            give_back(tx, root, parted)
            for one in (root, *parted):
                marks.note(tx, new_id(), one, "unlinked")
            return len(parted)

        return self.database.write(work)

    def resolve(self, person_id: str) -> str:
        """The identity that stands for this person: the same one unless it was linked."""
        return self.database.read(lambda tx: links.resolve(tx, person_id))


def _finish(tx: Transaction, vault: Vault, other_id: str, code: str) -> Merge:
    maker = links.find_code(tx, _hash(code))
    all_ids = {one for known in (maker, other_id) if known for one in links.identities(tx, known)}
    links.lock_all(tx, sorted(all_ids))
    session = helps.find_open(tx, other_id)
    granted(tx, other_id, (LINK_PURPOSE, LINK_ITEM), session)
    if links.wrong_tries(tx, other_id, TRIES_TERM) >= TRIES:
        return Merge(linked=False, reason="too_many_tries")
    if maker is None or links.find_code(tx, _hash(code)) != maker:
        links.count_wrong(tx, other_id, TRIES_TERM)
        return Merge(linked=False, reason="unknown_code")
    into, out_of = links.resolve(tx, maker), links.resolve(tx, other_id)
    if into == out_of:
        return Merge(linked=False, reason="same_identity" if maker == other_id else "linked_already")
    if sum(len(links.identities(tx, one)) for one in (into, out_of)) > MOST_IDENTITIES:
        return Merge(linked=False, reason="too_many_chats")
    links.use_code(tx, _hash(code))
    return _join(tx, vault, into, out_of, other_id)


def _join(tx: Transaction, vault: Vault, into: str, out_of: str, asked: str) -> Merge:
    link_id = new_id()
    done = move(tx, vault, Move(into, out_of, link_id, ends=sorted({out_of, asked})))
    links.add(tx, out_of, into, link_id)
    for one in (into, out_of):
        marks.note(tx, new_id(), one, "linked")
    if marks.is_item_free(tx, into) or marks.is_item_free(tx, out_of):
        restrict(tx, into)
    return Merge(True, "linked", into, done.moved, done.closed)


def _hash(code: str) -> str:
    plain = "".join(letter for letter in code.lower() if letter.isalnum())
    return sha256_hex(joined(_DOMAIN, plain))
