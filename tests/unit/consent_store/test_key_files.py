"""A new master key takes the place of the former in one step, and no key is ever lost on the way."""

from __future__ import annotations

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from consent_store import KeyInvalid, KeyMissing, KeyRefused, StoreKeys
from consent_store.key_files import begin_rotation, key_id, remove_earlier
from sealing.development import is_development_key, new_development_key
from tests.unit.consent_store.test_keys import NOTHING, PRODUCTION, put, text_of

FIRST = b"m" * 32


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    put(tmp_path / "keys" / "master.key", FIRST)
    return tmp_path / "keys"


def read(folder: Path) -> StoreKeys:
    return StoreKeys.from_folder(folder, environ=NOTHING)


def test_the_new_key_is_in_place_and_the_former_is_kept(folder: Path):
    name = StoreKeys.begin_rotation(folder, environ=NOTHING)
    keys = read(folder)
    assert (keys.master_id, keys.by_id(key_id(FIRST))) == (name, FIRST)
    assert keys.master != FIRST


def test_all_files_and_folders_stay_private_and_no_draft_stays_behind(folder: Path):
    begin_rotation(folder, NOTHING)
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert {path.suffix for path in files} == {".key"}
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    assert stat.S_IMODE((folder / "master.earlier").stat().st_mode) == 0o700


def test_every_former_key_is_kept_over_several_rotations(folder: Path):
    names = [key_id(FIRST), *(begin_rotation(folder, NOTHING) for _ in range(3))]
    keys = read(folder)
    assert all(keys.by_id(name) is not None for name in names)
    assert len(set(names)) == 4


@pytest.mark.parametrize("step", ["fsync", "rename", "replace"])
@pytest.mark.parametrize("count", [1, 2, 3, 4, 5])
def test_wherever_it_is_killed_the_former_key_is_there_and_it_can_begin_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch, step: str, count: int
):
    class Killed(BaseException):
        pass

    calls = []
    real = getattr(os, step)

    def dies_at_the_count(*arguments: object, **named: object) -> object:
        calls.append(1)
        if len(calls) == count:
            raise Killed
        return real(*arguments, **named)

    with monkeypatch.context() as patch:
        patch.setattr(os, step, dies_at_the_count)
        try:
            begin_rotation(folder, NOTHING)
        except Killed:
            assert read(folder).by_id(key_id(FIRST)) == FIRST
    name = begin_rotation(folder, NOTHING)
    assert read(folder).by_id(key_id(FIRST)) == FIRST
    assert read(folder).master_id == name


def test_rotations_begun_at_once_lose_no_key(folder: Path):
    with ThreadPoolExecutor(8) as pool:
        names = list(pool.map(lambda _: begin_rotation(folder, NOTHING), range(16)))
    keys = read(folder)
    assert len(set(names)) == 16
    assert all(keys.by_id(name) is not None for name in (*names, key_id(FIRST)))


def test_a_development_key_is_followed_by_a_development_key(tmp_path: Path):
    put(tmp_path / "master.key", new_development_key())
    begin_rotation(tmp_path, NOTHING)
    assert is_development_key(read(tmp_path).master)
    with pytest.raises(KeyRefused, match="development key"):
        begin_rotation(tmp_path, PRODUCTION)


def test_a_production_key_is_followed_by_one_that_production_takes(folder: Path):
    name = begin_rotation(folder, PRODUCTION)
    assert StoreKeys.from_folder(folder, environ=PRODUCTION).master_id == name


def test_a_master_key_of_the_environment_is_rotated_where_it_is_set(folder: Path):
    with pytest.raises(KeyRefused, match="ASKFIRST_MASTER_KEY"):
        begin_rotation(folder, {"ASKFIRST_MASTER_KEY": text_of(b"e" * 32)})
    assert read(folder).master == FIRST


def test_nothing_begins_without_a_key(tmp_path: Path):
    with pytest.raises(KeyMissing):
        begin_rotation(tmp_path, NOTHING)
    with pytest.raises(KeyMissing):
        begin_rotation(tmp_path / "none", NOTHING)
    assert not list(tmp_path.iterdir())


def test_an_archive_that_holds_another_key_stops_it(folder: Path):
    put(folder / "master.earlier" / f"{key_id(FIRST)}.key", b"x" * 32)
    with pytest.raises(KeyInvalid, match="not_named_for_its_key"):
        begin_rotation(folder, NOTHING)
    assert (folder / "master.key").read_text().strip() == text_of(FIRST)


def test_only_retired_keys_are_removed_and_never_the_current_one(folder: Path):
    second = begin_rotation(folder, NOTHING)
    third = begin_rotation(folder, NOTHING)
    put(folder / "master.earlier" / f"{third}.key", read(folder).master)
    assert remove_earlier(folder, [key_id(FIRST), third, "unknown"]) == (key_id(FIRST),)
    keys = read(folder)
    assert keys.by_id(key_id(FIRST)) is None
    assert keys.by_id(second) is not None
    assert keys.master_id == third
    assert (folder / "master.earlier" / f"{third}.key").exists()


def test_removing_nothing_is_fine(folder: Path):
    assert remove_earlier(folder, []) == ()
    assert remove_earlier(folder, [key_id(FIRST)]) == ()
    assert read(folder).master == FIRST
