"""Who is refused again and again fills no log."""

from __future__ import annotations

import logging

import pytest

from sealing import quiet
from sealing.seldom import LOUD, MOST_KINDS, Seldom


def record(words: str, level: int = logging.WARNING) -> logging.LogRecord:
    return logging.LogRecord("x", level, "x.py", 1, "refused: %s", (words,), None)


def test_one_warning_of_a_kind_is_written_in_a_second() -> None:
    now = [100.0]
    seldom = Seldom(lambda: now[0])
    assert [seldom.filter(record("a")) for _ in range(3)] == [True, False, False]
    assert seldom.filter(record("b"))
    now[0] += 1
    assert seldom.filter(record("a"))


def test_no_error_of_ours_is_left_out() -> None:
    seldom = Seldom(lambda: 0.0)
    assert all(seldom.filter(record("a", logging.ERROR)) for _ in range(3))


def test_it_remembers_few_kinds() -> None:
    seldom = Seldom(lambda: 0.0)
    for number in range(MOST_KINDS + 1):
        assert seldom.filter(record(str(number)))
    assert not seldom.filter(record(str(MOST_KINDS)))
    assert seldom.filter(record("0"))


def test_every_server_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in LOUD:
        monkeypatch.setattr(logging.getLogger(name), "filters", [])
    monkeypatch.setattr(logging.Logger, "makeRecord", logging.Logger.makeRecord)
    monkeypatch.setattr(quiet.warnings, "showwarning", quiet.warnings.showwarning)
    for hook in ("excepthook", "unraisablehook"):
        monkeypatch.setattr(quiet.sys, hook, getattr(quiet.sys, hook))
    monkeypatch.setattr(quiet.threading, "excepthook", quiet.threading.excepthook)
    quiet.install()
    quiet.install()
    for name in LOUD:
        assert [type(one) for one in logging.getLogger(name).filters] == [Seldom]
