"""What reading a key file promises."""

import base64
from pathlib import Path

import pytest

from sealing.keys import KeyInvalid, KeyMissing, read_key, read_secret

KEY = bytes(range(32))


def written(folder: Path, content: bytes) -> Path:
    path = folder / "some.key"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("ending", [b"", b"\n", b"\r\n"])
def test_a_key_file_gives_its_32_bytes(tmp_path: Path, ending: bytes) -> None:
    assert read_key(written(tmp_path, base64.urlsafe_b64encode(KEY) + ending)) == KEY


def test_padding_may_be_left_out(tmp_path: Path) -> None:
    assert read_key(written(tmp_path, base64.urlsafe_b64encode(KEY).rstrip(b"="))) == KEY


def test_a_missing_file_is_named_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(KeyMissing, match=r"no\.key.*make setup"):
        read_key(tmp_path / "no.key")


@pytest.mark.parametrize(
    "content", [b"", b"too short", b"\xff\xfe", base64.urlsafe_b64encode(b"x" * 31), b"!" * 43]
)
def test_a_broken_file_is_named_and_its_content_is_not_shown(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(KeyInvalid, match=r"some\.key") as caught:
        read_key(written(tmp_path, content))
    assert not content or content.decode("latin-1") not in str(caught.value)


def test_a_secret_is_the_text_of_its_file(tmp_path: Path) -> None:
    text = base64.urlsafe_b64encode(KEY)
    assert read_secret(written(tmp_path, text + b"\n")) == text.decode()


def test_a_weak_secret_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KeyInvalid):
        read_secret(written(tmp_path, b"password"))
