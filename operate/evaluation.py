"""
`make evaluate`: which queries to measure with. Must never bring a sentence of them into the project.
"""

from collections.abc import Sequence
from pathlib import Path

from operate.errors import OperateError
from settings import ROOT

SHARED = ROOT.parent / "shared" / "eval"
QUERIES, OUT_OF_SCOPE = "dev_queries.csv", "dev_out_of_scope.csv"
SECONDS = 15 * 60.0


def evaluation_files(queries: Path | None, out_of_scope: Path | None, shared: Path = SHARED) -> Sequence[str]:
    """
    The arguments for `python -m engine.evaluation`: the files given, else those beside the project.

    Raises OperateError if one of the two is neither given nor there.
    """
    wanted, unwanted = queries or shared / QUERIES, out_of_scope or shared / OUT_OF_SCOPE
    missing = [str(path) for path in (wanted, unwanted) if not path.is_file()]
    if missing:
        raise OperateError(
            f"There is nothing at {' and '.join(missing)}. Give two CSV files: make evaluate "
            "QUERIES=a.csv OUT_OF_SCOPE=b.csv (columns text,program in the first, text in the second)."
        )
    return ("--queries", str(wanted), "--out-of-scope", str(unwanted))
