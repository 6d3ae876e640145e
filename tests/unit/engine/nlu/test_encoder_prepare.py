"""The encoder is built once, whole or not at all, and kept while it is made of the same."""

from __future__ import annotations

import json
import logging
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from engine.nlu.encoder import __main__ as command
from engine.nlu.encoder import checking, prepare
from engine.nlu.encoder.encoder import FILES
from engine.nlu.encoder.errors import EncoderFileChanged, EncoderNotExact
from engine.nlu.encoder.files import FOLDER_VARIABLE, Published


@pytest.fixture
def kept(encoder_folder: Path, tmp_path: Path) -> Path:
    """A copy of the encoder, in a folder of its own."""
    return Path(shutil.copytree(encoder_folder, tmp_path / "var" / "encoder"))


@pytest.fixture
def builds(monkeypatch: pytest.MonkeyPatch, encoder_folder: Path) -> list[Path]:
    """Writing copies the encoder that is there instead of building one; the list grows with every time."""
    times: list[Path] = []

    def write(_files: Published, draft: Path) -> None:
        times.append(draft)
        shutil.copytree(encoder_folder, draft / "new")

    monkeypatch.setattr(prepare, "_write", write)
    return times


def test_what_is_kept_is_small_and_says_what_it_is_made_of(encoder_folder: Path) -> None:
    assert {path.name for path in encoder_folder.iterdir()} == {*FILES, prepare.STAMP}
    assert (encoder_folder / FILES[0]).stat().st_size < 25_000_000
    assert json.loads((encoder_folder / prepare.STAMP).read_text()) == prepare.stamp()
    assert [path.name for path in encoder_folder.parent.iterdir() if path.is_dir()] == ["encoder"]


def test_a_second_time_builds_nothing(kept: Path, builds: list[Path]) -> None:
    assert prepare.ensure_encoder(kept) == kept
    assert builds == []


@pytest.mark.parametrize("stamp", ['{"builder": 0}', "no json", "[]"])
def test_an_encoder_of_something_else_is_built_anew(kept: Path, builds: list[Path], stamp: str) -> None:
    (kept / prepare.STAMP).write_text(stamp)
    (kept / "of the old one").touch()
    prepare.ensure_encoder(kept)
    assert len(builds) == 1
    assert prepare.is_prepared(kept)
    assert not (kept / "of the old one").exists()


def test_several_at_once_build_one(tmp_path: Path, builds: list[Path]) -> None:
    folder = tmp_path / "var" / "encoder"
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(prepare.ensure_encoder, [folder] * 4)) == {folder}
    assert len(builds) == 1


def test_what_fails_leaves_the_old_one_and_no_rest(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (kept / prepare.STAMP).write_text("{}")

    def refuse(*_: object) -> None:
        raise EncoderNotExact("a cosine", 0.1, 0.9)

    monkeypatch.setattr(checking, "check_exact", refuse)
    with pytest.raises(EncoderNotExact):
        prepare.ensure_encoder(kept)
    assert (kept / FILES[0]).is_file()
    assert {path.name for path in kept.parent.iterdir()} == {"encoder", ".encoder.lock"}


def test_changed_weights_build_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, builds: list[Path]
) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"other weights")
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    with pytest.raises(EncoderFileChanged):
        prepare.ensure_encoder(tmp_path / "var" / "encoder")
    assert builds == []


def test_the_command_builds_below_the_var_folder_and_checks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, builds: list[Path]
) -> None:
    monkeypatch.setenv("ASKFIRST_VAR", str(tmp_path))
    monkeypatch.setattr(command.os, "umask", lambda _: 0)
    assert command.main(["--check"]) == 1
    assert command.main([]) == 0
    assert command.main(["--check"]) == 0
    assert prepare.is_prepared(tmp_path / "encoder")


def test_the_command_says_in_one_sentence_what_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ASKFIRST_VAR", str(tmp_path))
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "nowhere"))
    monkeypatch.setattr(command.os, "umask", lambda _: 0)
    assert command.main([]) == 1
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "nowhere" in told


def _fail_while_quiet() -> None:
    with prepare._errors_only():
        assert logging.getLogger().level == logging.ERROR
        raise ZeroDivisionError


def test_quiet_while_building_is_over_afterwards_also_after_a_failure() -> None:
    before = logging.getLogger().level
    with pytest.raises(ZeroDivisionError):
        _fail_while_quiet()
    assert logging.getLogger().level == before
