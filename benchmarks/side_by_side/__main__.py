"""
`python -m benchmarks.side_by_side [--short] [--docs]`: a stock Rasa assistant and ours, side by side.

Makes what is missing (stock's environment below var/bench, both models), starts both on free ports of
127.0.0.1, measures, shows tables in Markdown, and ends both. `--docs` puts tables and picture into docs/.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from benchmarks.side_by_side import ours, stock
from benchmarks.side_by_side.measuring import FULL, SHORT, Plan, Start, crowds, first_answer, single_turns
from benchmarks.side_by_side.page import write
from benchmarks.side_by_side.report import Figures, Weights, tables
from benchmarks.side_by_side.serving import Assistant, NotReady, running
from benchmarks.side_by_side.stock_python import Python, find_python, on_ours
from benchmarks.side_by_side.talking import WrongAnswer
from benchmarks.side_by_side.weighing import size_of
from consent_store.clock import system_clock
from operate.children import stop_when_told
from operate.errors import OperateError

Make = Callable[[Path], Assistant]


def main(given: list[str] | None = None) -> int:
    """Measure and show; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.side_by_side", description=__doc__)
    parser.add_argument("--short", action="store_true", help="fewer rounds: about a minute and a half")
    parser.add_argument("--docs", action="store_true", help="write tables and picture into docs/")
    options = parser.parse_args(given)
    stop_when_told()
    try:
        figures = measure(SHORT if options.short else FULL)
    except (NotReady, WrongAnswer, OperateError, stock.StockNotMade) as reason:
        sys.stderr.write(f"{reason}\n")
        return 1
    except KeyboardInterrupt:
        return 130
    sys.stdout.write(tables(figures))
    if options.docs:
        write(figures)
    return 0


def measure(plan: Plan) -> Figures:
    """Start both again and again, then talk to both while both run."""
    python = find_python()
    model, stock_model, stock_model_on_ours = ours.model(), stock.train(python), stock.train(on_ours())
    makes: list[Make] = [
        lambda folder: ours.assistant(model, folder),
        lambda folder: stock.assistant(python, stock_model, folder),
    ]
    load = os.getloadavg()[0]
    alone: list[list[Start]] = [[], []]
    for _ in range(plan.starts):
        for make, starts in zip(makes, alone, strict=True):
            with ExitStack() as held:
                starts.append(_start(make, held)[1])
    with ExitStack() as held:
        both = [_start(make, held)[0] for make in makes]
        with ExitStack() as third:
            trivial = _start(lambda folder: ours.with_trivial_action(stock_model_on_ours, folder), third)[0]
            single = asyncio.run(single_turns([*both, trivial], plan.rounds))
        crowded = asyncio.run(crowds(both, plan))
        after = [assistant.memory() for assistant in both]
    rooms = [size_of(ours.environments()), size_of([python.folder])]
    weights = [Weights(*all_of) for all_of in zip(alone, after, rooms, strict=True)]
    return Figures(_head(plan, python, load), single, crowded, weights)


def _start(make: Make, held: ExitStack) -> tuple[Assistant, Start]:
    """Start an assistant in a new folder, until `held` is closed."""
    assistant = make(Path(held.enter_context(tempfile.TemporaryDirectory())))
    ready = held.enter_context(running(assistant))
    first = asyncio.run(first_answer(assistant))
    return assistant, Start(ready, first, assistant.memory())


def _head(plan: Plan, python: Python, load: float) -> str:
    return (
        f"Measured on {system_clock():%Y-%m-%d}: {os.cpu_count()} cores, load {load:.1f} before; "
        f"ours on {sys.version.split()[0]}, stock on {python.version} ({python.where}). "
        f"{plan.rounds} conversations turn by turn, each crowd {plan.crowd_rounds} ×, "
        f"each start {plan.starts} ×."
    )


if __name__ == "__main__":
    sys.exit(main())
