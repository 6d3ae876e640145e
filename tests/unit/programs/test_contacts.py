"""Phone numbers and hours stand once, in controller.yml, and every text says them from there."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from programs import CatalogueInvalid, load_catalogue, read_controller

ROOT = Path(__file__).parents[3]
PEOPLE_READ = [
    *(ROOT / "programs").rglob("*.yml"),
    *(ROOT / "data/responses").rglob("*.yml"),
    *(ROOT / "portal/site").glob("*.html"),
    *(ROOT / "widget/texts").rglob("*"),
]
EXAMPLES = {"cases.yml", "conversation.yml"}
"""They hold what is said in the end, to be compared."""
A_NUMBER = re.compile(r"\+?\d[\d\s]*(?:&nbsp;)?911(?:\s|&nbsp;)?01\d\d")


def test_no_other_file_that_people_read_has_a_number():
    having = [path for path in PEOPLE_READ if path.is_file() and A_NUMBER.search(path.read_text("utf-8"))]
    assert {path.name for path in having} - EXAMPLES == {"controller.yml"}


def test_other_numbers_and_hours_are_said_in_every_text(copy):
    new = {
        "phone": "+49 30 111",
        "card_line": "+49 30 222",
        "card_line_hours": "from dawn to dusk",
        "phone_hours": "at noon",
        "home_prefix": "0",
        "time_zone_name": "Berlin time",
    }
    copy.edit("controller.yml", lambda c: c.update(new))
    catalogue = load_catalogue(copy.root)
    said = str([program.model_dump() for program in catalogue.programs.values()])
    assert "911" not in said
    assert "Irish time" not in said
    lost = catalogue.programs["lost_card"]
    assert "Or call +49 30 222, from dawn to dusk." in (lost.first_steps or "")
    assert lost.sentences["call_at_home"] == "Call 030 222, from dawn to dusk."
    assert "+49 30 222" in lost.finer_needs["phone_lost"].first
    assert "Orders after 15:00 Berlin time" in catalogue.programs["card_delivery"].general_help
    assert "call +49 30 111" in catalogue.programs["card_delivery"].general_help


def test_a_field_that_nobody_fills_is_a_fault(copy):
    copy.edit("lost_card/program.yml", lambda p: p.update(general_help="Call {fax}."))
    copy.edit("lost_card/program.yml", lambda p: p["finer_needs"]["card_lost"].update(first="Call {fax}."))
    fields = "phone, phone_hours, card_line, card_line_hours, card_line_at_home, time_zone_name"
    assert copy.said() == [
        f"lost_card/program.yml: general_help: only these fields are filled here: {fields}",
        f"lost_card/program.yml: finer_needs.card_lost.first: only these fields are filled here: {fields}",
    ]


def test_without_a_controller_only_its_own_faults_are_named(copy):
    (copy.root / "controller.yml").unlink()
    assert copy.said() == ["controller.yml: file is missing"]


def test_a_number_that_cannot_be_dialled_from_anywhere_is_refused(copy):
    copy.edit("controller.yml", lambda c: c.update(card_line="020 911 0199"))
    assert [fault.field for fault in copy.faults()] == ["card_line"]


def test_a_time_zone_that_does_not_exist_is_refused(copy):
    copy.edit("controller.yml", lambda c: c.update(time_zone="Ireland/Dublin"))
    (said,) = copy.said()
    assert said.startswith("controller.yml: time_zone: no such time zone")


def test_a_day_begins_where_the_controller_is():
    zone = read_controller().zone
    assert (
        datetime(2026, 5, 5, 23, 30, tzinfo=UTC).astimezone(zone).isoformat() == "2026-05-06T00:30:00+01:00"
    )
    assert datetime(2026, 12, 5, 23, 30, tzinfo=UTC).astimezone(zone).date().day == 5


def test_who_is_responsible_is_known_though_a_program_is_broken(copy):
    copy.write("lost_card/program.yml", "id: [")
    copy.write("items.yml", "{")
    assert read_controller(copy.root).id == "harbour_bank"
    (copy.root / "controller.yml").unlink()
    with pytest.raises(CatalogueInvalid):
        read_controller(copy.root)
