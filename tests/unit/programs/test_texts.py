"""What the texts say agrees with what the bank's files say: nobody changes one and forgets the other."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import yaml

from programs.bank.annuity import payoff
from programs.bank.card_post import CardPost

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


def test_first_answers_count_the_days_from_the_order(catalogue):
    finer = catalogue.programs["card_delivery"].finer_needs
    post = CardPost.model_validate(BANK["card_post"])
    home, eea, world = (post.days_to(zone, "standard") for zone in ("home", "eea", "world"))
    in_europe = f"{home.longest} in Ireland, {eea.longest} in the European Economic Area"
    assert f"{in_europe} and {world.longest} elsewhere" in finer["card_not_arrived"].first
    express = post.days_to("home", "express")
    assert express.shortest == express.longest
    said = f"{home.shortest} to {home.longest} business days, or {express.longest} with express delivery"
    assert said in finer["how_long_delivery"].first


def test_the_first_answer_about_a_debt_is_worked_out(catalogue):
    first = catalogue.programs["debt_payoff"].finer_needs["how_soon"].first
    said = [(percent, int(years)) for percent, years in re.findall(r"(\d)%[^.,]*? about (\d) years", first)]
    assert [percent for percent, _ in said] == ["5", "3", "2"]
    for percent, years in said:
        months = payoff(Decimal(10_000), Decimal(20), Decimal(percent) * 100).months
        assert abs(months - 12 * years) <= 2


def test_the_law_s_terms_are_the_same_in_text_and_facts(catalogue):
    sentences = " ".join(catalogue.programs["lost_card"].sentences.values())
    months = {int(found) for found in re.findall(r"(\d+) months", sentences)}
    assert months == {BANK["card_rules"]["claim_within_months"]}


def test_every_phone_number_is_one_of_ours(catalogue):
    known = {_digits(catalogue.controller.phone), _digits(catalogue.controller.card_line)}
    known |= {number.replace("353", "0", 1) for number in known if number.startswith("353")}
    for program in catalogue.programs.values():
        finer = [need.first for need in program.finer_needs.values()]
        texts = [program.general_help, program.first_steps or "", *finer, *program.sentences.values()]
        for number in re.findall(r"\+?\d[\d ]{8,}\d", " ".join(texts)):
            assert _digits(number) in known


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number)


def test_no_text_names_a_real_internet_address_of_the_bank(catalogue):
    assert catalogue.controller.contact.endswith(".example")
    assert ".example/" in catalogue.controller.privacy_page


def test_programs_have_different_names(catalogue):
    """They are the entries of the menu."""
    names = [program.name.casefold() for program in catalogue.programs.values()]
    assert len(set(names)) == len(names)


NO_THING = {"who", "what", "which", "when", "where", "why", "how", "to", "you", "i", "can"}
VERBS = ("tell you", "work out", "name the", "compare the")


def test_what_more_would_bring_fits_its_sentence(catalogue):
    """ "With a little more I could {better}.", "To {better}, I need to know …"."""
    for program in catalogue.programs.values():
        assert program.better.startswith(VERBS) or not program.has_items, program.better


def test_a_need_fits_its_sentence(catalogue):
    """ "You would like help with {need}.": a thing or a doing, and no question or clause."""
    for program in catalogue.programs.values():
        for need in (program.need, *(finer.need for finer in program.finer_needs.values())):
            assert need.split()[0].lower() not in NO_THING, need
