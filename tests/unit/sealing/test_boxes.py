"""A box opens with its key, in its place, unchanged; and in no other way."""

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from sealing.boxes import CannotBeOpened, decrypt, encrypt, joined
from sealing.keys import SealingError

KEY = b"k" * 32
PLACE = joined("here", "1")


@given(st.binary(), st.binary())
def test_what_is_sealed_opens_again(content: bytes, place: bytes) -> None:
    assert decrypt(KEY, encrypt(KEY, content, place), place) == content


@pytest.mark.parametrize("key", [b"j" * 32, b"k" * 16, b"k" * 31, b""])
def test_another_key_opens_nothing(key: bytes) -> None:
    with pytest.raises(CannotBeOpened):
        decrypt(key, encrypt(KEY, b"content", PLACE), PLACE)


def test_another_place_opens_nothing() -> None:
    with pytest.raises(CannotBeOpened):
        decrypt(KEY, encrypt(KEY, b"content", PLACE), joined("here", "2"))


@given(st.integers(0, 34), st.integers(0, 7))
def test_one_changed_bit_and_it_stays_shut(at: int, bit: int) -> None:
    sealed = bytearray(encrypt(KEY, b"content", PLACE))
    sealed[at] ^= 1 << bit
    with pytest.raises(CannotBeOpened):
        decrypt(KEY, bytes(sealed), PLACE)


@given(st.integers(0, 34))
def test_a_part_of_it_opens_nothing(length: int) -> None:
    with pytest.raises(CannotBeOpened):
        decrypt(KEY, encrypt(KEY, b"content", PLACE)[:length], PLACE)


def test_the_same_content_never_looks_the_same() -> None:
    assert len({encrypt(KEY, b"content", PLACE) for _ in range(100)}) == 100


def test_the_form_is_a_nonce_of_12_bytes_and_then_aes_gcm() -> None:
    sealed = encrypt(KEY, b"content", PLACE)
    assert AESGCM(KEY).decrypt(sealed[:12], sealed[12:], b"\0\0\0\x04here\0\0\0\x011") == b"content"


@given(st.lists(st.binary(max_size=4), max_size=4), st.lists(st.binary(max_size=4), max_size=4))
def test_different_parts_never_join_to_the_same_bytes(one: "list[bytes]", other: "list[bytes]") -> None:
    assert (joined(*one) == joined(*other)) == (one == other)


def test_the_error_says_nothing_of_key_or_content() -> None:
    assert str(CannotBeOpened()) == "cannot_be_opened"
    assert issubclass(CannotBeOpened, SealingError)
