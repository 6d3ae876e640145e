"""A development key is known by itself, wherever it was copied to."""

import base64
import secrets

from sealing.development import is_development_key, new_development_key, new_production_key


def test_a_development_key_is_32_bytes_that_never_come_twice() -> None:
    keys = {new_development_key() for _ in range(100)}
    assert len(keys) == 100
    assert {len(key) for key in keys} == {32}


def test_the_mark_survives_being_copied_as_text() -> None:
    text = base64.urlsafe_b64encode(new_development_key()).decode()
    assert is_development_key(base64.urlsafe_b64decode(text))


def test_random_keys_carry_no_mark() -> None:
    assert not any(is_development_key(secrets.token_bytes(32)) for _ in range(1000))
    assert not any(is_development_key(new_production_key()) for _ in range(100))


def test_one_changed_byte_and_it_is_no_development_key() -> None:
    key = bytearray(new_development_key())
    key[31] ^= 1
    assert not is_development_key(bytes(key))


def test_other_lengths_are_no_development_keys() -> None:
    for length in (0, 8, 24, 31, 33):
        assert not is_development_key(bytes(length))
