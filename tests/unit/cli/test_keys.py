"""The master key anew, under a person whose values stay; and the public key to hand out."""

from __future__ import annotations

from pathlib import Path

import pytest

from consent_store import ConsentStore, StoreKeys, open_store, system_clock
from consent_store.signing import Signer
from tests.unit.cli.conftest import Askfirst
from tests.unit.consent_store.kit import BALANCE, Person


def former_keys(askfirst: Askfirst) -> list[str]:
    return sorted(path.stem for path in (askfirst.var / "keys" / "master.earlier").glob("*.key"))


def reopened(askfirst: Askfirst) -> ConsentStore:
    keys = StoreKeys.from_folder(askfirst.var / "keys")
    return open_store(f"sqlite:///{askfirst.var / 'consent.db'}", keys=keys, clock=system_clock)


def value_of(store: ConsentStore, person: Person) -> str:
    kept = store.release(
        person.person_id, person.session.help_id, [("debt_payoff", BALANCE)], program_id="debt_payoff"
    )
    return kept.values[BALANCE]


def test_a_rotation_wraps_every_key_anew_and_loses_no_value(askfirst: Askfirst, anna: Person) -> None:
    before = (askfirst.var / "keys" / "master.key").read_bytes()
    done = askfirst.json("keys", "rotate")
    assert (done["rewrapped"], done["left"], done["complete"]) == (1, 0, True)
    assert (askfirst.var / "keys" / "master.key").read_bytes() != before
    assert len(former_keys(askfirst)) == 1
    store = reopened(askfirst)
    assert value_of(store, anna) == "1200.50"
    store.close()


def test_a_retired_key_is_deleted_only_when_told(askfirst: Askfirst, anna: Person) -> None:
    done = askfirst.json("keys", "rotate", "--remove-retired")
    assert done["removed"] == done["retired"]
    assert former_keys(askfirst) == []
    store = reopened(askfirst)
    assert value_of(store, anna) == "1200.50"
    store.close()


def test_a_rotation_that_was_interrupted_is_finished_and_no_other_is_begun(
    askfirst: Askfirst, anna: Person
) -> None:
    begun = StoreKeys.begin_rotation(askfirst.var / "keys")
    done = askfirst.json("keys", "rotate")
    assert (done["master_id"], done["rewrapped"], done["complete"]) == (begun, 1, True)
    assert askfirst.json("keys", "rotate")["master_id"] != begun


def test_a_key_that_cannot_be_opened_ends_with_4_and_names_the_master_key(
    askfirst: Askfirst, anna: Person, tmp_path: Path
) -> None:
    StoreKeys.begin_rotation(askfirst.var / "keys")
    (lost,) = former_keys(askfirst)
    (askfirst.var / "keys" / "master.earlier" / f"{lost}.key").rename(tmp_path / "lost")
    found = askfirst.json("keys", "rotate", exit_code=4)
    assert (found["left"], found["needed"], found["complete"]) == (1, [lost], False)


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_no_key_but_the_public_one_is_ever_printed(
    askfirst: Askfirst, anna: Person, form: tuple[str, ...]
) -> None:
    output = askfirst("keys", "rotate", *form).output + askfirst("keys", "public", *form).output
    assert Signer.from_folder(askfirst.var / "keys").public_key in output
    for path in (askfirst.var / "keys").rglob("*.*"):
        assert path.is_dir() or path.read_text(encoding="ascii").strip() not in output
