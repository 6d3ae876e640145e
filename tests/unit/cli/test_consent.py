"""What the commands about one person show and do."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from consent_store import ConsentStore, is_certificate
from consent_store.linking import LINK_ITEM, LINK_PURPOSE
from consent_store.signing import Signer
from tests.unit.cli.conftest import SENDER, Askfirst
from tests.unit.consent_store.kit import BALANCE, DEBT, RATE, FakeNotice, Person


def test_decisions_are_shown_in_the_catalogues_words(askfirst: Askfirst, anna: Person) -> None:
    result = askfirst("consent", "show", anna.person_id)
    assert result.exit_code == 0
    assert "what you still owe" in result.stdout
    assert "given" in result.stdout
    assert "the help ends" in result.stdout


def test_what_the_catalogue_does_not_know_is_shown_by_its_key(askfirst: Askfirst, anna: Person) -> None:
    anna.refuse(FakeNotice(item="an_item_of_old"))
    assert "an_item_of_old" in askfirst("consent", "show", anna.person_id).stdout


def test_no_command_shows_a_value_or_words(askfirst: Askfirst, anna: Person) -> None:
    anna.release()
    for command in ("show", "history"):
        for form in ((), ("--json",)):
            output = askfirst("consent", command, "--channel", "rest", "--id", SENDER, *form).output
            assert anna.person_id in output
            assert "1200" not in output
            assert "Allow" not in output
            assert SENDER not in output


def test_show_as_json_has_its_documented_shape(askfirst: Askfirst, anna: Person) -> None:
    anna.release()
    anna.store.record_hand_over(anna.person_id, "rest", DEBT)
    shown = askfirst.json("consent", "show", anna.person_id)
    assert list(shown) == ["person", "decisions", "uses", "hand_overs"]
    (decision,) = shown["decisions"]
    assert list(decision) == ["purpose", "item", "status", "decided_at", "expires_at", "has_value"]
    assert (decision["item"], decision["status"], decision["has_value"]) == (BALANCE, "given", True)
    assert decision["decided_at"].endswith("Z")
    assert list(shown["uses"][0]) == ["at", "program_id", "purpose", "items"]
    assert list(shown["hand_overs"][0]) == ["hand_over_id", "at", "channel", "program_id"]


def test_the_history_tells_what_happened_in_order(askfirst: Askfirst, anna: Person) -> None:
    anna.refuse(FakeNotice(item=RATE))
    anna.store.withdraw(anna.person_id)
    records = askfirst.json("consent", "history", anna.person_id)["records"]
    assert [(one["kind"], one["item"]) for one in records] == [
        ("answered", BALANCE),
        ("answered", RATE),
        ("withdrawn", BALANCE),
    ]
    shown = askfirst("consent", "history", anna.person_id).stdout
    assert shown.index("given") < shown.index("refused") < shown.index("withdrawn")


def test_one_item_is_withdrawn_without_a_question(askfirst: Askfirst, anna: Person) -> None:
    anna.allow_and_tell("19.5", item=RATE)
    withdrawn = askfirst.json("consent", "withdraw", anna.person_id, "--item", RATE)["withdrawn"]
    assert withdrawn == [{"purpose": DEBT, "item": RATE}]
    assert (anna.status(item=RATE), anna.status()) == ("withdrawn", "given")


@pytest.mark.parametrize("scope", [(), ("--all", "--item", RATE), ("--all", "--purpose", DEBT)])
def test_what_to_withdraw_must_be_said_once(askfirst: Askfirst, anna: Person, scope: tuple[str, ...]) -> None:
    assert askfirst("consent", "withdraw", anna.person_id, *scope, "--yes").exit_code == 2
    assert anna.status() == "given"


def test_a_misspelt_item_is_told_and_not_passed_over(askfirst: Askfirst, anna: Person) -> None:
    result = askfirst("consent", "withdraw", anna.person_id, "--item", "debt_balance")
    assert result.exit_code == 2
    assert "no decision" in result.stderr
    assert anna.status() == "given"


DESTRUCTIVE = [("erase",), ("withdraw", "--all")]


@pytest.mark.parametrize("command", DESTRUCTIVE)
def test_without_a_terminal_nothing_is_destroyed_unasked(
    askfirst: Askfirst, anna: Person, command: tuple[str, ...]
) -> None:
    result = askfirst("consent", *command, anna.person_id, typed="y\n")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--yes" in result.stderr
    assert anna.status() == "given"


@pytest.mark.parametrize("command", DESTRUCTIVE)
@pytest.mark.parametrize("answer", ["n\n", "\n", ""])
def test_only_a_yes_goes_on(
    askfirst: Askfirst,
    anna: Person,
    at_a_terminal: Callable[[], None],
    command: tuple[str, ...],
    answer: str,
) -> None:
    at_a_terminal()
    assert askfirst("consent", *command, anna.person_id, typed=answer).exit_code == 2
    assert anna.status() == "given"


def test_a_yes_at_the_terminal_withdraws_everything(
    askfirst: Askfirst, anna: Person, at_a_terminal: Callable[[], None]
) -> None:
    at_a_terminal()
    result = askfirst("consent", "withdraw", anna.person_id, "--all", typed="y\n")
    assert result.exit_code == 0
    assert "?" not in result.stdout
    assert anna.status() == "withdrawn"


def test_an_erased_person_is_gone_and_the_ledger_still_verifies(
    askfirst: Askfirst, anna: Person, store: ConsentStore
) -> None:
    certificate = askfirst.json("consent", "erase", anna.person_id, "--yes")
    assert certificate["verified"] is True
    assert is_certificate(certificate, Signer.from_folder(askfirst.var / "keys").public_key)
    assert anna.person_id not in json.dumps(certificate)
    assert askfirst("consent", "show", anna.person_id).exit_code == 2
    assert store.verify_ledger().ok


def test_the_certificate_is_printed_also_for_people(askfirst: Askfirst, anna: Person) -> None:
    result = askfirst("consent", "erase", anna.person_id, "--yes")
    assert result.exit_code == 0
    sentence, _, certificate = result.stdout.partition("\n")
    assert "nothing is left" in sentence
    assert is_certificate(json.loads(certificate), Signer.from_folder(askfirst.var / "keys").public_key)


def test_nobody_is_erased_when_the_certificate_could_not_be_signed(askfirst: Askfirst, anna: Person) -> None:
    (askfirst.var / "keys" / "ledger.key").unlink()
    assert askfirst("consent", "erase", anna.person_id, "--yes").exit_code == 4
    assert anna.status() == "given"


def test_the_export_is_the_persons_with_values_and_words(askfirst: Askfirst, anna: Person) -> None:
    exported = askfirst.json("consent", "export", "--channel", "rest", "--id", SENDER)
    assert [one["value"] for one in exported["values"]] == ["1200.50"]
    assert "what you still owe" in json.dumps(exported)
    assert SENDER not in json.dumps(exported)


def test_an_export_in_a_file_is_for_its_owner_alone_and_replaces_none(
    askfirst: Askfirst, anna: Person, tmp_path: Path
) -> None:
    path = tmp_path / "export.json"
    first = askfirst("consent", "export", anna.person_id, "--output", str(path))
    assert first.exit_code == 0
    assert "1200.50" not in first.output
    assert "1200.50" in path.read_text(encoding="utf-8")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.write_text("something else", encoding="utf-8")
    assert askfirst("consent", "export", anna.person_id, "--output", str(path)).exit_code == 2
    assert path.read_text(encoding="utf-8") == "something else"


OTHER = "0123456789abcdef" * 2


@pytest.fixture
def allowed_to_link(anna: Person) -> Person:
    """The same person at another place, who was asked there and allowed the linking."""
    other = Person(anna.store, OTHER, "widget")
    other.begin(LINK_PURPOSE)
    assert other.allow(FakeNotice(purpose=LINK_PURPOSE, item=LINK_ITEM)).status == "given"
    return other


def test_two_identities_are_linked_by_a_code(
    askfirst: Askfirst, anna: Person, allowed_to_link: Person
) -> None:
    code = askfirst.json("consent", "merge", anna.person_id, "--start")["code"]
    merged = askfirst.json("consent", "merge", OTHER, "--code", code)
    assert merged["person"] == anna.person_id
    both = askfirst.json("consent", "history", OTHER)["records"]
    assert {one["purpose"] for one in both} >= {DEBT, LINK_PURPOSE}
    assert both == askfirst.json("consent", "history", anna.person_id)["records"]


def test_a_wrong_code_links_nothing(askfirst: Askfirst, anna: Person, allowed_to_link: Person) -> None:
    result = askfirst("consent", "merge", OTHER, "--code", "aaaa-bbbb-cccc")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "unknown code" in result.stderr


def test_nobody_is_linked_who_was_not_asked(askfirst: Askfirst, anna: Person) -> None:
    Person(anna.store, OTHER, "widget").begin()
    code = askfirst.json("consent", "merge", anna.person_id, "--start")["code"]
    result = askfirst("consent", "merge", OTHER, "--code", code)
    assert result.exit_code == 2
    assert "asked" in result.stderr
    assert anna.store.resolve(OTHER) == OTHER


@pytest.mark.parametrize("how", [(), ("--start", "--code", "aaaa-bbbb-cccc")])
def test_a_merge_either_starts_or_finishes(askfirst: Askfirst, anna: Person, how: tuple[str, ...]) -> None:
    assert askfirst("consent", "merge", anna.person_id, *how).exit_code == 2
