"""
How long conversations are kept, and deleting what is over.

Every turn goes when it is that old, the working state when nothing was said for that long. Must never take
the key of a person about whom anything else is kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import partial

from consent_store.sql import conversations, erasing, people
from consent_store.sql.database import Database, Transaction

KEEP_CONVERSATIONS = timedelta(days=30)
"""How long unless told otherwise."""

KNOW_EVENTS = timedelta(days=90)
"""How long an event of a messaging app counts as handled already. No app repeats one after three days."""

BATCH = 100
_COUNTED = (
    "conversations_deleted",
    "turns_deleted",
    "messages_deleted",
    "threads_deleted",
    "keys_deleted",
    "events_forgotten",
)


def sweep(database: Database, kept_for: timedelta) -> Mapping[str, int]:
    """
    Delete what is older, and the data keys of persons about whom then nothing is kept; returns counts.

    Some persons a transaction, so that nobody waits long. `kept_for`: zero for whatever is there.
    """
    sure = database.until_confirmed
    counts = Counter(dict.fromkeys(_COUNTED, 0))
    counts["events_forgotten"] += database.write(sure(lambda tx: conversations.drop_seen(tx, KNOW_EVENTS)))
    after = ""
    while True:
        ids = database.read(sure(partial(conversations.over, kept_for=kept_for, after=after, limit=BATCH)))
        if not ids:
            return counts
        counts.update(database.write(sure(partial(_drop, person_ids=ids, kept_for=kept_for))))
        after = ids[-1]


def _drop(tx: Transaction, person_ids: Sequence[str], kept_for: timedelta) -> Mapping[str, int]:
    people.lock_several(tx, person_ids)
    counts = conversations.drop_over(tx, person_ids, kept_for)
    left = erasing.named_beside(tx, person_ids, beside="person_key")
    keys = people.drop(tx, sorted(set(person_ids) - left))
    return {**counts, "keys_deleted": keys}
