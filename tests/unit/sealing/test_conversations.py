"""A conversation opens with the person's data key, in its own place, unchanged, or not at all."""

import hashlib
import hmac
import json
import zlib
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from sealing.boxes import CannotBeOpened, encrypt, joined
from sealing.conversations import derive, open_state, open_turn, seal_state, seal_turn

DATA_KEY = b"d" * 32
OTHER_KEY = b"e" * 32
STATE = {"sender_id": "chat-1", "events": [{"event": "user", "timestamp": 1.5}]}
TURN = {"said": [{"who": "person", "text": "I have € 1,200", "at": "2026-05-03T10:00:00.000000Z"}]}

any_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)
contents = st.dictionaries(st.text(), any_json, max_size=4)
people = st.text(max_size=32)
numbers = st.integers(0, 10**9)


@given(contents, people)
def test_a_state_opens_again(state: "dict[str, Any]", person: str) -> None:
    assert open_state(DATA_KEY, person, seal_state(DATA_KEY, person, state)) == state


@given(contents, people, numbers)
def test_a_turn_opens_again(turn: "dict[str, Any]", person: str, number: int) -> None:
    assert open_turn(DATA_KEY, person, number, seal_turn(DATA_KEY, person, number, turn)) == turn


def test_half_a_character_which_a_client_can_send_is_kept() -> None:
    turn = {"said": [{"who": "person", "text": "half \ud83d"}]}
    assert open_turn(DATA_KEY, "p", 1, seal_turn(DATA_KEY, "p", 1, turn)) == turn


@given(people, people, numbers, numbers)
def test_a_row_that_was_moved_does_not_open(person: str, other: str, number: int, another: int) -> None:
    state, turn = seal_state(DATA_KEY, person, STATE), seal_turn(DATA_KEY, person, number, TURN)
    if other != person:
        with pytest.raises(CannotBeOpened):
            open_state(DATA_KEY, other, state)
    if (other, another) != (person, number):
        with pytest.raises(CannotBeOpened):
            open_turn(DATA_KEY, other, another, turn)


@given(people, numbers)
def test_a_state_does_not_pass_for_a_turn_nor_a_turn_for_a_state(person: str, number: int) -> None:
    with pytest.raises(CannotBeOpened):
        open_turn(DATA_KEY, person, number, seal_state(DATA_KEY, person, STATE))
    with pytest.raises(CannotBeOpened):
        open_state(DATA_KEY, person, seal_turn(DATA_KEY, person, number, TURN))


@given(st.binary(min_size=32, max_size=32).filter(lambda key: key != DATA_KEY))
def test_another_data_key_opens_nothing(key: bytes) -> None:
    with pytest.raises(CannotBeOpened):
        open_state(key, "p", seal_state(DATA_KEY, "p", STATE))
    with pytest.raises(CannotBeOpened):
        open_turn(key, "p", 1, seal_turn(DATA_KEY, "p", 1, TURN))


@given(st.data())
def test_cut_or_changed_it_does_not_open(data: Any) -> None:
    sealed = bytearray(seal_turn(DATA_KEY, "p", 1, TURN))
    cut = bytes(sealed[: data.draw(st.integers(0, len(sealed) - 1))])
    sealed[data.draw(st.integers(0, len(sealed) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    for broken in (cut, bytes(sealed), bytes(sealed) + b"\0"):
        with pytest.raises(CannotBeOpened):
            open_turn(DATA_KEY, "p", 1, broken)


@pytest.mark.parametrize(
    "content", [b"", b"no zlib", zlib.compress(b"no json"), zlib.compress(b"\xff"), zlib.compress(b"[1]")]
)
def test_what_is_no_conversation_inside_a_good_box_is_said_the_same_way(content: bytes) -> None:
    sealed = encrypt(derive(DATA_KEY), content, joined("ask-first.conversation.v1", "p"))
    with pytest.raises(CannotBeOpened):
        open_state(DATA_KEY, "p", sealed)


def test_the_data_key_itself_opens_nothing_here() -> None:
    assert derive(DATA_KEY) not in (DATA_KEY, derive(OTHER_KEY))
    sealed = encrypt(DATA_KEY, zlib.compress(b"{}"), joined("ask-first.conversation.v1", "p"))
    with pytest.raises(CannotBeOpened):
        open_state(DATA_KEY, "p", sealed)


def _key_by_hand() -> bytes:
    """HKDF-SHA256, RFC 5869, section 2: extract with a salt of zeros, expand by one block."""
    secret = hmac.new(bytes(32), DATA_KEY, hashlib.sha256).digest()
    return hmac.new(secret, b"ask-first.conversation.v1\x01", hashlib.sha256).digest()


def test_the_form_is_what_the_documents_say() -> None:
    state, turn = seal_state(DATA_KEY, "p", STATE), seal_turn(DATA_KEY, "p", 12, TURN)
    of_state = b"\0\0\0\x19ask-first.conversation.v1\0\0\0\x01p"
    of_turn = b"\0\0\0\x1eask-first.conversation-turn.v1\0\0\0\x01p\0\0\0\x0212"
    box = AESGCM(_key_by_hand())
    assert json.loads(zlib.decompress(box.decrypt(state[:12], state[12:], of_state))) == STATE
    assert json.loads(zlib.decompress(box.decrypt(turn[:12], turn[12:], of_turn))) == TURN


def test_nothing_that_was_said_shows_in_a_sealed_row() -> None:
    assert b"1,200" not in seal_turn(DATA_KEY, "p", 1, TURN)
    assert len({seal_turn(DATA_KEY, "p", 1, TURN) for _ in range(100)}) == 100
