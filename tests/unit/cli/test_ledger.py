"""What is checked about the ledger ends with 0 or 1, so that a script can act on it."""

from __future__ import annotations

from pathlib import Path

from consent_store.signing import Signer
from tests.contract import raw
from tests.unit.cli.conftest import Askfirst
from tests.unit.consent_store.kit import Person


def test_a_sound_ledger_ends_with_0(askfirst: Askfirst, anna: Person) -> None:
    found = askfirst.json("ledger", "verify")
    assert (found["ok"], found["faults"], found["entries"]) == (True, [], 1)
    assert "1 entries, 0 faults, 0 checkpoints" in askfirst("ledger", "verify").stdout


def test_a_changed_record_ends_with_1_and_is_named(askfirst: Askfirst, anna: Person) -> None:
    url = f"sqlite:///{askfirst.var / 'consent.db'}"
    raw.tamper(url, "UPDATE event_detail SET body = replace(body, 'given', 'refused')")
    found = askfirst.json("ledger", "verify", exit_code=1)
    assert not found["ok"]
    assert any("entry 1" in fault["place"] for fault in found["faults"])
    result = askfirst("ledger", "verify")
    assert result.exit_code == 1
    assert "entry 1" in result.stdout


def test_a_checkpoint_is_written_once_and_held_against_the_ledger(askfirst: Askfirst, anna: Person) -> None:
    first = askfirst.json("ledger", "checkpoint")
    assert (first["number"], first["entries"], first["written"]) == (1, 1, True)
    assert Path(first["path"]).parent == askfirst.var / "checkpoints"
    assert not askfirst.json("ledger", "checkpoint")["written"]
    assert askfirst.json("ledger", "verify")["checkpoints"] == 1


def test_a_cut_end_is_found_by_the_checkpoint(askfirst: Askfirst, anna: Person) -> None:
    askfirst("ledger", "checkpoint")
    url = f"sqlite:///{askfirst.var / 'consent.db'}"
    tables = (
        "consent_state",
        "event_detail",
        "consent_event",
        "chain_head",
        "personal_data",
        "permission_request",
    )
    raw.tamper(url, *(f"DELETE FROM {table}" for table in tables))
    faults = askfirst.json("ledger", "verify", exit_code=1)["faults"]
    assert any("checkpoint" in fault["place"] + fault["reason"] for fault in faults)


def test_checkpoints_may_be_kept_elsewhere_and_checked_with_the_public_key_alone(
    askfirst: Askfirst, anna: Person, tmp_path: Path
) -> None:
    elsewhere = ("--checkpoints", str(tmp_path / "elsewhere"))
    assert askfirst.json("ledger", "checkpoint", *elsewhere)["written"]
    public_key = Signer.from_folder(askfirst.var / "keys").public_key
    (askfirst.var / "keys" / "ledger.key").unlink()
    found = askfirst.json("ledger", "verify", *elsewhere, "--public-key", public_key)
    assert (found["ok"], found["checkpoints"]) == (True, 1)
    assert askfirst("ledger", "verify", *elsewhere).exit_code == 4
    assert askfirst("ledger", "verify", *elsewhere, "--public-key", "A" * 43).exit_code == 1


def test_a_forged_checkpoint_is_not_gone_on_from(askfirst: Askfirst, anna: Person) -> None:
    path = Path(askfirst.json("ledger", "checkpoint")["path"])
    forged = path.with_name(path.name.replace("-000001", "-000002"))
    forged.write_bytes(path.read_bytes())
    result = askfirst("ledger", "checkpoint")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "ledger verify" in result.stderr
