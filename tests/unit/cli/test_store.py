"""The database behind: made, swept, counted; and what is said when it is not there."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from consent_store import ConsentStore, StoreKeys, system_clock
from operate.keys import write_keys
from tests.contract import raw
from tests.contract.talker import Talker
from tests.unit.cli.conftest import Askfirst
from tests.unit.consent_store.kit import FakeClock, Person


def test_a_missing_store_is_made_by_migrate(tmp_path: Path) -> None:
    askfirst = Askfirst(tmp_path)
    write_keys(tmp_path / "keys")
    assert askfirst("store", "stats").exit_code == 3
    assert askfirst.json("store", "migrate") == {"migrated": True}
    assert askfirst.json("store", "stats")["counts"]["persons"] == 0


def test_a_missing_store_is_told_in_one_sentence_with_what_to_do(tmp_path: Path) -> None:
    write_keys(tmp_path / "keys")
    result = Askfirst(tmp_path)("store", "stats")
    assert result.stdout == ""
    assert "askfirst store migrate" in result.stderr
    assert "Traceback" not in result.output
    assert len(result.stderr.splitlines()) == 1


def test_a_missing_key_ends_with_4(askfirst: Askfirst) -> None:
    (askfirst.var / "keys" / "master.key").unlink()
    result = askfirst("store", "stats")
    assert (result.exit_code, result.stdout) == (4, "")
    assert "master.key" in result.stderr


def test_a_missing_person_key_ends_with_4(askfirst: Askfirst, anna: Person) -> None:
    (askfirst.var / "keys" / "person.key").unlink()
    assert askfirst("consent", "show", "--channel", "rest", "--id", "anna").exit_code == 4


def test_with_another_person_key_a_channels_id_means_nobody(
    askfirst: Askfirst, anna: Person, tmp_path: Path
) -> None:
    write_keys(tmp_path / "other")
    (tmp_path / "other" / "person.key").replace(askfirst.var / "keys" / "person.key")
    result = askfirst("consent", "show", "--channel", "rest", "--id", "anna")
    assert result.exit_code == 2
    assert "knows nobody" in result.stderr


def test_a_database_that_fails_ends_with_3(askfirst: Askfirst) -> None:
    (askfirst.var / "consent.db").write_bytes(b"this is no database" * 100)
    result = askfirst("store", "stats")
    assert result.exit_code == 3
    assert "Traceback" not in result.output


def test_a_sweep_ends_what_is_over_and_counts_it(
    askfirst: Askfirst, anna: Person, store: ConsentStore
) -> None:
    url = f"sqlite:///{askfirst.var / 'consent.db'}"
    raw.change(url, "UPDATE help_session SET last_seen_at = datetime(last_seen_at, '-1 hour')")
    swept = askfirst.json("store", "sweep")["counts"]
    assert (swept["helps_ended"], swept["values_deleted"]) == (1, 1)
    assert store.stats().counts["values_kept"] == 0
    assert askfirst.json("store", "sweep")["counts"]["helps_ended"] == 0


def test_statistics_count_and_name_nobody(askfirst: Askfirst, anna: Person) -> None:
    found = askfirst.json("store", "stats")
    assert (found["counts"]["persons"], found["decisions"]) == (1, {"given": 1})
    shown = askfirst("store", "stats").stdout
    assert "persons" in shown
    assert anna.person_id[:8] not in shown


def test_a_sweep_keeps_conversations_as_long_as_the_environment_says(
    askfirst: Askfirst, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = StoreKeys.from_folder(askfirst.var / "keys")
    long_ago = FakeClock(system_clock() - timedelta(days=40))
    talker = Talker(f"sqlite:///{askfirst.var / 'consent.db'}", keys, long_ago, "a-stranger")
    talker.says("hello")
    monkeypatch.setenv("ASKFIRST_KEEP_CONVERSATIONS_DAYS", "50")
    assert askfirst.json("store", "sweep")["counts"]["turns_deleted"] == 0
    assert talker.heard() == ["hello"]
    monkeypatch.delenv("ASKFIRST_KEEP_CONVERSATIONS_DAYS")
    counts = askfirst.json("store", "sweep")["counts"]
    assert (counts["conversations_deleted"], counts["turns_deleted"], counts["keys_deleted"]) == (1, 1, 1)


@pytest.mark.parametrize("value", ["-1", "a month", "1e9"])
def test_a_setting_that_cannot_be_used_is_named(
    askfirst: Askfirst, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("ASKFIRST_KEEP_CONVERSATIONS_DAYS", value)
    result = askfirst("store", "sweep")
    assert result.exit_code == 2
    assert "ASKFIRST_KEEP_CONVERSATIONS_DAYS" in result.stderr
    assert "Traceback" not in result.output
