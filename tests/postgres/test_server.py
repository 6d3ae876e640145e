"""The PostgreSQL of the tests: there while it is needed, gone afterwards; its absence never goes unseen."""

from __future__ import annotations

import os

import pytest

from consent_store import migrate
from tests.contract import raw
from tests.postgres import server
from tests.postgres.databases import Databases
from tests.postgres.plugin import postgres_or_reason


def test_a_server_is_gone_after_its_block_and_so_is_its_folder():
    with postgres_or_reason("fsync=off") as running:
        migrate(running.url())
        assert raw.count(running.url(), "consent_event") == 0
        process, folder = running.process.pid, running.folder
    assert not folder.exists()
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


@pytest.mark.parametrize(("ci", "outcome"), [("true", pytest.fail.Exception), ("", pytest.skip.Exception)])
def test_without_postgresql_ci_fails_and_others_skip(monkeypatch: pytest.MonkeyPatch, ci: str, outcome: type):
    monkeypatch.setenv("CI", ci)
    monkeypatch.setattr(server, "programs", lambda: None)
    with pytest.raises(outcome, match="PostgreSQL"), postgres_or_reason():
        raise AssertionError("there was one")


def test_a_database_is_emptied_between_tests(postgres_databases: Databases):
    address = postgres_databases.empty()
    raw.change(address, "INSERT INTO controller VALUES ('c', 'n', 'a', 'k', now())")
    assert postgres_databases.empty() == address
    assert raw.count(address, "controller") == 0


def test_a_database_whose_tables_were_changed_is_left_for_a_new_one(postgres_databases: Databases):
    address = postgres_databases.empty()
    raw.change(address, "DROP TABLE feedback")
    assert postgres_databases.empty() != address
