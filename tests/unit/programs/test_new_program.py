"""A developer adds a help program with one folder; nothing in this package has to be told about it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import programs
from programs import help_for, load_catalogue, notice_for

PACKAGE = Path(programs.__file__).parent


def test_a_new_program_needs_one_folder_and_nothing_else_here(copy):
    copy.write(
        "save_up/program.yml",
        """
id: save_up
name: Save up
help_type: complete_purchase
need: saving up for something
purpose: work out how many months of saving you need
remember_purpose: have it ready the next time you ask about saving
better: tell you how long it takes
general_help: Put a little aside on the day your pay comes.
items:
  - item: monthly_payment_eur
    adds: how much a year brings
sentences:
  year: "In a year you have {sum:money}."
  start: Start with any sum.
""",
    )
    copy.write(
        "save_up/help.py",
        """
from decimal import Decimal

from programs.tailoring import Help, Sentence


def save_up(*, monthly_payment_eur: Decimal | None) -> Help:
    if monthly_payment_eur is None:
        return Help((Sentence("start"),))
    return Help((Sentence("year", {"sum": monthly_payment_eur * 12}),))
""",
    )
    assert copy.said() == []
    catalogue = load_catalogue(copy.root)
    help_ = help_for(
        catalogue.programs["save_up"], {"monthly_payment_eur": Decimal(50)}, today=date(2026, 5, 6)
    )
    assert help_.text == "In a year you have €600."
    assert "months of saving" in notice_for(catalogue, "save_up", "monthly_payment_eur").text


def test_a_program_may_bring_facts_of_its_own(copy):
    """Facts that only one program needs may stand in its own folder."""
    copy.edit("bank.yml", lambda bank: bank.pop("card_rules"))
    assert copy.said() != []
    original = (PACKAGE / "bank.yml").read_text()
    copy.write("lost_card/bank.yml", original[original.index("card_rules:") :])
    assert copy.said() == []
