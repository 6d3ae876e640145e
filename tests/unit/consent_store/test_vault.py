"""A sealed value opens with its person's key, in its own place, unchanged; and in no other way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consent_store import KeyMissing, StoreKeys, VaultUnreadable
from consent_store.vault import Vault, seal, unseal, value_place, words_place

KEY = b"k" * 32
PLACE = value_place("person-a", "debt_payoff", "debt_balance_eur", "record-1")


@given(st.text())
def test_what_is_sealed_opens_again(text: str):
    assert unseal(KEY, seal(KEY, text, PLACE), PLACE) == text


@pytest.mark.parametrize(
    "place",
    [
        value_place("person-b", "debt_payoff", "debt_balance_eur", "record-1"),
        value_place("person-a", "card_delivery", "debt_balance_eur", "record-1"),
        value_place("person-a", "debt_payoff", "monthly_payment_eur", "record-1"),
        value_place("person-a", "debt_payoff", "debt_balance_eur", "record-2"),
        words_place("person-a", "record-1"),
    ],
)
def test_a_value_does_not_open_in_another_place(place: bytes):
    with pytest.raises(VaultUnreadable):
        unseal(KEY, seal(KEY, "1200.50", PLACE), place)


@given(st.integers(0, 34), st.integers(0, 7))
def test_one_changed_bit_and_it_stays_shut(at: int, bit: int):
    sealed = bytearray(seal(KEY, "1200.50", PLACE))
    sealed[at] ^= 1 << bit
    with pytest.raises(VaultUnreadable):
        unseal(KEY, bytes(sealed), PLACE)


def test_the_same_value_never_looks_the_same():
    assert len({seal(KEY, "1200.50", PLACE) for _ in range(100)}) == 100


def test_every_person_has_a_key_of_their_own_which_is_wrapped_for_them_alone():
    vault = Vault(StoreKeys(b"m" * 32))
    name, wrapped = vault.new_person_key("person-a")
    other_name, other = vault.new_person_key("person-b")
    assert vault.person_key("person-a", name, wrapped) != vault.person_key("person-b", other_name, other)
    with pytest.raises(VaultUnreadable):
        vault.person_key("person-b", name, wrapped)


def test_another_master_key_opens_nothing_and_an_earlier_one_still_does():
    name, wrapped = Vault(StoreKeys(b"m" * 32)).new_person_key("person-a")
    with pytest.raises(VaultUnreadable, match="unknown_master_key"):
        Vault(StoreKeys(b"n" * 32)).person_key("person-a", name, wrapped)
    rotating = StoreKeys(b"n" * 32, earlier={name: b"m" * 32})
    assert len(Vault(rotating).person_key("person-a", name, wrapped)) == 32


def test_a_key_wrapped_anew_is_the_same_data_key_for_the_same_person_alone():
    name, wrapped = Vault(StoreKeys(b"m" * 32)).new_person_key("person-a")
    rotating = Vault(StoreKeys(b"n" * 32, earlier={name: b"m" * 32}))
    new_name, again = rotating.rewrap("person-a", name, wrapped)
    after = Vault(StoreKeys(b"n" * 32))
    assert new_name == after.master_id != name
    assert after.person_key("person-a", new_name, again) == rotating.person_key("person-a", name, wrapped)
    with pytest.raises(VaultUnreadable):
        after.person_key("person-b", new_name, again)
    with pytest.raises(VaultUnreadable):
        rotating.rewrap("person-b", name, wrapped)


def test_a_wrapping_does_not_pass_for_that_of_another_master_key():
    _name, wrapped = Vault(StoreKeys(b"m" * 32)).new_person_key("person-a")
    renamed = StoreKeys(b"n" * 32, earlier={"renamed": b"m" * 32})
    with pytest.raises(VaultUnreadable, match="cannot_be_opened"):
        Vault(renamed).person_key("person-a", "renamed", wrapped)


def test_a_running_vault_learns_of_a_rotation_from_its_source():
    before, after = StoreKeys(b"m" * 32), StoreKeys(b"n" * 32)
    after = StoreKeys(b"n" * 32, earlier={before.master_id: before.master}, source=lambda: after)
    running = Vault(StoreKeys(b"m" * 32, source=lambda: after))
    name, wrapped = Vault(after).new_person_key("person-a")
    assert len(running.person_key("person-a", name, wrapped)) == 32
    running = Vault(StoreKeys(b"m" * 32, source=lambda: after))
    assert running.new_person_key("person-b")[0] == after.master_id


def test_a_source_that_fails_leaves_the_keys_at_hand():
    def gone() -> StoreKeys:
        raise KeyMissing("gone")

    running = Vault(StoreKeys(b"m" * 32, source=gone))
    name, wrapped = running.new_person_key("person-a")
    assert len(running.person_key("person-a", name, wrapped)) == 32
