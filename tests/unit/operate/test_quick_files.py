"""Temporary files of tests lie in memory where that is possible, and nowhere else than the caller wants."""

from pathlib import Path

import pytest

from operate import quick_files
from operate.quick_files import with_quick_files


def test_they_lie_where_there_is_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quick_files, "ROOM_BYTES", 1)
    assert with_quick_files({"A": "1"}, tmp_path) == {"A": "1", "TMPDIR": str(tmp_path)}


def test_without_room_or_without_such_a_folder_nothing_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert with_quick_files({"A": "1"}, tmp_path / "none") == {"A": "1"}
    monkeypatch.setattr(quick_files, "ROOM_BYTES", 1 << 60)
    assert with_quick_files({"A": "1"}, tmp_path) == {"A": "1"}


def test_what_the_caller_set_wins(tmp_path: Path) -> None:
    assert with_quick_files({"TMPDIR": "/elsewhere"}, tmp_path) == {"TMPDIR": "/elsewhere"}
