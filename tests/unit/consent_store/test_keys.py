"""The master key comes from a file or the environment, is never made up, never printed, never exposed."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from consent_store import KeyInvalid, KeyMissing, KeyRefused, StoreKeys
from consent_store.keys import key_id
from sealing.development import new_development_key

NOTHING: dict[str, str] = {}
PRODUCTION = {"ASKFIRST_MODE": "production"}


def text_of(key: bytes) -> str:
    return base64.urlsafe_b64encode(key).decode()


def put(path: Path, key: bytes, mode: int = 0o600) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text_of(key) + "\n")
    path.chmod(mode)
    return path


def test_the_master_key_is_read_from_the_folder(tmp_path: Path):
    put(tmp_path / "master.key", b"m" * 32)
    assert StoreKeys.from_folder(tmp_path, environ=NOTHING).master == b"m" * 32


def test_the_master_key_of_the_environment_comes_first_and_needs_no_file(tmp_path: Path):
    environ = {"ASKFIRST_MASTER_KEY": text_of(b"e" * 32)}
    assert StoreKeys.from_folder(tmp_path, environ=environ).master == b"e" * 32
    put(tmp_path / "master.key", b"m" * 32)
    assert StoreKeys.from_folder(tmp_path, environ=environ).master == b"e" * 32


def test_the_environment_of_the_process_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ASKFIRST_MASTER_KEY", text_of(b"e" * 32))
    assert StoreKeys.from_folder(tmp_path).master == b"e" * 32


def test_an_empty_variable_counts_as_not_set(tmp_path: Path):
    put(tmp_path / "master.key", b"m" * 32)
    environ = {"ASKFIRST_MASTER_KEY": " ", "ASKFIRST_EARLIER_MASTER_KEYS": "", "ASKFIRST_MODE": ""}
    assert StoreKeys.from_folder(tmp_path, environ=environ).master == b"m" * 32


def test_earlier_keys_come_from_the_folder_and_from_the_environment(tmp_path: Path):
    old, older, oldest = b"1" * 32, b"2" * 32, b"3" * 32
    put(tmp_path / "master.key", b"m" * 32)
    put(tmp_path / "master.earlier" / f"{key_id(old)}.key", old)
    environ = {"ASKFIRST_EARLIER_MASTER_KEYS": f"{text_of(older)}, {text_of(oldest)}"}
    keys = StoreKeys.from_folder(tmp_path, environ=environ)
    assert [keys.by_id(key_id(key)) for key in (old, older, oldest)] == [old, older, oldest]
    assert keys.by_id("another") is None


def test_an_earlier_key_under_the_name_of_another_is_refused(tmp_path: Path):
    put(tmp_path / "master.key", b"m" * 32)
    put(tmp_path / "master.earlier" / f"{key_id(b'1' * 32)}.key", b"2" * 32)
    with pytest.raises(KeyInvalid, match="not_named_for_its_key"):
        StoreKeys.from_folder(tmp_path, environ=NOTHING)


def test_a_missing_key_is_said_and_not_made(tmp_path: Path):
    with pytest.raises(KeyMissing, match=r"master\.key"):
        StoreKeys.from_folder(tmp_path, environ=NOTHING)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("content", ["", "short", "!" * 44, base64.urlsafe_b64encode(b"m" * 16).decode()])
def test_a_key_file_with_something_else_is_refused(tmp_path: Path, content: str):
    (tmp_path / "master.key").write_text(content)
    with pytest.raises(KeyInvalid, match=r"master\.key"):
        StoreKeys.from_folder(tmp_path, environ=NOTHING)


@pytest.mark.parametrize("variable", ["ASKFIRST_MASTER_KEY", "ASKFIRST_EARLIER_MASTER_KEYS"])
@pytest.mark.parametrize("content", ["short-secret", "ä" * 43, text_of(b"m" * 31)])
def test_a_variable_with_something_else_is_named_and_not_shown(tmp_path: Path, variable: str, content: str):
    put(tmp_path / "master.key", b"m" * 32)
    with pytest.raises(KeyInvalid, match=variable) as caught:
        StoreKeys.from_folder(tmp_path, environ={variable: content})
    assert content not in str(caught.value)


def test_two_master_keys_at_once_are_refused(tmp_path: Path):
    environ = {"ASKFIRST_MASTER_KEY": f"{text_of(b'1' * 32)},{text_of(b'2' * 32)}"}
    with pytest.raises(KeyInvalid, match="more_than_one_key"):
        StoreKeys.from_folder(tmp_path, environ=environ)


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660])
def test_a_key_file_that_others_may_read_is_refused_with_what_to_do(tmp_path: Path, mode: int):
    path = put(tmp_path / "master.key", b"m" * 32, mode)
    with pytest.raises(KeyRefused, match=r"read or changed by others.*chmod 600 .*master\.key"):
        StoreKeys.from_folder(tmp_path, environ=NOTHING)
    path.chmod(0o400)
    earlier = put(tmp_path / "master.earlier" / f"{key_id(b'1' * 32)}.key", b"1" * 32, mode)
    with pytest.raises(KeyRefused, match=earlier.name):
        StoreKeys.from_folder(tmp_path, environ=NOTHING)


def test_production_refuses_a_development_key_wherever_it_comes_from(tmp_path: Path):
    made_by_setup = new_development_key()
    put(tmp_path / "master.key", made_by_setup)
    assert StoreKeys.from_folder(tmp_path, environ=NOTHING).master == made_by_setup
    with pytest.raises(KeyRefused, match=r"master\.key is a development key.*operate keys --production"):
        StoreKeys.from_folder(tmp_path, environ=PRODUCTION)
    for variable in ("ASKFIRST_MASTER_KEY", "ASKFIRST_EARLIER_MASTER_KEYS"):
        environ = {"ASKFIRST_MASTER_KEY": text_of(b"m" * 32), variable: text_of(made_by_setup), **PRODUCTION}
        with pytest.raises(KeyRefused, match=f"{variable} is a development key"):
            StoreKeys.from_folder(tmp_path, environ=environ)
    (tmp_path / "master.key").unlink()
    put(tmp_path / "master.key", b"m" * 32)
    put(tmp_path / "master.earlier" / f"{key_id(made_by_setup)}.key", made_by_setup)
    with pytest.raises(KeyRefused, match="development key"):
        StoreKeys.from_folder(tmp_path, environ=PRODUCTION)


def test_production_takes_its_own_keys(tmp_path: Path):
    put(tmp_path / "master.key", b"m" * 32)
    assert StoreKeys.from_folder(tmp_path, environ=PRODUCTION).master == b"m" * 32
    environ = {"ASKFIRST_MASTER_KEY": text_of(b"e" * 32), **PRODUCTION}
    assert StoreKeys.from_folder(tmp_path, environ=environ).master == b"e" * 32


def test_a_misspelt_mode_is_refused(tmp_path: Path):
    put(tmp_path / "master.key", new_development_key())
    with pytest.raises(KeyRefused, match="ASKFIRST_MODE"):
        StoreKeys.from_folder(tmp_path, environ={"ASKFIRST_MODE": "prodution"})


def test_a_key_of_another_length_is_refused():
    with pytest.raises(KeyInvalid):
        StoreKeys(b"short")


def test_keys_never_show_in_their_representation(tmp_path: Path):
    keys = StoreKeys(b"secret-secret-secret-secret-secr", earlier={"old": b"x" * 32})
    assert "secret" not in repr(keys)
    assert "xxx" not in repr(keys)
    environ = {"ASKFIRST_MASTER_KEY": text_of(b"e" * 32)}
    assert text_of(b"e" * 32) not in repr(StoreKeys.from_folder(tmp_path, environ=environ))
