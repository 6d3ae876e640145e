"""What a chain cannot show about itself, a signed checkpoint outside the database shows."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from consent_store import CheckpointUnsound, ConsentStore, StoreUnavailable
from consent_store.ledger import chain_of, genesis
from consent_store.signing import Signer
from tests.contract import raw
from tests.unit.consent_store.kit import RATE, FakeClock, FakeNotice, Person

CHAIN = chain_of("person-a")
SIGNER = Signer(b"s" * 32)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "checkpoints"


@pytest.fixture
def noted(store: ConsentStore, person: Person, clock: FakeClock, folder: Path) -> list[Path]:
    """Two checkpoints: after the first entry and after the third."""
    person.allow_and_tell()
    first = store.checkpoint(SIGNER, folder)
    clock.turn(minutes=1)
    person.refuse(FakeNotice(item=RATE))
    store.withdraw("person-a")
    return [first.path, store.checkpoint(SIGNER, folder).path]


def faults(store: ConsentStore, folder: Path, key: str | None = SIGNER.public_key) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for fault in store.verify_ledger(checkpoints=folder, public_key=key).faults:
        found.setdefault(fault.place, set()).add(fault.reason)
    return found


def cut_the_end(database_url: str, entries_left: int) -> None:
    """As someone who owns the database would: the entries, their bodies, what they led to, the noted end."""
    end = raw.rows(database_url, f"SELECT entry_hash FROM consent_event WHERE seq = {entries_left}")
    raw.tamper(
        database_url,
        "UPDATE permission_request SET outcome = 'superseded', answered_at = NULL WHERE request_id IN "
        f"(SELECT request_id FROM event_detail WHERE seq > {entries_left})",
        f"DELETE FROM event_detail WHERE seq > {entries_left}",
        f"DELETE FROM consent_event WHERE seq > {entries_left}",
        "UPDATE chain_head SET size = :size, head_hash = :head",
        size=entries_left,
        head=end[0]["entry_hash"] if end else genesis(CHAIN),
    )


def test_a_ledger_that_grew_on_agrees_with_its_checkpoints(
    store: ConsentStore, person: Person, noted: list[Path], folder: Path
):
    person.begin()
    result = store.verify_ledger(checkpoints=folder, public_key=SIGNER.public_key)
    assert (result.ok, result.checkpoints, result.entries) == (True, 2, 3)


def test_a_checkpoint_is_for_its_owner_only_and_named_by_time_and_number(noted: list[Path], folder: Path):
    assert [path.name for path in noted] == ["20260503T100000Z-000001.json", "20260503T100100Z-000002.json"]
    assert sorted(folder.iterdir()) == noted
    assert {stat.S_IMODE(path.stat().st_mode) for path in noted} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_nothing_new_makes_no_new_checkpoint(store: ConsentStore, noted: list[Path], folder: Path):
    again = store.checkpoint(SIGNER, folder)
    assert (again.written, again.number, again.path) == (False, 2, noted[1])
    assert sorted(folder.iterdir()) == noted


def test_a_cut_end_with_a_forged_noted_end_is_found_only_by_the_checkpoints(
    database_url: str, store: ConsentStore, noted: list[Path], folder: Path
):
    cut_the_end(database_url, 1)
    store.rebuild_projection()
    assert store.verify_ledger().ok
    assert faults(store, folder) == {f"ledger chain {CHAIN} entry 3": {"missing_but_in_checkpoint_2"}}


def test_a_ledger_that_was_emptied_is_found(
    database_url: str, store: ConsentStore, noted: list[Path], folder: Path
):
    raw.tamper(database_url, "DELETE FROM chain_head")
    cut_the_end(database_url, 0)
    store.rebuild_projection()
    assert store.verify_ledger().ok
    assert set(faults(store, folder)) == {f"ledger chain {CHAIN} entry {seq}" for seq in (1, 3)}


def test_a_chain_written_anew_is_found(
    database_url: str, store: ConsentStore, person: Person, noted: list[Path], folder: Path
):
    cut_the_end(database_url, 1)
    store.rebuild_projection()
    person.refuse(FakeNotice(item=RATE))
    store.withdraw("person-a")
    assert store.verify_ledger().ok
    assert faults(store, folder) == {f"ledger chain {CHAIN} entry 3": {"differs_from_checkpoint_2"}}


def test_every_changed_byte_of_a_checkpoint_is_found(store: ConsentStore, noted: list[Path], folder: Path):
    whole = noted[1].read_bytes()
    for at in range(0, len(whole), 37):
        noted[1].write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert f"checkpoint {noted[1].name}" in faults(store, folder)
    noted[1].write_bytes(whole)
    assert faults(store, folder) == {}


def test_a_removed_checkpoint_is_found(store: ConsentStore, noted: list[Path], folder: Path):
    noted[0].unlink()
    found = faults(store, folder)
    assert found[f"checkpoint {noted[0].name}"] == {"file_missing"}


def test_a_removed_folder_is_found(store: ConsentStore, noted: list[Path], tmp_path: Path):
    found = faults(store, tmp_path / "elsewhere")
    assert found == {f"checkpoint {path.name}": {"file_missing"} for path in noted}


def test_a_renamed_checkpoint_is_found(store: ConsentStore, noted: list[Path], folder: Path):
    noted[0].rename(folder / "20260503T100001Z-000001.json")
    found = faults(store, folder)
    assert found["checkpoint 20260503T100001Z-000001.json"] == {"checkpoint_changed"}
    assert found[f"checkpoint {noted[0].name}"] == {"file_missing"}


def test_a_checkpoint_signed_by_someone_else_is_found(store: ConsentStore, noted: list[Path], folder: Path):
    found = faults(store, folder, Signer(b"x" * 32).public_key)
    assert found == {f"checkpoint {path.name}": {"not_signed_with_this_key"} for path in noted}


def test_a_forged_checkpoint_beside_its_forged_note_is_found(
    database_url: str, store: ConsentStore, noted: list[Path], folder: Path
):
    raw.tamper(database_url, "DELETE FROM checkpoint WHERE number = 2")
    noted[1].unlink()
    forged = store.checkpoint(Signer(b"x" * 32), folder)
    assert faults(store, folder) == {f"checkpoint {forged.path.name}": {"not_signed_with_this_key"}}


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("UPDATE checkpoint SET file_hash = 'x' WHERE number = 1", "noted_otherwise"),
        ("UPDATE checkpoint SET key_name = 'x' WHERE number = 1", "noted_otherwise"),
        ("DELETE FROM checkpoint WHERE number = 1", "not_noted"),
    ],
)
def test_a_changed_note_is_found(
    database_url: str, store: ConsentStore, noted: list[Path], folder: Path, statement: str, reason: str
):
    raw.tamper(database_url, statement)
    assert faults(store, folder)[f"checkpoint {noted[0].name}"] == {reason}


@pytest.mark.parametrize("statement", ["UPDATE checkpoint SET key_name = 'x'", "DELETE FROM checkpoint"])
def test_the_database_refuses_to_change_a_note(database_url: str, noted: list[Path], statement: str):
    with pytest.raises(Exception, match="append-only"):
        raw.change(database_url, statement)


def test_a_notice_nobody_answered_is_witnessed_too(
    database_url: str, store: ConsentStore, noted: list[Path], folder: Path
):
    store.register_notices([FakeNotice(item="income_eur")])
    store.checkpoint(SIGNER, folder)
    (row,) = raw.rows(database_url, "SELECT notice_id FROM notice_version WHERE item = 'income_eur'")
    raw.tamper(
        database_url, "UPDATE notice_version SET registered_at = served_at FROM permission_request "
        "WHERE notice_version.item = 'income_eur'", "UPDATE notice_version SET epoch = 9 "
        "WHERE item = 'income_eur'",
    )  # fmt: skip
    assert faults(store, folder) == {f"notice {row['notice_id']}": {"differs_from_checkpoint_3"}}


def test_a_checkpoint_written_just_before_the_machine_stopped_is_taken_up(
    database_url: str, store: ConsentStore, noted: list[Path], folder: Path
):
    raw.tamper(database_url, "DELETE FROM checkpoint WHERE number = 2")
    again = store.checkpoint(SIGNER, folder)
    assert (again.number, again.written) == (2, False)
    assert faults(store, folder) == {}


def test_no_checkpoint_goes_on_from_one_that_is_not_ours(
    database_url: str, store: ConsentStore, noted: list[Path], folder: Path
):
    raw.tamper(database_url, "DELETE FROM checkpoint WHERE number = 2")
    with pytest.raises(CheckpointUnsound):
        store.checkpoint(Signer(b"x" * 32), folder)
    noted[1].write_bytes(b"{}")
    with pytest.raises(CheckpointUnsound):
        store.checkpoint(SIGNER, folder)


def test_a_checkpoint_that_cannot_be_written_is_not_noted(
    database_url: str, store: ConsentStore, person: Person, tmp_path: Path
):
    person.allow()
    (tmp_path / "taken").write_text("a file, not a folder")
    with pytest.raises(StoreUnavailable):
        store.checkpoint(SIGNER, tmp_path / "taken")
    assert raw.count(database_url, "checkpoint") == 0


def test_an_erased_chain_agrees_with_its_checkpoints(store: ConsentStore, noted: list[Path], folder: Path):
    assert store.erase("person-a").verified
    assert faults(store, folder) == {}
    assert store.checkpoint(SIGNER, folder).written
    assert faults(store, folder) == {}


def test_progress_ends_with_all_entries(store: ConsentStore, noted: list[Path]):
    steps: list[tuple[int, int]] = []
    store.verify_ledger(progress=lambda done, total: steps.append((done, total)))
    assert steps[-1] == (3, 3)


def test_text_is_read_as_before_after_bytes_that_are_none_were_met(
    sqlite_only: Path, store: ConsentStore, person: Person
):
    asked = person.ask()
    raw.tamper(f"sqlite:///{sqlite_only}", "UPDATE permission_request SET channel = CAST(X'FF41' AS TEXT)")
    assert store.verify_ledger().ok
    with pytest.raises(StoreUnavailable):
        store.open_request("person-a")
    assert asked.channel == "widget"
