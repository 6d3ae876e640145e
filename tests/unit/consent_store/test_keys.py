"""The master key comes from a file, is never made up, and never printed."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from consent_store import KeyInvalid, KeyMissing, StoreKeys


def test_the_master_key_is_read_from_the_folder(tmp_path: Path):
    (tmp_path / "master.key").write_bytes(base64.urlsafe_b64encode(b"m" * 32) + b"\n")
    assert StoreKeys.from_folder(tmp_path).master == b"m" * 32


def test_a_missing_key_is_said_and_not_made(tmp_path: Path):
    with pytest.raises(KeyMissing, match=r"master\.key"):
        StoreKeys.from_folder(tmp_path)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("content", ["", "short", "!" * 44, base64.urlsafe_b64encode(b"m" * 16).decode()])
def test_a_key_file_with_something_else_is_refused(tmp_path: Path, content: str):
    (tmp_path / "master.key").write_text(content)
    with pytest.raises(KeyInvalid, match=r"master\.key"):
        StoreKeys.from_folder(tmp_path)


def test_a_key_of_another_length_is_refused():
    with pytest.raises(KeyInvalid):
        StoreKeys(b"short")


def test_keys_never_show_in_their_representation():
    keys = StoreKeys(b"secret-secret-secret-secret-secr", earlier={"old": b"x" * 32})
    assert "secret" not in repr(keys)
    assert "xxx" not in repr(keys)
