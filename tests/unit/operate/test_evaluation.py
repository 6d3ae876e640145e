"""Which files `make evaluate` measures with."""

from __future__ import annotations

from pathlib import Path

import pytest

from operate.errors import OperateError
from operate.evaluation import OUT_OF_SCOPE, QUERIES, evaluation_files


def _put(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).write_text("text\n")


def test_the_files_beside_the_project_are_taken_when_none_is_given(tmp_path: Path) -> None:
    _put(tmp_path, QUERIES, OUT_OF_SCOPE)
    given = evaluation_files(None, None, shared=tmp_path)
    files = ("--queries", str(tmp_path / QUERIES), "--out-of-scope", str(tmp_path / OUT_OF_SCOPE))
    assert given == ("--sets", str(tmp_path), *files)


def test_a_file_that_is_given_wins(tmp_path: Path) -> None:
    _put(tmp_path, QUERIES, OUT_OF_SCOPE, "mine.csv")
    given = evaluation_files(tmp_path / "mine.csv", None, shared=tmp_path)
    assert given[3] == str(tmp_path / "mine.csv")


def test_a_folder_of_sets_may_have_no_queries(tmp_path: Path) -> None:
    _put(tmp_path, "values_mine.csv")
    assert evaluation_files(None, None, tmp_path) == ("--sets", str(tmp_path))
    with pytest.raises(OperateError, match="SETS="):
        evaluation_files(None, None, tmp_path / "nowhere")


def test_what_is_missing_is_named_with_what_to_do(tmp_path: Path) -> None:
    _put(tmp_path, QUERIES)
    with pytest.raises(OperateError, match="OUT_OF_SCOPE=") as refused:
        evaluation_files(None, None, shared=tmp_path)
    assert OUT_OF_SCOPE in str(refused.value)
    assert str(tmp_path / QUERIES) not in str(refused.value)
