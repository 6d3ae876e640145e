"""Many writers at once: no fork, no lost decision, no doubled decision."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from threading import Barrier

from consent_store import AnswerResult, ConsentStore, PermissionRequest, StoreKeys, open_store
from consent_store.ledger import chain_of
from tests.contract import raw
from tests.unit.consent_store.kit import BALANCE, DEBT, PAYMENT, RATE, FakeClock, FakeNotice, Person

WRITERS = 8


def at_once(work: object, arguments: list[object]) -> list[object]:
    """Let all start together."""
    barrier = Barrier(len(arguments))

    def run(argument: object) -> object:
        barrier.wait()
        return work(argument)  # type: ignore[operator]

    with ThreadPoolExecutor(len(arguments)) as pool:
        return list(pool.map(run, arguments))


def test_eight_writers_do_not_fork_a_chain_and_lose_nothing(database_url: str, store: ConsentStore):
    chain = chain_of("person-0")
    same_chain = [name for name in (f"person-{n}" for n in range(2000)) if chain_of(name) == chain]
    people = [Person(store, name) for name in same_chain[:WRITERS]]

    def talk(someone: Person) -> None:
        someone.begin()
        for item in (BALANCE, RATE, PAYMENT):
            someone.allow_and_tell("7", item=item)
        assert len(someone.release(*[(DEBT, item) for item in (BALANCE, RATE, PAYMENT)]).values) == 3

    at_once(talk, people)
    result = store.verify_ledger()
    assert (result.ok, result.entries) == (True, WRITERS * 3)
    assert raw.count(database_url, "data_use") == WRITERS


def test_two_threads_answering_one_request_make_one_decision(
    database_url: str, store: ConsentStore, elsewhere: ConsentStore, person: Person
):
    request = person.ask()
    twin = Person(elsewhere)
    replies = [(one, reading) for one in (person, twin) for reading in ("yes", "no", "later", "yes")]

    results = at_once(lambda reply: reply[0].answer(request, reply[1]), list(replies))
    decided = [result for result in results if isinstance(result, AnswerResult) and result.status != "none"]
    assert len(decided) == 1
    assert person.status() == decided[0].status
    assert raw.count(database_url, "consent_event") == 1


def _answer_in_a_process(url: str, request: PermissionRequest, reading: str) -> str:
    store = open_store(url, keys=StoreKeys(b"m" * 32), clock=FakeClock())
    try:
        return Person(store).answer(request, reading).status
    finally:
        store.close()


def test_processes_answering_one_request_make_one_decision(
    database_url: str, store: ConsentStore, person: Person
):
    request = person.ask()
    readings = ["yes", "no", "later", "no"]
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        jobs = [pool.submit(_answer_in_a_process, database_url, request, reading) for reading in readings]
        statuses = [job.result() for job in jobs]
    assert len([status for status in statuses if status != "none"]) == 1
    assert raw.count(database_url, "consent_event") == 1
    assert store.verify_ledger().ok


def test_the_same_question_from_many_threads_is_one_request(database_url: str, person: Person):
    requests = at_once(lambda _: person.ask(), [None] * WRITERS)
    assert len({request.request_id for request in requests}) == 1  # type: ignore[attr-defined]
    assert raw.count(database_url, "permission_request") == 1


def test_beginning_from_many_threads_leaves_one_open_help(database_url: str, store: ConsentStore):
    at_once(lambda _: Person(store, "person-x").begin(), [None] * WRITERS)
    opened = raw.rows(database_url, "SELECT help_id FROM help_session WHERE ended_at IS NULL")
    assert len(opened) == 1
    assert raw.count(database_url, "person_key") == 1


def test_withdrawing_while_others_release_never_leaves_a_later_release(store: ConsentStore, person: Person):
    person.allow_and_tell()

    def either(number: int) -> object:
        return store.withdraw("person-a") if number == 0 else person.release()

    at_once(either, list(range(WRITERS)))
    assert person.release().withheld == {BALANCE: "withdrawn"}
    assert len(store.overview("person-a").uses) < WRITERS


def test_unclear_answers_from_many_threads_are_all_counted(store: ConsentStore, person: Person):
    counts = at_once(lambda _: store.count_unclear(person.session.help_id), [None] * WRITERS)
    assert sorted(counts) == list(range(1, WRITERS + 1))  # type: ignore[type-var]


def test_first_notices_from_many_threads_are_stored_once(database_url: str, store: ConsentStore):
    at_once(lambda _: store.register_notices([FakeNotice(), FakeNotice(item=RATE)]), [None] * WRITERS)
    assert raw.count(database_url, "notice_version") == 2
