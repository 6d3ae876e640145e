"""What is checked about the ledger ends with 0 or 1, so that a script can act on it."""

from __future__ import annotations

from tests.contract import raw
from tests.unit.cli.conftest import Askfirst
from tests.unit.consent_store.kit import Person


def test_a_sound_ledger_ends_with_0(askfirst: Askfirst, anna: Person) -> None:
    found = askfirst.json("ledger", "verify")
    assert (found["ok"], found["faults"], found["entries"]) == (True, [], 1)
    assert "1 entries, 0 faults" in askfirst("ledger", "verify").stdout


def test_a_changed_record_ends_with_1_and_is_named(askfirst: Askfirst, anna: Person) -> None:
    url = f"sqlite:///{askfirst.var / 'consent.db'}"
    raw.tamper(url, "UPDATE event_detail SET body = replace(body, 'given', 'refused')")
    found = askfirst.json("ledger", "verify", exit_code=1)
    assert not found["ok"]
    assert any("entry 1" in fault["place"] for fault in found["faults"])
    result = askfirst("ledger", "verify")
    assert result.exit_code == 1
    assert "entry 1" in result.stdout
