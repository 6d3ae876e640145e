"""What a widget token promises."""

import string

from hypothesis import given
from hypothesis import strategies as st

from sealing import token

KEY = b"k" * 32
ALPHABET = string.ascii_letters + string.digits + "-_"


def test_an_issued_token_opens_one_conversation() -> None:
    issued = token.issue(KEY)
    conversation = token.conversation_key(KEY, issued)
    assert conversation is not None
    assert conversation == token.conversation_key(KEY, issued)
    assert len(conversation) == 32


def test_every_token_is_new_and_opens_a_conversation_of_its_own() -> None:
    issued = {token.issue(KEY) for _ in range(100)}
    assert len({token.conversation_key(KEY, each) for each in issued}) == 100


def test_the_conversation_does_not_reveal_the_token() -> None:
    issued = token.issue(KEY)
    assert (token.conversation_key(KEY, issued) or "") not in issued


def test_a_token_of_another_key_opens_nothing() -> None:
    assert token.conversation_key(KEY, token.issue(b"j" * 32)) is None


@given(st.integers(0, 63), st.sampled_from(ALPHABET))
def test_a_token_changed_in_one_character_opens_nothing(place: int, character: str) -> None:
    issued = token.issue(KEY)
    changed = issued[:place] + character + issued[place + 1 :]
    assert (token.conversation_key(KEY, changed) is None) == (changed != issued)


@given(st.text(st.characters()) | st.text(ALPHABET, min_size=64, max_size=64))
def test_a_chosen_token_opens_nothing_and_raises_nothing(chosen: str) -> None:
    assert token.conversation_key(KEY, chosen) is None


def test_a_token_with_something_behind_it_opens_nothing() -> None:
    assert token.conversation_key(KEY, token.issue(KEY) + "=") is None
