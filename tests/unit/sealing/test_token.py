"""What a widget token promises."""

import base64
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sealing import token
from sealing.tagging import tag

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


def test_a_token_has_one_spelling() -> None:
    dashed = next(text for text in iter(lambda: token.issue(KEY), "") if "-" in text and "_" in text)
    for other in (dashed.replace("-", "+"), dashed.replace("_", "/")):
        assert token.conversation_key(KEY, dashed) is not None
        assert token.conversation_key(KEY, other) is None


NOON = 1_800_000_000
ISSUER = "https://shop.example"
SOMEBODY = token.issue_for(KEY, ISSUER, "4711", NOON)


def opened(text: str, now: float = NOON - 1.0, key: bytes = KEY) -> str | None:
    return token.conversation_key(key, text, now)


def test_tokens_of_one_identity_open_one_conversation_on_every_device() -> None:
    later = token.issue_for(KEY, ISSUER, "4711", NOON + 60)
    assert later != SOMEBODY
    assert opened(later) == opened(SOMEBODY) is not None
    assert len(opened(SOMEBODY) or "") == 32


@pytest.mark.parametrize(
    ("issuer", "subject"),
    [
        (ISSUER, "4712"),
        ("https://other.example", "4711"),
        (ISSUER + "4", "711"),
        (ISSUER, " 4711"),
        (ISSUER, "\ud800"),
    ],
    ids=ascii,
)
def test_another_identity_opens_another_conversation(issuer: str, subject: str) -> None:
    assert opened(token.issue_for(KEY, issuer, subject, NOON)) not in (None, opened(SOMEBODY))


def test_an_identity_token_opens_nothing_from_its_end_on() -> None:
    assert opened(SOMEBODY, NOON - 0.001) is not None
    assert opened(SOMEBODY, NOON) is None
    assert opened(SOMEBODY, NOON + 1e9) is None


def test_the_clock_of_the_computer_counts_unless_one_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sealing.token.time.time", lambda: NOON + 0.0)
    assert token.conversation_key(KEY, SOMEBODY) is None
    assert token.conversation_key(KEY, token.issue_for(KEY, ISSUER, "4711", NOON + 1)) is not None


def test_a_token_says_when_it_ends_also_after_its_end() -> None:
    assert token.expiry(KEY, SOMEBODY) == NOON
    assert token.expiry(KEY, token.issue(KEY)) is None
    assert token.expiry(b"j" * 32, SOMEBODY) is None


def test_the_identity_token_reveals_neither_issuer_nor_subject_nor_conversation() -> None:
    raw = base64.urlsafe_b64decode(SOMEBODY)
    assert len(SOMEBODY) == 76
    assert b"4711" not in raw
    assert b"shop" not in raw
    assert bytes.fromhex(opened(SOMEBODY) or "") not in raw


def test_an_identity_token_of_another_key_opens_nothing() -> None:
    assert opened(SOMEBODY, key=b"j" * 32) is None


@given(st.integers(0, 75), st.sampled_from(ALPHABET))
def test_an_identity_token_changed_in_one_character_opens_nothing(place: int, character: str) -> None:
    changed = SOMEBODY[:place] + character + SOMEBODY[place + 1 :]
    assert (opened(changed) is None) == (changed != SOMEBODY)


@given(st.text(ALPHABET, min_size=76, max_size=76))
def test_a_chosen_identity_token_opens_nothing(chosen: str) -> None:
    assert opened(chosen) is None


def test_what_was_issued_before_there_were_identities_still_opens_the_same_conversation() -> None:
    raw = bytes(range(32))
    old = base64.urlsafe_b64encode(raw + tag(KEY, "widget-token", raw)[:16]).decode()
    assert opened(old) == tag(KEY, "widget-conversation", raw)[:16].hex()
