"""
Killed anywhere (`kill -9`), again and again: no acknowledged decision is lost, and none is invented.

ASKFIRST_SOAK says how many acknowledged decisions; `make soak` takes a thousand.
"""

from __future__ import annotations

import os
import random
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from typing import TextIO

import pytest

from consent_store import ConsentStore, StoreKeys, migrate, open_store, system_clock
from consent_store.records import Record, read_record
from tests.contract import raw
from tests.postgres.plugin import postgres_or_reason
from tests.postgres.server import Server
from tests.robustness.processes import PROCESSES
from tests.robustness.talker import READINGS, talk

DECISIONS = int(os.environ.get("ASKFIRST_SOAK", "200"))
A_LIFE = 25
"""So many acknowledgements at most before a process is killed."""


@dataclass
class Told:
    """What the killed processes said: announced answers, and acknowledged decisions by request."""

    announced: dict[str, tuple[str, str]] = field(default_factory=dict)
    acknowledged: dict[str, str] = field(default_factory=dict)

    def hear(self, line: str) -> bool:
        """Note a whole line; True for an acknowledgement."""
        word, request_id, *rest = line.split()
        if word == "will":
            self.announced[request_id] = (rest[0], rest[1])
            return False
        self.acknowledged[request_id] = rest[0]
        return True

    def pending(self) -> list[str]:
        """Answers of which nobody knows whether they were committed."""
        left = self.announced.keys() - self.acknowledged.keys()
        return [f"{self.announced[one][0]} {one} {self.announced[one][1]}" for one in sorted(left)]


@contextmanager
def talking(url: str, told: Told) -> Iterator[tuple[BaseProcess, TextIO]]:
    """
    A talker and its words. It is killed when the block is left; what it said until then is heard to the
    end.
    """
    hearing, saying = PROCESSES.Pipe(duplex=False)
    talker = PROCESSES.Process(target=talk, args=(saying, url, told.pending()))
    talker.start()
    saying.close()
    with hearing, os.fdopen(hearing.fileno(), closefd=False) as words:
        try:
            yield talker, words
        finally:
            talker.kill()
            for line in words:
                if line.endswith("\n"):
                    told.hear(line)
            talker.join()


def live_and_die(url: str, told: Told) -> None:
    """One process from its start to its violent end, at any point of its work."""
    with talking(url, told) as (talker, words):
        heard = 0
        wanted = random.randint(1, A_LIFE)
        while heard < wanted:
            line = words.readline()
            assert line, "the talker ended by itself"
            heard += told.hear(line)
        talker.join(random.uniform(0, 0.01))
        assert talker.exitcode is None


def in_the_ledger(url: str) -> list[Record]:
    records = [read_record(row["body"]) for row in raw.rows(url, "SELECT body FROM event_detail")]
    return [one for one in records if isinstance(one, Record) and one.kind == "answered"]


def check_nothing_lost_and_nothing_invented(url: str, told: Told) -> None:
    found = in_the_ledger(url)
    by_request = {one.request_id: one.status for one in found}
    assert len(by_request) == len(found), "a request was decided twice"
    assert {one: by_request.get(one) for one in told.acknowledged} == told.acknowledged
    allowed = {one: READINGS[reading] for one, (_, reading) in told.announced.items()}
    assert {one: allowed.get(one) for one in by_request} == by_request
    store = opened(url)
    assert store.verify_ledger().faults == ()
    store.close()


def opened(url: str) -> ConsentStore:
    return open_store(url, keys=StoreKeys(b"m" * 32), clock=system_clock)


@pytest.mark.timeout(120 + DECISIONS)
def test_killed_at_any_point_it_loses_and_invents_nothing(database_url: str):
    told = Told()
    while len(told.acknowledged) < DECISIONS:
        live_and_die(database_url, told)
    check_nothing_lost_and_nothing_invented(database_url, told)
    with talking(database_url, told) as (_, words):
        while told.pending():
            told.hear(words.readline())
    check_nothing_lost_and_nothing_invented(database_url, told)


@pytest.fixture
def own_server() -> Iterator[Server]:
    """A PostgreSQL to be killed, as durable as it is by itself."""
    with postgres_or_reason() as server:
        yield server


def test_a_database_server_that_crashes_loses_nothing_that_was_acknowledged(own_server: Server):
    told, url = Told(), own_server.url()
    migrate(url)
    for _ in range(3):
        with talking(url, told) as (_, words):
            for _ in range(random.randint(20, 40)):
                told.hear(words.readline())
            own_server.stop(signal.SIGQUIT)
        own_server.start()
    check_nothing_lost_and_nothing_invented(url, told)
    assert len(told.acknowledged) >= 20
