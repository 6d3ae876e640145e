"""Whom a command is about, and that a channel's id stays where it was typed."""

from __future__ import annotations

import pytest

from cli.persons import Naming
from consent_store import ConsentStore
from sealing import token
from sealing.keys import read_key
from sealing.person import pseudonym
from tests.unit.cli.conftest import SENDER, Askfirst
from tests.unit.consent_store.kit import Person


def test_a_person_is_found_by_their_whole_id(askfirst: Askfirst, anna: Person) -> None:
    assert askfirst.json("consent", "show", anna.person_id)["person"] == anna.person_id


def test_a_person_is_found_by_eight_characters_of_it(askfirst: Askfirst, anna: Person) -> None:
    assert askfirst.json("consent", "show", anna.person_id[:8])["person"] == anna.person_id


def test_seven_characters_are_too_few(askfirst: Askfirst, anna: Person) -> None:
    assert askfirst("consent", "show", anna.person_id[:7]).exit_code == 2


def test_a_person_is_found_by_their_sender_in_rest(askfirst: Askfirst, anna: Person) -> None:
    found = askfirst.json("consent", "show", "--channel", "rest", "--id", SENDER)
    assert found["person"] == anna.person_id


@pytest.mark.parametrize("ending", ["", "\n", "\r\n"])
def test_a_channels_id_can_be_read_from_standard_input(askfirst: Askfirst, anna: Person, ending: str) -> None:
    by_line = askfirst.json("consent", "show", "--channel", "rest", "--id", "-", typed=SENDER + ending)
    assert by_line["person"] == anna.person_id


@pytest.mark.parametrize("typed", ["", "\n", f"{SENDER}\nsomebody else\n"])
def test_standard_input_holds_exactly_one_id(askfirst: Askfirst, anna: Person, typed: str) -> None:
    result = askfirst("consent", "show", "--channel", "rest", "--id", "-", typed=typed)
    assert (result.exit_code, result.stdout) == (2, "")


def test_a_person_is_found_by_their_widget_token(askfirst: Askfirst, store: ConsentStore) -> None:
    keys = askfirst.var / "keys"
    key = read_key(keys / "widget_token.key")
    issued = token.issue(key)
    person_id = pseudonym(read_key(keys / "person.key"), "person", str(token.conversation_key(key, issued)))
    Person(store, person_id).begin()
    result = askfirst("consent", "show", "--channel", "widget", "--id", issued, "--json")
    assert result.exit_code == 0
    assert person_id in result.stdout
    assert issued not in result.output


def test_a_token_that_was_not_issued_here_is_refused(askfirst: Askfirst, anna: Person) -> None:
    result = askfirst("consent", "show", "--channel", "widget", "--id", "A" * 64)
    assert result.exit_code == 2
    assert "not issued" in result.stderr


def test_an_ambiguous_id_is_refused_with_how_many_and_not_which(
    askfirst: Askfirst, store: ConsentStore
) -> None:
    both = ["abcdef01" + "1" * 24, "abcdef01" + "2" * 24]
    for person_id in both:
        Person(store, person_id).begin()
    result = askfirst("consent", "erase", "abcdef01", "--yes")
    assert result.exit_code == 2
    assert "2 persons" in result.stderr
    assert not any(person_id in result.output for person_id in both)
    assert all(store.find_person(person_id).count == 1 for person_id in both)


def test_an_unknown_person_is_nobody(askfirst: Askfirst, anna: Person) -> None:
    result = askfirst("consent", "show", "0" * 32)
    assert result.exit_code == 2
    assert "knows nobody" in result.stderr


WRONG_NAMINGS = [
    (),
    ("--channel", "rest"),
    ("--id", SENDER),
    ("0" * 32, "--id", SENDER),
    ("0" * 32, "--channel", "rest"),
    ("0" * 32, "--channel", "rest", "--id", SENDER),
    (SENDER,),
    (SENDER, "and more"),
    ("--channel", "rest", "--id", "not " + SENDER),
]


@pytest.mark.parametrize("naming", WRONG_NAMINGS)
def test_a_wrong_naming_is_refused_and_never_repeated(
    askfirst: Askfirst, anna: Person, naming: tuple[str, ...]
) -> None:
    result = askfirst("consent", "show", *naming)
    assert (result.exit_code, result.stdout) == (2, "")
    assert SENDER not in result.output
    assert "and more" not in result.output


@pytest.mark.parametrize("half", [("--channel", "rest"), ("--id", SENDER)])
def test_half_a_channel_beside_a_known_person_is_refused(
    askfirst: Askfirst, anna: Person, half: tuple[str, ...]
) -> None:
    result = askfirst("consent", "show", anna.person_id, *half)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Name one person" in result.stderr


def test_the_naming_never_shows_itself() -> None:
    assert SENDER not in repr(Naming("", "rest", SENDER))
