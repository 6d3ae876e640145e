"""What reading a key file promises."""

import base64
from pathlib import Path

import pytest

from sealing.development import new_development_key
from sealing.keys import (
    DevelopmentKey,
    KeyExposed,
    KeyInvalid,
    KeyMissing,
    ModeInvalid,
    in_production,
    read_key,
    read_secret,
)

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


def test_a_private_key_that_others_may_read_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = written(tmp_path, base64.urlsafe_b64encode(KEY))
    for mode in (0o640, 0o604, 0o620, 0o644):
        path.chmod(mode)
        with pytest.raises(KeyExposed, match=r"chmod 600 .*some\.key"):
            read_key(path, private=True)
    for mode in (0o600, 0o400):
        path.chmod(mode)
        assert read_key(path, private=True) == KEY


def test_production_refuses_a_development_key_and_says_what_to_do(tmp_path: Path) -> None:
    path = written(tmp_path, base64.urlsafe_b64encode(new_development_key()))
    with pytest.raises(DevelopmentKey, match=r"some\.key.*operate keys --production"):
        read_key(path, environ={"ASKFIRST_MODE": "production"})


def test_every_reader_obeys_the_mode_of_its_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, base64.urlsafe_b64encode(new_development_key()))
    monkeypatch.setenv("ASKFIRST_MODE", "production")
    for read in (read_key, read_secret):
        with pytest.raises(DevelopmentKey):
            read(path)


def test_development_takes_any_key_and_production_takes_its_own(tmp_path: Path) -> None:
    path = written(tmp_path, base64.urlsafe_b64encode(new_development_key()))
    assert len(read_key(path, environ={})) == 32
    assert len(read_key(path, environ={"ASKFIRST_MODE": "development"})) == 32
    path = written(tmp_path, base64.urlsafe_b64encode(KEY))
    assert read_key(path, environ={"ASKFIRST_MODE": "production"}) == KEY


@pytest.mark.parametrize("mode", ["prod", "Production", "true"])
def test_a_misspelt_mode_does_not_pass_for_development(mode: str) -> None:
    with pytest.raises(ModeInvalid, match="production"):
        in_production({"ASKFIRST_MODE": mode})
