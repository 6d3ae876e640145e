"""The page about the command line tells of every command, and shows the JSON as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer.main

from cli import errors
from cli.app import app
from tests.unit.cli.conftest import Askfirst
from tests.unit.consent_store.kit import BALANCE, DEBT, Person

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "command_line.md").read_text(encoding="utf-8")


def commands() -> set[str]:
    """All commands as they are typed, "consent show"."""
    groups = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    return {f"{group} {name}" for group, commands in groups.items() for name in commands.commands}


def documents() -> dict[str, str]:
    """What the page says of the JSON document of each command."""
    table = PAGE.partition("| command | document |")[2]
    return dict(re.findall(r"^\| `([^`]+)` \| (.+) \|$", table, flags=re.MULTILINE))


def test_the_page_tells_of_every_command_and_of_no_other() -> None:
    told = {
        " ".join(line.split()[:2])
        for line in re.findall(r"^\| `([a-z]+ [a-z]+[^`]*)` \|", PAGE, re.MULTILINE)
    }
    assert told == commands()
    assert set(documents()) == commands()


def test_the_page_tells_of_every_exit_code() -> None:
    codes = {value for name, value in vars(errors).items() if name.isupper() and isinstance(value, int)}
    told = {int(code) for code in re.findall(r"^\| (\d+) \|", PAGE, flags=re.MULTILINE)}
    assert told == codes | {0, 130}


def fields(document: Any) -> Iterator[str]:
    """The names of the fields, and below them those of what is listed."""
    for name, value in document.items():
        yield name
        if isinstance(value, list) and value and isinstance(value[0], dict):
            yield from fields(value[0])


def test_the_documents_have_the_fields_that_the_page_names(askfirst: Askfirst, anna: Person) -> None:
    anna.release()
    anna.store.record_hand_over(anna.person_id, "rest", DEBT)
    typed = {
        "consent show": (anna.person_id,),
        "consent history": (anna.person_id,),
        "consent withdraw": (anna.person_id, "--item", BALANCE),
        "ledger verify": (),
        "ledger checkpoint": (),
        "store stats": (),
        "store sweep": (),
        "store migrate": (),
        "keys rotate": (),
        "keys public": (),
    }
    for command, arguments in typed.items():
        found = list(fields(askfirst.json(*command.split(), *arguments)))
        told = re.findall(r"`([a-z_]+)`", documents()[command])
        faults_are_none = command == "ledger verify"
        assert found == [name for name in told if not (faults_are_none and name in ("place", "reason"))]
