"""
`python -m benchmarks [--full] [--short]`: fill two stores, measure, and show a table in Markdown; then the
turns of a conversation; then a stock Rasa assistant and ours, side by side.

Without `--full` the larger store has 200,000 consent records and the conversation 500 turns, with it
1,000,000 and 1,000. `--short` makes the last part shorter.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import secrets
import sqlite3
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.filling import Filler, Served
from benchmarks.measuring import Bench, median_ms, ninety_fifth_ms, seconds
from benchmarks.notices import NOTICES, register
from benchmarks.side_by_side.__main__ import main as measure_side_by_side
from benchmarks.turns import measure_turns
from consent_store import StoreKeys, migrate, open_store
from consent_store.clock import system_clock
from consent_store.signing import Signer
from consent_store.vault import Vault

ITEMS = len(NOTICES)
SMALL, LARGE, FULL = 10_000, 200_000, 1_000_000
ROUNDS, EACH = 5, 80


@dataclass(frozen=True)
class Line:
    """One line of the table: what, in a store of how many records, in milliseconds."""

    what: str
    records: int
    median: float
    slowest: float
    raw: float


def main() -> int:
    """Measure both stores; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--full", action="store_true", help="1,000,000 records and 1,000 turns")
    parser.add_argument("--short", action="store_true", help="fewer rounds side by side")
    options = parser.parse_args()
    full = options.full
    large = FULL if full else LARGE
    say(f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {os.cpu_count()} cores, "
        f"{system_clock():%Y-%m-%d}, load {os.getloadavg()[0]:.1f}\n")  # fmt: skip
    say("| what | records | p50 ms | p95 ms | raw transaction p50 ms | ratio |")
    say("| --- | ---: | ---: | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory() as folder:
        lines = [line for records in (SMALL, large) for line in measured(Path(folder), records)]
    small, big = (line.median for line in lines if line.what == "release of three items")
    say(f"\nrelease, {large:,} against {SMALL:,} records: {big / small:.2f} x\n")
    with tempfile.TemporaryDirectory() as folder:
        failed = measure_turns(Path(folder), full=full)
    say("")
    return measure_side_by_side(["--short"] if options.short else []) or failed


def measured(folder: Path, records: int) -> list[Line]:
    """Fill a store with so many records, and measure in it."""
    database = folder / f"{records}.db"
    people = records // ITEMS
    bench, signer = _filled(database, people), Signer(secrets.token_bytes(32))
    lines = _transactions(bench, records, people)
    for line in lines:
        say(f"| {line.what} | {line.records:,} | {line.median:.2f} | {line.slowest:.2f} | {line.raw:.2f} "
            f"| {line.median / line.raw:.2f} |")  # fmt: skip
    requests = [bench.asked(people + ROUNDS * EACH + number) for number in range(EACH)]
    _verification(bench, signer, folder / f"{records}-checkpoints")
    rows = seconds(bench.raw_decision, requests)
    say(f"rows of a decision by the bare driver: {median_ms(rows):.2f} ms\n")
    bench.store.close()
    return lines


def _filled(database: Path, people: int) -> Bench:
    url, keys = f"sqlite:///{database}", StoreKeys(secrets.token_bytes(32))
    migrate(url)
    store = open_store(url, keys=keys, clock=system_clock)
    ids = register(store)
    served = tuple(
        Served(one.item, ids[one.item], one.text, one.text_hash, one.controller_id) for one in NOTICES
    )
    Filler(Vault(keys), served, system_clock()).fill(database, 0, people)
    return Bench(store, store.database._engine, NOTICES)


def _transactions(bench: Bench, records: int, people: int) -> list[Line]:
    """Turn about, so that what else happens on the machine meets all alike."""
    names = ("raw read", "release of three items", "durable decision")
    raw: list[float] = []
    taken: dict[str, list[float]] = {name: [] for name in names}
    seconds(bench.raw_transaction, range(20))
    for turn in range(ROUNDS):
        some = [secrets.randbelow(people) for _ in range(EACH)]
        requests = [bench.asked(people + turn * EACH + number) for number in range(EACH)]
        raw += seconds(bench.raw_transaction, some)
        taken["raw read"] += seconds(bench.raw_read, some)
        taken["release of three items"] += seconds(bench.release, some)
        taken["durable decision"] += seconds(bench.answer, requests)
        raw += seconds(bench.raw_transaction, some)
    first = Line("raw transaction", records, median_ms(raw), ninety_fifth_ms(raw), median_ms(raw))
    rest = [
        Line(name, records, median_ms(t), ninety_fifth_ms(t), first.raw) for name, t in taken.items() if t
    ]
    return [first, *rest]


def _verification(bench: Bench, signer: Signer, folder: Path) -> None:
    bench.store.checkpoint(signer, folder)
    start, before = time.perf_counter(), time.process_time()
    result = bench.store.verify_ledger(checkpoints=folder, public_key=signer.public_key)
    wall, busy = time.perf_counter() - start, time.process_time() - before
    if not result.ok:
        raise RuntimeError(f"the filled store does not verify: {result.faults[:3]}")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    say(
        f"\nverification: {result.entries:,} entries in {wall:,.1f} s, {result.entries / busy:,.0f} a second "
        f"of one core; most memory {memory:,.0f} MB\n"
    )


def say(line: str) -> None:
    """Show a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
