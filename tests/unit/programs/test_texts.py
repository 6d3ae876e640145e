"""What the texts say agrees with what the bank's files say: nobody changes one and forgets the other."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

PROGRAMS = Path(__file__).parents[3] / "programs"
BANK = yaml.safe_load((PROGRAMS / "bank.yml").read_text())


def test_general_help_names_the_delivery_times_of_the_bank(catalogue):
    text = catalogue.programs["card_delivery"].general_help
    for speed, zones in BANK["card_post"]["transit_business_days"].items():
        line = next(line for line in text.splitlines() if speed.capitalize() in line)
        for days in zones.values():
            span = (
                f"{days['shortest']} to {days['longest']}"
                if days["shortest"] < days["longest"]
                else str(days["longest"])
            )
            assert span in line
    assert BANK["card_post"]["order_cut_off"] in text


def test_the_law_s_terms_are_the_same_in_text_and_facts(catalogue):
    sentences = " ".join(catalogue.programs["lost_card"].sentences.values())
    months = {int(found) for found in re.findall(r"(\d+) months", sentences)}
    assert months == {BANK["card_rules"]["claim_within_months"]}


def test_every_phone_number_is_one_of_ours(catalogue):
    known = {_digits(catalogue.controller.phone), _digits(catalogue.controller.card_line)}
    known |= {number.replace("353", "0", 1) for number in known if number.startswith("353")}
    for program in catalogue.programs.values():
        texts = [program.general_help, program.first_steps or "", *program.sentences.values()]
        for number in re.findall(r"\+?\d[\d ]{8,}\d", " ".join(texts)):
            assert _digits(number) in known


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number)


def test_no_text_names_a_real_internet_address_of_the_bank(catalogue):
    assert catalogue.controller.contact.endswith(".example")
    assert ".example/" in catalogue.controller.privacy_page
