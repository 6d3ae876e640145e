"""Thirty-two writers at once, in several processes: no fork, no lost decision, no doubled decision."""

from __future__ import annotations

import random
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

from consent_store import ConsentStore, PermissionRequest, StoreKeys, StoreUnavailable, open_store
from consent_store.ledger import chain_of
from tests.contract import raw
from tests.robustness.processes import PROCESSES
from tests.unit.consent_store.kit import BALANCE, RATE, FakeClock, FakeNotice, Person

AT_ONCE = 4
THREADS = 8
READINGS = {"yes": "given", "no": "refused", "later": "deferred"}
TRIES = 20
BUSY = {"SQLITE_BUSY", "SQLSTATE_55P03", "no_turn_to_write", "no_free_connection"}


def patiently(work: object, *arguments: object, **options: object) -> object:
    """What a caller does when the store is busy: the same again. Never an answer that was not committed."""
    for _ in range(TRIES):
        try:
            return work(*arguments, **options)  # type: ignore[operator]
        except StoreUnavailable as error:
            if error.reason not in BUSY:
                raise
    raise AssertionError("the store stayed busy")


def talk(store: ConsentStore, name: str) -> dict[str, str]:
    """Two decisions of one person, by request."""
    someone = Person(store, name)
    patiently(someone.begin)
    acknowledged = {}
    for item in (BALANCE, RATE):
        request = patiently(someone.ask, FakeNotice(item=item))
        reading = random.choice(list(READINGS))
        acknowledged[request.request_id] = outcome(patiently(someone.answer, request, reading))
    return acknowledged


def outcome(result: object) -> str:
    """What stands, whether this answer or an earlier try of it decided."""
    return result.decided if result.reason == "already_answered" else result.status  # type: ignore[attr-defined]


def a_process_full(url: str, names: list[str]) -> dict[str, str]:
    """Eight writers of one process, who share a store as threads of a server do."""
    store = open_store(url, keys=StoreKeys(b"m" * 32), clock=FakeClock())
    with ThreadPoolExecutor(THREADS) as pool:
        results = list(pool.map(lambda name: talk(store, name), names))
    store.close()
    return {request: status for result in results for request, status in result.items()}


def answer_alone(url: str, requests: list[PermissionRequest]) -> list[str]:
    """Eight answers to one request out of one process, each through an engine of its own."""

    def one(number: int) -> str:
        store = open_store(url, keys=StoreKeys(b"m" * 32), clock=FakeClock())
        reading = list(READINGS)[number % len(READINGS)]
        try:
            return patiently(Person(store).answer, requests[0], reading).status  # type: ignore[attr-defined]
        finally:
            store.close()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(one, range(THREADS)))


def test_32_writers_fork_no_chain_and_lose_or_double_nothing(database_url: str, store: ConsentStore):
    """Half of them write to one single chain, the others to all."""
    chain = chain_of("person-0")
    crowded = [name for name in (f"person-{n}" for n in range(5000)) if chain_of(name) == chain][:16]
    names = [*crowded, *(f"other-{n}" for n in range(16))]
    random.shuffle(names)
    groups = [names[n::AT_ONCE] for n in range(AT_ONCE)]
    with ProcessPoolExecutor(AT_ONCE, mp_context=PROCESSES) as pool:
        results = list(pool.map(a_process_full, [database_url] * AT_ONCE, groups))
    acknowledged = {request: status for result in results for request, status in result.items()}

    events = raw.rows(database_url, "SELECT request_id FROM event_detail")
    assert sorted(row["request_id"] for row in events) == sorted(acknowledged)
    stands = raw.rows(database_url, "SELECT request_id, status FROM consent_state")
    assert {row["request_id"]: row["status"] for row in stands} == acknowledged
    assert len(acknowledged) == 2 * len(names) == 64
    assert store.verify_ledger().faults == ()


def test_32_answers_to_one_request_make_one_decision(database_url: str, store: ConsentStore, person: Person):
    request = person.ask()
    with ProcessPoolExecutor(AT_ONCE, mp_context=PROCESSES) as pool:
        jobs = pool.map(answer_alone, [database_url] * AT_ONCE, [[request]] * AT_ONCE)
        decided = [status for statuses in jobs for status in statuses if status != "none"]
    assert decided == [person.status()]
    assert raw.count(database_url, "consent_event") == 1
    assert store.verify_ledger().faults == ()
