"""Files of queries are read with care: what is wrong is named by file and line, never by a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluation.queries import QueriesUnusable, Query, read_out_of_scope, read_queries

PROGRAMS = ("lost_card", "fees")


def _file(folder: Path, content: str | bytes) -> Path:
    path = folder / "queries.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_columns_are_found_by_name_and_others_left_alone(tmp_path: Path) -> None:
    path = _file(tmp_path, 'label,text,program\nx,"my card, gone",lost_card\ny,why this fee,fees\n')
    assert read_queries(path, PROGRAMS) == (
        Query("my card, gone", "lost_card"),
        Query("why this fee", "fees"),
    )
    assert read_out_of_scope(path) == (Query("my card, gone"), Query("why this fee"))


def test_a_mark_of_byte_order_does_not_hide_the_first_column(tmp_path: Path) -> None:
    assert read_out_of_scope(_file(tmp_path, b"\xef\xbb\xbftext\nhello\n")) == (Query("hello"),)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("text\nhello\n", "must name the columns text, program"),
        ("text,program\nSECRET,lost_car\n", "line 2: there is no program of that id"),
        ("text,program\nSECRET,\n", "line 2: text and program must not be empty"),
        ("text,program\nSECRET\n", "line 2: text and program must not be empty"),
        ("text,program\n,fees\n", "line 2: text and program must not be empty"),
        ("text,program\n", "holds no query"),
        ("", "must name the columns"),
        (b"text,program\n\xff\xfeSECRET,fees\n", "is no CSV file in UTF-8"),
        ('text,program\n"SECRET"x,fees\n', "is no CSV file in UTF-8"),
    ],
)
def test_a_file_that_cannot_be_used_says_why_and_quotes_nobody(
    tmp_path: Path, content: str | bytes, reason: str
) -> None:
    with pytest.raises(QueriesUnusable) as refused:
        read_queries(_file(tmp_path, content), PROGRAMS)
    assert reason in str(refused.value)
    assert "SECRET" not in str(refused.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(QueriesUnusable, match="cannot be read: give the path"):
        read_out_of_scope(tmp_path / "gone.csv")
