"""
Item-free help only: a person who said an age under the threshold is asked for nothing, and keeps all help.

The mark says neither an age nor a reason. What was given before ends and its values go. Must never ask
anybody for an age, and never guess one. Source: rule 13 of the consent rules.
"""

from __future__ import annotations

from consent_store.part import Part, follow, new_id
from consent_store.sql import links, marks, people, requests, states, values
from consent_store.sql.database import Transaction


class ItemFree(Part):
    """The store's methods for persons who may not be asked."""

    def set_minor(self, person_id: str) -> int:
        """
        The person stated an age under the threshold: end what was given, delete the values, ask nothing more.

        The open question is closed. The mark goes with `unset_minor` or with erasing. Returns how many
        grants ended.
        """

        def work(tx: Transaction) -> int:
            people.ensure(tx, person_id, self.vault)
            return sum(restrict(tx, one) for one in links.lock(tx, person_id))

        return self.database.write(work)

    def unset_minor(self, person_id: str) -> bool:
        """
        It was a slip, or the person is old enough now: they may be asked again; nothing comes back.

        Returns whether they were marked.
        """

        def work(tx: Transaction) -> bool:
            lifted = [one for one in links.lock(tx, person_id) if marks.lift(tx, one)]
            for one in lifted:
                marks.note(tx, new_id(), one, "item_free_lifted")
            return bool(lifted)

        return self.database.write(work)

    def is_minor(self, person_id: str) -> bool:
        """Whether the person gets item-free help only."""
        return self.database.read(
            lambda tx: any(marks.is_item_free(tx, one) for one in links.identities(tx, person_id))
        )


def restrict(tx: Transaction, person_id: str) -> int:
    """Mark one identity, end its grants and delete its values; returns how many grants ended."""
    requests.close_open(tx, person_id, "item_free")
    given = [one for one in states.of_person(tx, person_id) if one.status == "given"]
    for decision in given:
        follow(tx, decision, "item_free", "expired")
    for key in values.keys_of(tx, person_id):
        values.drop(tx, person_id, key)
    marks.set_item_free(tx, person_id)
    marks.note(tx, new_id(), person_id, "item_free_set")
    return len(given)
