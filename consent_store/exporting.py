"""
The export: everything that the store keeps about a person, for the person, in plain types.

Values, words and conversations are opened here, for nobody else. The form is in docs/export.schema.json;
names of items and purposes are the caller's words, else those of the notice that was shown. Must never be
used to feed a help.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from consent_store.canonical import Plain
from consent_store.clock import to_text
from consent_store.export_conversation import conversation
from consent_store.export_decisions import Names, decisions, names_shown
from consent_store.export_lists import LISTS
from consent_store.model import SealedValue
from consent_store.opening import Opener
from consent_store.part import Part, new_id
from consent_store.sql import dossier, links, marks, people
from consent_store.sql.database import Transaction
from consent_store.vault import Vault

SCHEMA = "ask-first.export.v1"


class Exporting(Part):
    """The store's method for access and portability."""

    def export(self, person_id: str, *, names: Mapping[str, str] | None = None) -> dict[str, Plain]:
        """
        All that is kept about the person and their linked identities, values included, as JSON-ready types.

        `names`: plain words by item, purpose or program id. That an export was made is noted, if the store
        knows the person. Whoever calls this must have made sure that the person is who they say.
        """
        return self.database.write(lambda tx: _export(tx, self.vault, person_id, dict(names or {})))


def _export(tx: Transaction, vault: Vault, person_id: str, spoken: Mapping[str, str]) -> dict[str, Plain]:
    ids = links.lock(tx, person_id)
    openers = {one: Opener.of(tx, vault, one) for one in ids}
    words = Names({**names_shown(tx, ids), **spoken})
    decided = decisions(tx, ids, openers, words)
    document: dict[str, Plain] = {
        "schema": SCHEMA,
        "made_at": to_text(tx.now),
        "person": {
            "id": ids[0],
            "linked_ids": list(ids[1:]),
            "item_free_help_only": any(marks.is_item_free(tx, one) for one in ids),
        },
        "controllers": _controllers(tx, decided),
        "decisions": list(decided),
        "values": [_value(row, openers, words) for row in dossier.rows(tx, "personal_data", ids)],
        "conversation": conversation(tx, openers),
    }
    for name, (table, shape) in LISTS.items():
        document[name] = [shape(tx, row, words) for row in dossier.rows(tx, table, ids)]
    if any(people.lock(tx, one) for one in ids):
        marks.note(tx, new_id(), ids[0], "exported")
    return document


def _controllers(tx: Transaction, decided: Sequence[dict[str, Plain]]) -> list[Plain]:
    ids = sorted({str(one["controller"]) for one in decided})
    return [{"id": one, **dossier.controller(tx, one)} for one in ids]


def _value(row: Mapping[str, object], openers: Mapping[str, Opener], words: Names) -> Plain:
    sealed = SealedValue(**row)  # type: ignore[arg-type]
    return {
        "purpose": words.of(sealed.purpose),
        "item": words.of(sealed.item),
        "value": openers[sealed.person_id].value(sealed),
        "kept_since": to_text(sealed.stored_at),
        "kept_until": to_text(sealed.expires_at) if sealed.expires_at else None,
        "only_for_this_help": sealed.help_id is not None,
    }
