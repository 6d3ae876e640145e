"""Messages of messaging apps on their way: swept in their time, and events known for long enough."""

from __future__ import annotations

from datetime import timedelta

from consent_store import ConsentStore, StoreKeys
from consent_store.conversations import KNOW_EVENTS
from tests.contract import raw
from tests.contract.talker import Talker
from tests.unit.consent_store.kit import FakeClock

TABLES = ("message_waiting", "message_thread", "person_key")


def counts(database_url: str) -> tuple[int, ...]:
    return tuple(raw.count(database_url, table) for table in TABLES)


def test_what_was_never_sent_and_what_is_shown_go_with_the_conversation(
    database_url: str, store: ConsentStore, keys: StoreKeys, clock: FakeClock
):
    Talker(database_url, keys, clock).is_shown("May I?")
    clock.turn(days=29)
    assert sum(store.sweep().counts.values()) == 0
    assert counts(database_url) == (1, 1, 1)
    clock.turn(days=1)
    swept = store.sweep().counts
    assert (swept["messages_deleted"], swept["threads_deleted"], swept["keys_deleted"]) == (1, 1, 1)
    assert counts(database_url) == (0, 0, 0)


def test_an_event_is_known_for_ninety_days(database_url: str, store: ConsentStore, clock: FakeClock):
    seen = "INSERT INTO message_seen (event_key, seen_at) VALUES (:key, :at)"
    at = clock.now.replace(tzinfo=None).isoformat(" ", "microseconds")
    raw.change(database_url, seen, key="e1", at=at if database_url.startswith("sqlite") else clock.now)
    clock.now += KNOW_EVENTS - timedelta(seconds=1)
    assert store.sweep().counts["events_forgotten"] == 0
    clock.now += timedelta(seconds=1)
    assert store.sweep().counts["events_forgotten"] == 1
    assert raw.count(database_url, "message_seen") == 0


def test_they_are_counted_without_their_words(
    database_url: str, store: ConsentStore, keys: StoreKeys, clock: FakeClock
):
    Talker(database_url, keys, clock).is_shown("May I?")
    assert store.stats().counts["messages_waiting"] == 1
