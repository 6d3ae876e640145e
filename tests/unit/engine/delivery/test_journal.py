"""What is on its way is there after a kill, once, sealed, and gone with its person."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from engine.conversations.database import DatabaseAway
from engine.conversations.kept import Kept, system_clock
from engine.delivery.journal import Answered, Journal, Noted, Taken
from tests.unit.engine.conversations.conftest import consent_store
from tests.unit.engine.delivery.conftest import rows

ME, OTHER = "a" * 32, "b" * 32
ERASE = (
    "import sys; from datetime import UTC, datetime; from pathlib import Path;"
    "from consent_store import StoreKeys, open_store;"
    "keys = StoreKeys.from_folder(Path(sys.argv[2]));"
    "store = open_store(sys.argv[1], keys=keys, clock=lambda: datetime.now(UTC));"
    "print(store.erase(sys.argv[3]).verified)"
)
Open = Callable[..., Journal]


def event(key: str = "e1", person: str = ME, app: str = "telegram", **content: str) -> Taken:
    return Taken(person, key, {"app": app, **content})


def answered(journal: Journal, number: int | None, *letters: str, person: str = ME) -> list[int]:
    """As a turn ends: conversation, letters and thread in one transaction."""
    kept = Kept(journal._database, journal._keyring)
    numbers: list[int] = []
    done = Answered(person, number, [{"app": "telegram", "text": one} for one in letters], {"shown": "x"})
    kept.keep(person, None, {}, [], lambda *args: numbers.extend(journal.answer(done, *args)))
    return numbers


def left(journal: Journal, app: str = "telegram") -> list[tuple[str, dict]]:
    return [(one.direction, dict(one.content)) for one in journal.left_over(app)]


def test_an_event_is_taken_once_also_by_the_next_process(journal_of: Open) -> None:
    first = journal_of().take([event(text="hello"), event("e2")])
    assert [note.new for note in first] == [True, True]
    assert journal_of().take([event(text="hello"), event("e3")])[0] == Noted(new=False)
    assert [content.get("text") for _, content in left(journal_of())] == ["hello", None, None]


def test_the_same_event_twice_in_one_batch_is_taken_once(journal_of: Open) -> None:
    assert [note.new for note in journal_of().take([event(), event()])] == [True, False]


def test_what_was_answered_is_not_left_over_but_its_letters_are(journal_of: Open) -> None:
    journal = journal_of()
    (note,) = journal.take([event(text="hello")])
    one, two = answered(journal, note.number, "first", "second")
    assert [content["text"] for _, content in left(journal_of())] == ["first", "second"]
    journal.leave(ME, [one])
    assert left(journal_of()) == [("out", {"app": "telegram", "text": "second"})]
    journal.leave(ME, [two], {"shown": "y"})
    assert left(journal_of()) == []
    assert journal_of().thread(ME) == {"shown": "y"}


def test_a_turn_that_could_not_be_kept_leaves_the_message(journal_of: Open) -> None:
    journal = journal_of()
    (note,) = journal.take([event(text="hello")])
    kept = Kept(journal._database, journal._keyring)

    def dies(*args: object) -> None:
        journal.answer(Answered(ME, note.number, [{"app": "telegram"}], {}), *args)  # type: ignore[arg-type]
        raise RuntimeError("killed")

    with pytest.raises(RuntimeError):
        kept.keep(ME, None, {}, [], dies)
    assert left(journal_of()) == [("in", {"app": "telegram", "text": "hello"})]
    assert journal_of().thread(ME) is None


def test_each_start_is_counted(journal_of: Open) -> None:
    journal_of().take([event()])
    assert [journal_of().left_over("telegram")[0].attempts for _ in range(3)] == [0, 1, 2]


def test_another_apps_messages_are_left_to_it(journal_of: Open) -> None:
    journal_of().take([event(app="sms"), event("e2")])
    assert len(left(journal_of())) == 1
    assert [one.attempts for one in journal_of().left_over("sms")] == [0]


def test_nothing_that_was_said_lies_in_plain(journal_of: Open, database: Path) -> None:
    journal = journal_of()
    (note,) = journal.take([event(text="I owe 1,234.56 to Ada")])
    answered(journal, note.number, "You owe 1,234.56")
    held = b"".join(path.read_bytes() for path in database.parent.glob("consent.db*"))
    assert b"1,234" not in held
    assert b"Ada" not in held
    assert b"telegram" not in held


def test_where_nothing_is_kept_only_the_fact_is_noted(journal_of: Open, database: Path) -> None:
    journal = journal_of(keeps=False)
    assert journal.take([event(text="hello")]) == [Noted(new=True)]
    assert journal.take([event(text="hello")]) == [Noted(new=False)]
    assert rows(database, "SELECT * FROM message_waiting") == []
    assert rows(database, "SELECT * FROM person_key") == []


def test_what_was_said_in_a_group_makes_nobody_known(journal_of: Open, database: Path) -> None:
    assert journal_of().take([Taken(ME, "e1", None)]) == [Noted(new=True)]
    assert rows(database, "SELECT * FROM person_key") == []


def test_forget_me_takes_all_of_it(journal_of: Open, database: Path) -> None:
    journal = journal_of()
    notes = journal.take([event(text="hello"), event("e2", OTHER)])
    answered(journal, notes[0].number, "hi")
    url, keys = f"sqlite:///{database}", str(database.parent / "keys")
    (database.parent / "keys" / "ledger.key").write_bytes(
        (database.parent / "keys" / "master.key").read_bytes()
    )
    assert consent_store(ERASE, url, keys, ME).strip() == "True"
    assert {row[0] for row in rows(database, "SELECT person_id FROM message_waiting")} == {OTHER}
    assert rows(database, "SELECT * FROM message_thread") == []
    journal.leave(ME, [1], {"shown": "late"})
    assert rows(database, "SELECT * FROM message_thread") == []
    assert journal.take([event(text="hello")]) == [Noted(new=False)], (
        "what was seen stays seen: it names nobody"
    )


def test_a_row_of_another_person_does_not_open(journal_of: Open, database: Path) -> None:
    journal = journal_of()
    journal.take([event(text="mine"), event("e2", OTHER, text="theirs")])
    rows(database, "UPDATE message_waiting SET person_id = ? WHERE number = 1", OTHER)
    assert [content["text"] for _, content in left(journal_of())] == ["theirs"]


def test_a_database_that_is_away_is_said_so(journal_of: Open, database: Path) -> None:
    journal = journal_of()
    database.unlink()
    with pytest.raises(DatabaseAway):
        journal.take([event()])


def test_instants_are_those_of_the_clock(journal_of: Open, database: Path) -> None:
    at = system_clock().replace(year=2031)
    journal_of(clock=lambda: at).take([event()])
    assert rows(database, "SELECT noted_at FROM message_waiting")[0][0].startswith("2031-")
