"""What the commands about one person show and do."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from consent_store import ConsentStore
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
    erased = askfirst.json("consent", "erase", anna.person_id, "--yes")
    assert erased["verified"] is True
    assert askfirst("consent", "show", anna.person_id).exit_code == 2
    assert store.verify_ledger().ok
