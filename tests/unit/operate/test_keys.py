"""Keys are written once, are private, and a lost one is never silently replaced."""

import base64
import stat
from pathlib import Path

import pytest

from operate.errors import OperateError
from operate.keys import KEY_FILES, check_production_keys, needed_files, write_keys
from sealing.development import is_development_key
from sealing.keys import read_key


def test_every_key_is_a_line_of_base64_with_32_random_bytes(tmp_path: Path) -> None:
    assert set(write_keys(tmp_path)) == set(KEY_FILES) == {path.name for path in tmp_path.iterdir()}
    lines = {name: (tmp_path / name).read_text(encoding="ascii").splitlines() for name in KEY_FILES}
    assert all(len(base64.urlsafe_b64decode(line)) == 32 for (line,) in lines.values())
    assert len({read_key(tmp_path / name) for name in KEY_FILES}) == len(KEY_FILES)


def test_nobody_else_can_read_the_keys_or_their_folder(tmp_path: Path) -> None:
    folder = tmp_path / "var" / "keys"
    write_keys(folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE((folder / name).stat().st_mode) for name in KEY_FILES} == {0o600}
    (folder / "master.key").chmod(0o644)
    write_keys(folder)
    assert stat.S_IMODE((folder / "master.key").stat().st_mode) == 0o600


def test_a_key_that_is_there_is_never_overwritten(tmp_path: Path) -> None:
    write_keys(tmp_path)
    before = {name: (tmp_path / name).read_bytes() for name in KEY_FILES}
    assert write_keys(tmp_path) == ()
    assert {name: (tmp_path / name).read_bytes() for name in KEY_FILES} == before


@pytest.mark.parametrize("name", ["master.key", "person.key", "ledger.key"])
def test_a_lost_key_is_not_replaced_while_data_needs_it(tmp_path: Path, name: str) -> None:
    database = tmp_path / "consent.db"
    database.touch()
    write_keys(tmp_path / "keys")
    (tmp_path / "keys" / name).unlink()
    with pytest.raises(OperateError, match=name):
        write_keys(tmp_path / "keys", database)
    assert not (tmp_path / "keys" / name).exists()


def test_a_lost_secret_that_seals_no_data_is_written_anew(tmp_path: Path) -> None:
    database = tmp_path / "consent.db"
    database.touch()
    write_keys(tmp_path / "keys")
    (tmp_path / "keys" / "rest.secret").unlink()
    assert write_keys(tmp_path / "keys", database) == ("rest.secret",)


def kinds(folder: Path) -> set[bool]:
    return {is_development_key(read_key(folder / name)) for name in KEY_FILES}


def test_keys_are_for_development_unless_production_is_asked_for(tmp_path: Path) -> None:
    write_keys(tmp_path / "here")
    write_keys(tmp_path / "there", production=True)
    assert kinds(tmp_path / "here") == {True}
    assert kinds(tmp_path / "there") == {False}


def test_production_keys_are_not_mixed_with_development_keys(tmp_path: Path) -> None:
    write_keys(tmp_path)
    (tmp_path / "person.key").unlink()
    with pytest.raises(OperateError, match=r"is a development key.*ASKFIRST_VAR"):
        write_keys(tmp_path, production=True)
    assert not (tmp_path / "person.key").exists()


@pytest.mark.parametrize("name", KEY_FILES)
def test_production_begins_with_all_its_keys_or_not_at_all(tmp_path: Path, name: str) -> None:
    write_keys(tmp_path, production=True)
    check_production_keys(tmp_path)
    (tmp_path / name).unlink()
    with pytest.raises(OperateError, match=f"{name}.*--production"):
        check_production_keys(tmp_path)
    write_keys(tmp_path)
    with pytest.raises(OperateError, match=name):
        check_production_keys(tmp_path)


def test_production_does_not_begin_with_a_key_that_others_can_read(tmp_path: Path) -> None:
    write_keys(tmp_path, production=True)
    (tmp_path / "person.key").chmod(0o640)
    with pytest.raises(OperateError, match="chmod 600"):
        check_production_keys(tmp_path)


def test_a_master_key_that_is_handed_in_needs_no_file(tmp_path: Path) -> None:
    names = needed_files({"ASKFIRST_MASTER_KEY": "something"})
    assert set(KEY_FILES) - set(names) == {"master.key"}
    assert needed_files({"ASKFIRST_MASTER_KEY": " "}) == KEY_FILES
    database = tmp_path / "consent.db"
    assert "master.key" not in write_keys(tmp_path / "keys", names=names, production=True)
    database.touch()
    check_production_keys(tmp_path / "keys", names)
    assert write_keys(tmp_path / "keys", database, names=names) == ()
