"""Mistakes that real systems made when they erased, one test each, named after the mistake."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import pytest

from consent_store import ConsentStore
from consent_store.sql.tables import metadata
from tests.contract import raw
from tests.unit.consent_store.kit import RATE, FakeNotice, Person

WORDS = ("yes, you may", "no, thanks", "Allow", "yes", "no", "given", "refused", "1200.50")


@pytest.fixture
def known(person: Person) -> Person:
    """Someone who said yes and no, and told a value."""
    person.allow_and_tell()
    person.refuse(FakeNotice(item=RATE))
    return person


@pytest.mark.parametrize("table", ["personal_data", "person_key", "event_detail", "consent_state"])
def test_mistake_erasure_is_reported_done_although_nothing_ran(
    database_url: str, store: ConsentStore, known: Person, table: str
):
    """The database says that it deleted, and did not: reading again finds out."""
    with_rule = f"CREATE TRIGGER kept BEFORE DELETE ON {table} BEGIN SELECT RAISE(IGNORE); END"
    if not database_url.startswith("sqlite"):
        with_rule = f"CREATE RULE kept AS ON DELETE TO {table} DO INSTEAD NOTHING"
    raw.change(database_url, with_rule)
    assert not store.erase("person-a").verified
    off = "DROP TRIGGER kept" if database_url.startswith("sqlite") else f"DROP RULE kept ON {table}"
    raw.change(database_url, off)
    assert store.erase("person-a").verified
    assert raw.rows(database_url, f"SELECT * FROM {table} WHERE person_id = 'person-a'") == []


def test_mistake_an_unsalted_hash_of_yes_or_no_is_left_behind(
    database_url: str, store: ConsentStore, known: Person
):
    """Whoever guesses every word and every record finds no hash of it in what is left."""
    bodies = raw.rows(database_url, "SELECT body FROM event_detail")
    shown = raw.rows(database_url, "SELECT rendered_text FROM permission_request")
    guesses = [*WORDS, *(row["body"] for row in bodies)]
    assert hashed([row["rendered_text"] for row in shown]) & everything(database_url)
    assert store.erase("person-a").verified
    left = everything(database_url)
    assert not hashed(guesses) & left
    assert not {f"person-a {guess}".encode() for guess in guesses} & left
    names = {"person-a", hashlib.sha256(b"person-a").hexdigest()}
    assert not [one for one in left for name in names if name.encode() in one]


def hashed(guesses: list[str]) -> set[bytes]:
    """Every guess under the usual hashes without a salt, raw and as hex."""
    found = set()
    for guess in guesses:
        for name in ("md5", "sha1", "sha256", "sha512"):
            digest = hashlib.new(name, guess.encode())
            found |= {digest.digest(), digest.hexdigest().encode()}
    return found


def everything(database_url: str) -> set[bytes]:
    """Every value in every column of every table."""
    return set(_values(database_url))


def _values(database_url: str) -> Iterator[bytes]:
    for table in metadata.tables:
        for row in raw.rows(database_url, f"SELECT * FROM {table}"):
            for value in row.values():
                yield value if isinstance(value, bytes) else str(value).encode()
