"""
`make evaluate`: which queries to measure with. Must never bring a sentence of them into the project.
"""

from collections.abc import Sequence
from pathlib import Path

from operate.errors import OperateError
from settings import ROOT

SHARED = ROOT.parent / "shared" / "eval"
QUERIES, OUT_OF_SCOPE = "dev_queries.csv", "dev_out_of_scope.csv"


def evaluation_files(
    queries: Path | None, out_of_scope: Path | None, sets: Path | None = None, shared: Path = SHARED
) -> Sequence[str]:
    """
    The arguments for `python -m evaluation`: the files given, else those of the folder of sets, which
    is the one beside the project if none is given. A folder that is given may lack queries.

    Raises OperateError if one of the two is neither given nor there.
    """
    folder = sets or shared
    if sets and not sets.is_dir():
        raise OperateError(f"There is no folder {sets}. Give one with sets: make evaluate SETS=FOLDER.")
    measured = ("--sets", str(folder)) if folder.is_dir() else ()
    if sets and not (queries or out_of_scope or (sets / QUERIES).is_file()):
        return measured
    wanted, unwanted = queries or folder / QUERIES, out_of_scope or folder / OUT_OF_SCOPE
    missing = [str(path) for path in (wanted, unwanted) if not path.is_file()]
    if missing:
        raise OperateError(
            f"There is nothing at {' and '.join(missing)}. Give two CSV files: make evaluate "
            "QUERIES=a.csv OUT_OF_SCOPE=b.csv (columns text,program in the first, text in the second)."
        )
    return (*measured, "--queries", str(wanted), "--out-of-scope", str(unwanted))
