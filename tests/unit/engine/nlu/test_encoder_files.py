"""The published files: found where they should be, and used only when they are the published ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.nlu.encoder import files
from engine.nlu.encoder.errors import EncoderFileChanged, EncoderFileMissing


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that ASKFIRST_ENCODER names, with links to the published files."""
    official = files.published()
    (tmp_path / files.WEIGHTS).symlink_to(official.weights)
    (tmp_path / files.TOKENIZER).symlink_to(official.tokenizer)
    monkeypatch.setenv(files.FOLDER_VARIABLE, str(tmp_path))
    return tmp_path


def test_they_come_with_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(files.FOLDER_VARIABLE, raising=False)
    found = files.published()
    assert found.weights.parent.parent.name == files.PACKAGE
    assert files.sha256(found.weights) == files.HASHES[files.WEIGHTS]


def test_a_folder_may_be_named_instead(folder: Path) -> None:
    assert files.published().weights == folder / files.WEIGHTS


@pytest.mark.parametrize("name", [files.WEIGHTS, files.TOKENIZER])
def test_a_file_that_is_not_the_published_one_is_refused(folder: Path, name: str) -> None:
    content = bytearray((folder / name).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / name).unlink()
    (folder / name).write_bytes(content)
    with pytest.raises(
        EncoderFileChanged, match=rf"{name} is not the published one.*{files.HASHES[name][:12]}"
    ):
        files.published()


@pytest.mark.parametrize("name", [files.WEIGHTS, files.TOKENIZER])
def test_a_missing_file_is_named_with_what_to_do(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(EncoderFileMissing, match=rf"{name} is missing.*make setup.*{files.FOLDER_VARIABLE}"):
        files.published()


def test_a_missing_package_is_a_missing_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(files.FOLDER_VARIABLE, raising=False)
    monkeypatch.setattr(files, "PACKAGE", "no_such_package")
    with pytest.raises(EncoderFileMissing, match="make setup"):
        files.published()
