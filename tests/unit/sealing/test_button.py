"""What a sealed button promises."""

from hypothesis import given
from hypothesis import strategies as st

from sealing.button import SEAL_LENGTH, seal, unseal

KEY = b"k" * 32
ANY_TEXT = st.text(st.characters())
PAYLOAD = '/allow{"r":"7f3k9q"}'


@given(ANY_TEXT, ANY_TEXT)
def test_a_button_that_we_offered_comes_back_as_its_payload(conversation: str, payload: str) -> None:
    assert unseal(KEY, conversation, seal(KEY, conversation, payload)) == payload


def test_a_seal_is_a_tilde_and_eleven_characters() -> None:
    sealed = seal(KEY, "c", PAYLOAD)
    assert sealed.startswith(PAYLOAD + "~")
    assert len(sealed) == len(PAYLOAD) + 1 + SEAL_LENGTH == len(PAYLOAD) + 12


@given(ANY_TEXT)
def test_what_we_did_not_seal_is_nothing(text: str) -> None:
    assert unseal(KEY, "c", text) is None


def test_a_button_of_another_conversation_is_nothing() -> None:
    assert unseal(KEY, "mine", seal(KEY, "theirs", PAYLOAD)) is None


def test_a_button_sealed_with_another_key_is_nothing() -> None:
    assert unseal(KEY, "c", seal(b"j" * 32, "c", PAYLOAD)) is None


def test_a_changed_payload_is_nothing() -> None:
    assert unseal(KEY, "c", seal(KEY, "c", PAYLOAD).replace("7f3k9q", "other1")) is None


def test_another_separator_is_nothing() -> None:
    assert unseal(KEY, "c", seal(KEY, "c", PAYLOAD).replace("~", "|")) is None


def test_conversation_and_payload_cannot_trade_characters() -> None:
    sealed = seal(KEY, "ab", "c")
    assert unseal(KEY, "a", "b" + sealed) is None


def test_a_sealed_seal_comes_off_one_layer_at_a_time() -> None:
    once = seal(KEY, "c", PAYLOAD)
    assert unseal(KEY, "c", seal(KEY, "c", once)) == once
