"""
`make evaluate`: how well the trained model understands queries, beside stock Rasa on the same examples, and
how well typed answers are read.

Reads the sets, writes figures; keeps and prints no sentence.
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from engine import quiet
from evaluation import report
from evaluation.queries import QueriesUnusable, Query, read_out_of_scope, read_queries
from evaluation.sets import measure_sets
from settings import ROOT, SettingsInvalid, read_settings

TRAINING_DATA = ROOT / "data" / "nlu"
PAGE = ROOT / "docs" / "understanding.md"
PICTURE = ROOT / "docs" / "images" / "confusion.svg"
WORST = 12


def main(given: Sequence[str]) -> int:
    """Measure, print, write. Returns an exit code."""
    options = _options(given)
    quiet.before_import()
    quiet.install()
    _log_warnings_only()
    try:
        figures = measure_sets(options.sets) if options.sets else {}
        queries = _figures(options) if options.queries else None
    except (QueriesUnusable, SettingsInvalid) as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    if queries:
        figures["queries"] = queries[0]
        _draw(options, *queries)
    sys.stdout.write(report.sets(figures) + "\n")
    path = read_settings().var / "evaluation.json"
    path.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    _say(f"Figures: {path}")
    return 0


def _log_warnings_only() -> None:
    """Rasa logs each message that it reads; here that would bury the figures."""
    from rasa.utils.log_utils import configure_structlog

    logging.getLogger().setLevel(logging.WARNING)
    configure_structlog(logging.WARNING)


def _options(given: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make evaluate", description=__doc__)
    parser.add_argument("--sets", type=Path, help="a folder with sets, such as values_dev.csv")
    parser.add_argument("--model", type=Path, help="the trained model, for queries")
    parser.add_argument("--queries", type=Path, help="a CSV file: text,program")
    parser.add_argument("--out-of-scope", type=Path, help="a CSV file: text")
    parser.add_argument("--docs", action="store_true", help="put figures and picture into the docs")
    options = parser.parse_args(given)
    if options.queries and not (options.model and options.out_of_scope):
        parser.error("--queries needs --model and --out-of-scope")
    return options


def _figures(options: argparse.Namespace) -> tuple[dict[str, Any], Counter[tuple[str, str]]]:
    from evaluation import measures, models
    from evaluation.typos import with_typos

    programs = models.programs_of(TRAINING_DATA)
    wanted = read_queries(options.queries, programs)
    unwanted = read_out_of_scope(options.out_of_scope)
    mistyped = [Query(with_typos(query.text), query.program) for query in wanted]
    queries, until = [*wanted, *unwanted, *mistyped], (len(wanted), len(wanted) + len(unwanted))

    def parts(answers: list[measures.Understood]) -> tuple[list[measures.Understood], ...]:
        return answers[: until[0]], answers[until[0] : until[1]], answers[until[1] :]

    _say("Training the stock pipeline on the same examples …")
    stock_model = models.train_stock(TRAINING_DATA, read_settings().var / "evaluation")
    _say("Asking both models …")
    own, stock = map(parts, models.ask((options.model, stock_model), queries))
    confused = measures.confusions(own[0])
    figures = {
        **measures.measure(*own),
        "stock": measures.measure(*stock),
        "programs": measures.by_program(own[0]),
        "confusions": [
            {"needed": needed, "as": taken, "queries": count}
            for (needed, taken), count in confused.most_common(WORST)
        ],
    }
    right = Counter((each.program, each.ranked[0]) for each in own[0] if each.program and each.ranked)
    return figures, right


def _draw(options: argparse.Namespace, figures: dict[str, Any], pairs: Counter[tuple[str, str]]) -> None:
    from evaluation import picture

    folder = read_settings().var
    programs = sorted({program for pair in pairs for program in pair})
    picture.draw(pairs, programs, folder / "confusion.svg")
    sys.stdout.write(report.whole(figures) + "\n")
    _say(f"Picture: {folder / 'confusion.svg'}")
    if options.docs:
        PAGE.write_text(report.put_into(PAGE.read_text(encoding="utf-8"), figures), encoding="utf-8")
        picture.draw(pairs, programs, PICTURE)
        _say(f"{PAGE.name} and {PICTURE.name} have the figures now")


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
