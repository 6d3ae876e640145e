"""
A process that takes decisions one after the other and says so, until it is killed.

It writes a line before each answer ("will …") and one after it was committed ("did …"). Must never tidy up:
it is there to be killed anywhere.
"""

from __future__ import annotations

import os
import random
from multiprocessing.connection import Connection

from consent_store import ConsentStore, StoreKeys, open_store, system_clock
from tests.unit.consent_store.kit import BALANCE, DEBT, FakeNotice, Person

READINGS = {"yes": "given", "no": "refused", "later": "deferred"}


def say(pipe: Connection, *words: str) -> None:
    """One line, out of this process before anything else happens."""
    os.write(pipe.fileno(), (" ".join(words) + "\n").encode())


def decide(pipe: Connection, store: ConsentStore, name: str, reading: str) -> None:
    """One person's decision: asked, announced, answered, and acknowledged with what it came to."""
    someone = Person(store, name)
    someone.begin()
    request = someone.ask()
    say(pipe, "will", request.request_id, name, reading)
    result = someone.answer(request, reading)
    say(pipe, "did", request.request_id, result.status)
    if result.status == "given":
        someone.tell(str(len(name)))
        someone.release((DEBT, BALANCE))


def settle(pipe: Connection, store: ConsentStore, name: str, request_id: str, reading: str) -> None:
    """Give an answer again that a killed process left without acknowledgement."""
    result = store.answer(
        request_id, name, channel="widget", reading=reading, words="once more", button=None,
        confidence=1.0, notice_hash=FakeNotice().text_hash,
    )  # fmt: skip
    say(
        pipe, "did", request_id, str(result.decided if result.reason == "already_answered" else result.status)
    )


def talk(pipe: Connection, url: str, pending: list[str]) -> None:
    """Settle what was left open ("name request reading"), then talk for ever."""
    store = open_store(url, keys=StoreKeys(b"m" * 32), clock=system_clock)
    for one in pending:
        settle(pipe, store, *one.split())
    while True:
        decide(pipe, store, f"person-{random.getrandbits(60):015x}", random.choice(list(READINGS)))
