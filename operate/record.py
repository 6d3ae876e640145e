"""A pytest plugin that writes what happens, a line each at once, so that a killed run can be read too."""

import json
from pathlib import Path
from typing import Any

import pytest


class Record:
    """Writes the file: the tests that are to run, and each part of a test that has run."""

    def __init__(self, path: Path) -> None:
        self.file = path.open("w", encoding="utf-8", buffering=1)

    def _write(self, **what: object) -> None:
        self.file.write(json.dumps(what) + "\n")

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Without xdist, or in a worker of it."""
        self._write(collected=[item.nodeid for item in session.items])

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: list[str]) -> None:
        """With xdist: the same from every worker."""
        self._write(collected=ids)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """What could not even be read has failed."""
        if report.failed:
            self._write(test=report.nodeid, when="teardown", outcome="failed", seconds=0.0)

    def pytest_runtest_logreport(self, report: Any) -> None:
        """Take setup, call and teardown of a test."""
        reason = report.longrepr[2] if report.skipped and isinstance(report.longrepr, tuple) else ""
        self._write(
            test=report.nodeid,
            when=report.when,
            outcome=report.outcome,
            seconds=report.duration,
            reason=reason.removeprefix("Skipped: "),
        )


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the file's place to what pytest can be told."""
    parser.addoption("--record", type=Path, help="write what happens into this file")


def pytest_configure(config: pytest.Config) -> None:
    """Begin, in the process that sees all tests."""
    path = config.getoption("--record")
    if path is not None and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Record(path))
