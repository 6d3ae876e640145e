"""The one report of `make test`: each section, what is wrong, what was not run, the slowest tests."""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from operate.results import Result

SLOWEST = 20


class Ran(NamedTuple):
    """A section that ran, or should have."""

    title: str
    result: Result
    seconds: float
    log: Path


def write_report(folder: Path, ran: Sequence[Ran], seed: int, seconds: float) -> Path:
    """Write it; return where."""
    path = folder / "report.md"
    path.write_text("\n".join(_lines(ran, seed, seconds)) + "\n", encoding="utf-8")
    return path


def _lines(ran: Sequence[Ran], seed: int, seconds: float) -> Iterator[str]:
    yield f"# All checks of {time.strftime('%Y-%m-%d %H:%M')}: {sum((one.result for one in ran), Result())}\n"
    yield f"{seconds:.0f} seconds, seed {seed} (`make test SEED={seed}`).\n"
    yield "| section | passed | failed | skipped | not run | seconds | log |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | --- |"
    for title, result, took, log in ran:
        counts = f"{result.passed} | {result.failed} | {result.skipped} | {len(result.not_run)}"
        yield f"| {title} | {counts} | {took:.0f} | {log.name} |"
    faults = [f"{title}: {fault}" for title, result, _, _ in ran for fault in result.faults]
    yield from _list("What is wrong with a section", faults)
    yield from _list("Failed", [test for one in ran for test in one.result.failures])
    yield from _list("Not run", [test for one in ran for test in one.result.not_run])
    yield from _list("Left out, because", sorted({reason for one in ran for reason in one.result.skips}))
    times = sorted((timed for one in ran for timed in one.result.times), reverse=True)[:SLOWEST]
    yield from _list("The slowest tests", [f"{took:.1f} s {test}" for took, test in times])


def _list(title: str, entries: Sequence[str]) -> Iterator[str]:
    if entries:
        yield f"\n## {title}\n"
        yield from (f"- {entry}" for entry in entries)
