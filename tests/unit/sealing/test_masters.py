"""A person's data key opens for that person under the master key of that name, wherever the keys lie."""

import base64
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from sealing.boxes import CannotBeOpened
from sealing.development import new_development_key
from sealing.keys import DevelopmentKey, KeyExposed, KeyInvalid, KeyMissing
from sealing.masters import MasterKeyInvalid, Masters, UnknownMasterKey, key_id, new_data_key, read

NOTHING: "dict[str, str]" = {}
FIRST, SECOND, THIRD = b"1" * 32, b"2" * 32, b"3" * 32


def text_of(key: bytes) -> str:
    return base64.urlsafe_b64encode(key).decode()


def put(path: Path, key: bytes) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text_of(key) + "\n")
    path.chmod(0o600)
    return path


@given(st.text(max_size=40), st.binary(min_size=32, max_size=32))
def test_a_wrapped_key_opens_again_for_the_same_person(person: str, data_key: bytes) -> None:
    name, wrapped = Masters(FIRST).wrap(person, data_key)
    assert name == key_id(FIRST)
    assert Masters(FIRST).unwrap(person, name, wrapped) == data_key


def test_a_wrapped_key_opens_for_nobody_else() -> None:
    name, wrapped = Masters(FIRST).wrap("person-a", new_data_key())
    with pytest.raises(CannotBeOpened):
        Masters(FIRST).unwrap("person-b", name, wrapped)


def test_an_earlier_master_key_opens_and_an_unknown_one_is_named() -> None:
    name, wrapped = Masters(FIRST).wrap("person-a", SECOND)
    assert Masters(THIRD, {name: FIRST}).unwrap("person-a", name, wrapped) == SECOND
    with pytest.raises(UnknownMasterKey, match=name):
        Masters(THIRD).unwrap("person-a", name, wrapped)


def test_the_form_of_a_wrapped_key_binds_person_and_master_key() -> None:
    name, wrapped = Masters(FIRST).wrap("p", SECOND)
    place = b"\0\0\0\x17ask-first.person-key.v1\0\0\0\x01p\0\0\0\x10" + name.encode()
    assert AESGCM(FIRST).decrypt(wrapped[:12], wrapped[12:], place) == SECOND


def test_names_of_keys_stay_what_they_are() -> None:
    assert key_id(b"m" * 32) == "62b34882f9fef540"


def test_every_data_key_is_another() -> None:
    assert len({new_data_key() for _ in range(100)}) == 100


def test_keys_come_from_the_folder(tmp_path: Path) -> None:
    put(tmp_path / "master.key", FIRST)
    put(tmp_path / "master.earlier" / f"{key_id(SECOND)}.key", SECOND)
    found = read(tmp_path, NOTHING)
    assert (found.master, dict(found.earlier)) == (FIRST, {key_id(SECOND): SECOND})


def test_variables_come_first_and_the_current_key_is_no_earlier_one(tmp_path: Path) -> None:
    put(tmp_path / "master.key", FIRST)
    environ = {
        "ASKFIRST_MASTER_KEY": text_of(SECOND),
        "ASKFIRST_EARLIER_MASTER_KEYS": f"{text_of(SECOND)},{text_of(THIRD)}",
    }
    found = read(tmp_path, environ)
    assert (found.master, dict(found.earlier)) == (SECOND, {key_id(THIRD): THIRD})


def test_what_is_wrong_with_a_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(KeyMissing):
        read(tmp_path, NOTHING)
    path = put(tmp_path / "master.key", FIRST)
    path.chmod(0o640)
    with pytest.raises(KeyExposed):
        read(tmp_path, NOTHING)
    put(path, b"short")
    with pytest.raises(KeyInvalid):
        read(tmp_path, NOTHING)
    put(path, FIRST)
    put(tmp_path / "master.earlier" / f"{key_id(SECOND)}.key", THIRD)
    with pytest.raises(MasterKeyInvalid, match="not_named_for_its_key"):
        read(tmp_path, NOTHING)


@pytest.mark.parametrize(
    ("variable", "content"),
    [
        ("ASKFIRST_MASTER_KEY", "short-secret"),
        ("ASKFIRST_EARLIER_MASTER_KEYS", "short-secret"),
        ("ASKFIRST_MASTER_KEY", f"{text_of(FIRST)},{text_of(SECOND)}"),
    ],
)
def test_what_is_wrong_with_a_variable_is_said_and_not_shown(
    tmp_path: Path, variable: str, content: str
) -> None:
    put(tmp_path / "master.key", FIRST)
    with pytest.raises(MasterKeyInvalid, match=variable) as caught:
        read(tmp_path, {variable: content})
    assert content not in str(caught.value)


def test_production_refuses_a_development_key(tmp_path: Path) -> None:
    put(tmp_path / "master.key", new_development_key())
    with pytest.raises(DevelopmentKey):
        read(tmp_path, {"ASKFIRST_MODE": "production"})


def test_keys_never_show_in_their_representation() -> None:
    shown = repr(Masters(b"secret-secret-secret-secret-secr", {"old": b"x" * 32}))
    assert "secret" not in shown
    assert "xxx" not in shown
