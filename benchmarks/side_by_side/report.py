"""The figures of both assistants as tables in Markdown, and as ratios for the picture."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.side_by_side.measuring import Crowd, Start, Taken, action_turns
from benchmarks.side_by_side.talking import CONVERSATION, PLAIN


@dataclass(frozen=True)
class Weights:
    """Of one assistant: its starts, while nothing else of ours ran; megabytes in memory and on the disk."""

    starts: Sequence[Start]
    memory_after: float
    environment: float

    @property
    def ready(self) -> float:
        """Seconds from start to ready."""
        return statistics.median(start.ready for start in self.starts)

    @property
    def first_answer(self) -> float:
        """Milliseconds from ready to the first answer."""
        return statistics.median(start.first_answer for start in self.starts) * 1000

    @property
    def memory_ready(self) -> float:
        """Megabytes of all processes after the first answer."""
        return statistics.median(start.memory for start in self.starts)


@dataclass(frozen=True)
class Figures:
    """
    All that was measured: ours, stock, and of single turns ours with stock's action. `head`: the machine and
    how it was measured.
    """

    head: str
    single: Sequence[Taken]
    crowds: dict[int, list[Crowd]]
    weights: Sequence[Weights]

    @property
    def yardstick(self) -> float:
        """Seconds: the median of stock's turns with its trivial action."""
        return statistics.median(action_turns(self.single[1], PLAIN))


def tables(figures: Figures) -> str:
    """Return the Markdown, without a heading."""
    parts = [figures.head, _turns(figures), _crowds(figures), _weights(figures)]
    return "\n\n".join(parts) + "\n"


def ratios(figures: Figures) -> list[tuple[str, float]]:
    """What, and ours as a multiple of stock's; for turns of what stock's trivial action takes."""
    rows = [(what, statistics.median(figures.single[0][what]) / figures.yardstick) for what in _kinds()]
    rows.append(("the same trivial action", _trivial(figures) / figures.yardstick))
    rows += [
        (f"time a turn, {size} at once", stock.per_second / ours.per_second)
        for size, (ours, stock) in figures.crowds.items()
    ]
    ours, stock = figures.weights
    return [
        *rows,
        ("start to ready", ours.ready / stock.ready),
        ("memory of all processes, after the run", ours.memory_after / stock.memory_after),
        ("room of the environment on the disk", ours.environment / stock.environment),
    ]


def _trivial(figures: Figures) -> float:
    """Seconds: the median of stock's action through our server."""
    return statistics.median(action_turns(figures.single[2], PLAIN))


def _kinds() -> list[str]:
    return list(dict.fromkeys(step.what for step in CONVERSATION))


def _turns(figures: Figures) -> str:
    lines = [
        "| one turn at a time | ours p50 ms | p95 | stock p50 ms | p95 | ours, of stock's action turn |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for what in _kinds():
        ours, stock = (taken[what] for taken in figures.single[:2])
        ratio = statistics.median(ours) / figures.yardstick
        lines.append(f"| {what} | {_ms(ours)} | {_ms(stock)} | {ratio:.2f} |")
    stock, ours = (action_turns(taken, PLAIN) for taken in figures.single[1:])
    ratio = _trivial(figures) / figures.yardstick
    lines.append(f"| the same trivial action, through both | {_ms(ours)} | {_ms(stock)} | {ratio:.2f} |")
    return "\n".join(lines)


def _crowds(figures: Figures) -> str:
    lines = [
        "| at once | ours turns/s | p50 ms | p95 | stock turns/s | p50 ms | p95 | turns/s, of stock |",
        "| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for size, (ours, stock) in figures.crowds.items():
        cells = " | ".join(f"{one.per_second:.1f}{_failed(one)} | {_ms(one.turns)}" for one in (ours, stock))
        lines.append(f"| {size} | {cells} | {ours.per_second / stock.per_second:.2f} |")
    return "\n".join(lines)


def _weights(figures: Figures) -> str:
    ours, stock = figures.weights
    rows = [
        ("start to ready, s", ours.ready, stock.ready, 1),
        ("first answer of all, ms", ours.first_answer, stock.first_answer, 0),
        ("memory of all processes after the first answer, MB", ours.memory_ready, stock.memory_ready, 0),
        ("memory of all processes after the run, MB", ours.memory_after, stock.memory_after, 0),
        ("environment on the disk, MB", ours.environment, stock.environment, 0),
    ]
    lines = ["| | ours | stock | ours / stock |", "| --- | ---: | ---: | ---: |"]
    lines += [f"| {what} | {a:,.{n}f} | {b:,.{n}f} | {a / b:.2f} |" for what, a, b, n in rows]
    return "\n".join(lines)


def _ms(times: Sequence[float]) -> str:
    """Median and 95th percentile as two cells, in milliseconds."""
    high = sorted(times)[max(0, math.ceil(len(times) * 0.95) - 1)]
    return f"{statistics.median(times) * 1000:.1f} | {high * 1000:.1f}"


def _failed(one: Crowd) -> str:
    return f" ({one.failed} failed)" if one.failed else ""
