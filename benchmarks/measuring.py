"""What is measured: each function does the thing many times and gives back the seconds of each time."""

from __future__ import annotations

import secrets
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import Engine, insert, select

from benchmarks.filling import CHANNEL, PURPOSE, name_of
from consent_store import ConsentStore, NoticeLike, PermissionRequest
from consent_store.clock import system_clock
from consent_store.sql.tables import data_use, person_key

T = TypeVar("T")


@dataclass(frozen=True)
class Bench:
    """One store, its engine, and the notices of its three items."""

    store: ConsentStore
    engine: Engine
    notices: Sequence[NoticeLike]

    def raw_transaction(self, number: int) -> None:
        """The measure: one SELECT by primary key and one INSERT, committed, through the same engine."""
        person = name_of(number)
        query = select(person_key).where(person_key.c.person_id == person)
        row = {
            "use_id": secrets.token_hex(6), "person_id": person, "help_id": "bench", "program_id": PURPOSE,
            "purpose": PURPOSE, "used_at": system_clock(), "item_count": 1,
        }  # fmt: skip
        with self.engine.connect().execution_options(askfirst_writes=True) as connection, connection.begin():
            connection.execute(query).one()
            connection.execute(insert(data_use), row)

    def raw_read(self, number: int) -> None:
        """One SELECT by primary key, without writing."""
        with self.engine.connect() as connection, connection.begin():
            connection.execute(select(person_key).where(person_key.c.person_id == name_of(number))).one()

    def release(self, number: int) -> None:
        """Three items: checked, decrypted, the use written down, committed."""
        person = name_of(number)
        keys = [(PURPOSE, notice.item) for notice in self.notices]
        released = self.store.release(person, f"h-{person}", keys, program_id=PURPOSE)
        if len(released.values) != len(keys):
            raise RuntimeError("the gate withheld something: the measure is worth nothing")

    def asked(self, number: int) -> PermissionRequest:
        """A request to be answered, of somebody new."""
        person = name_of(number)
        session = self.store.begin_help(person, PURPOSE, CHANNEL)
        notice = self.notices[0]
        return self.store.ask(person, session.help_id, notice, channel=CHANNEL, rendered_text=notice.text)

    def answer(self, request: PermissionRequest) -> None:
        """The durable decision: request used up, ledger, projection, committed."""
        result = self.store.answer(
            request.request_id, request.person_id, channel=CHANNEL, reading="yes", words="Allow",
            button="allow", confidence=1.0, notice_hash=request.notice_hash,
        )  # fmt: skip
        if result.status != "given":
            raise RuntimeError(f"the answer decided nothing: {result.reason}")

    def raw_decision(self, request: PermissionRequest) -> None:
        """
        Rows as those of a decision, written and committed by the bare driver. They are no real entries: after
        this the ledger does not verify.
        """
        with self.engine.connect().execution_options(askfirst_writes=True) as connection, connection.begin():
            driver = connection.connection.cursor()
            driver.execute(
                "INSERT INTO consent_event VALUES ('bench', (SELECT count(*) + 1 FROM consent_event WHERE "
                "chain_id = 'bench'), randomblob(32), randomblob(32), randomblob(32))"
            )
            driver.execute(
                "INSERT INTO event_detail SELECT 'bench', max(seq), ?, 'x' || hex(randomblob(6)), "
                "randomblob(32), printf('%.*c', 700, 'x'), randomblob(40) FROM consent_event "
                "WHERE chain_id = 'bench'",
                (request.person_id,),
            )
            driver.execute(
                "UPDATE permission_request SET retention_days = 0 WHERE request_id = ?", (request.request_id,)
            )


def seconds(work: Callable[[T], None], arguments: Sequence[T]) -> list[float]:
    """How long each call took."""
    taken = []
    for argument in arguments:
        start = time.perf_counter()
        work(argument)
        taken.append(time.perf_counter() - start)
    return taken


def median_ms(taken: Sequence[float]) -> float:
    """The middle of the times, in milliseconds."""
    return statistics.median(taken) * 1000


def ninety_fifth_ms(taken: Sequence[float]) -> float:
    """What 95 of 100 times stay below, in milliseconds."""
    return statistics.quantiles(taken, n=20)[-1] * 1000
