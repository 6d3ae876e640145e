"""The loader refuses what must not be offered, and names every fault of every file at once."""

from __future__ import annotations

import shutil
from datetime import date

import pytest

from programs import CatalogueInvalid, NoItems, help_for, load_catalogue


def test_the_catalogue_as_it_is_has_no_fault():
    load_catalogue()


def test_the_copy_to_be_broken_has_no_fault(copy):
    assert copy.said() == []


def test_every_program_of_the_folder_is_there(catalogue):
    assert set(catalogue.programs) >= {"card_delivery", "debt_payoff", "lost_card"}


def test_a_fourth_item_is_refused(copy):
    extra = {"item": "delivery_country", "adds": "something"}
    copy.edit("debt_payoff/program.yml", lambda p: p["items"].append(extra))
    assert any("at most 3 items, here are 4" in fault for fault in copy.said())


def test_an_item_that_is_listed_twice_is_refused(copy):
    copy.edit("lost_card/program.yml", lambda p: p["items"].append(p["items"][0]))
    assert any("an item is listed twice" in fault for fault in copy.said())


@pytest.mark.parametrize("key", ["source", "sources", "fallback", "from_profile", "compute"])
def test_another_source_than_asking_here_cannot_be_written_down(copy, key):
    copy.edit("debt_payoff/program.yml", lambda p: p["items"][0].update({key: "customer_profile"}))
    copy.edit("card_delivery/items.yml", lambda items: items["delivery_country"].update({key: "ip_address"}))
    copy.edit("lost_card/program.yml", lambda p: p.update({key: "ledger"}))
    assert copy.said() == [
        f"card_delivery/items.yml: delivery_country.{key}: this key does not exist here",
        f"debt_payoff/program.yml: items.0.{key}: this key does not exist here",
        f"lost_card/program.yml: {key}: this key does not exist here",
    ]


def test_all_faults_of_all_files_are_named_at_once(copy):
    copy.edit("controller.yml", lambda c: c.pop("address"))
    copy.edit(
        "debt_payoff/items.yml",
        lambda items: items["debt_balance_eur"].update(minimum=5, maximum=1, unit=None),
    )
    copy.edit("card_delivery/items.yml", lambda items: items["delivery_speed"].update(why="Trust us."))
    copy.edit("notices/en.yml", lambda n: n.update(withdraw="You would miss out if you take it back"))
    copy.edit("debt_payoff/program.yml", lambda p: p.update(purpose="improve your experience with us"))
    copy.edit("card_delivery/program.yml", lambda p: p["sentences"].update(takes="{what:colour}"))
    copy.write("lost_card/program.yml", "id: [")
    copy.write("lost_card/help.py", "def")
    assert {(fault.file, fault.field) for fault in copy.faults()} >= {
        ("controller.yml", "address"),
        ("debt_payoff/items.yml", "debt_balance_eur"),
        ("card_delivery/items.yml", "delivery_speed.why"),
        ("notices/en.yml", "withdraw"),
        ("debt_payoff/program.yml", "purpose"),
        ("card_delivery/program.yml", "sentences.takes"),
        ("lost_card/program.yml", ""),
    }


def test_an_item_that_nobody_knows_is_refused(copy):
    copy.edit("debt_payoff/program.yml", lambda p: p["items"][0].update(item="shoe_size_eur"))
    assert "debt_payoff/program.yml: items.0.item: no such item: shoe_size_eur" in copy.said()


def test_the_help_function_takes_the_items_and_nothing_else(copy):
    copy.edit("debt_payoff/program.yml", lambda p: p["items"].pop())
    assert copy.said() == [
        "debt_payoff/help.py: monthly_payment_eur: parameter is none of the program's items",
    ]


def test_an_item_that_the_help_does_not_use_is_not_asked_for(copy):
    extra = {"item": "delivery_country", "adds": "something"}
    copy.edit("lost_card/program.yml", lambda p: p["items"].append(extra))
    assert copy.said() == [
        "lost_card/help.py: delivery_country: item is asked for, but the help function does not take it",
    ]


def test_a_help_function_that_could_not_do_without_an_item_is_refused(copy):
    text = (copy.root / "lost_card/help.py").read_text()
    copy.write("lost_card/help.py", text.replace("current_country: str | None,", "current_country: str,"))
    assert copy.said() == [
        "lost_card/help.py: current_country: parameter must allow None: every item may be refused",
    ]


def test_positional_parameters_are_refused(copy):
    text = (copy.root / "lost_card/help.py").read_text()
    copy.write(
        "lost_card/help.py", text.replace("    *,\n    card_last_seen_date", "    card_last_seen_date", 1)
    )
    assert "lost_card/help.py: current_country: parameter must be keyword-only" in copy.said()


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (None, "lost_card/help.py: file is missing"),
        ("def other() -> None: ...", "lost_card/help.py: lost_card: needs a function named lost_card"),
        ("import no_such_module", "lost_card/help.py: cannot be imported (ModuleNotFoundError"),
        ("1 / 0", "lost_card/help.py: cannot be imported (ZeroDivisionError"),
    ],
)
def test_a_help_file_that_cannot_be_used_is_named(copy, code, reason):
    (copy.root / "lost_card/help.py").unlink() if code is None else copy.write("lost_card/help.py", code)
    assert len(copy.said()) == 1
    assert copy.said()[0].startswith(reason)


def test_a_key_given_twice_is_a_fault(copy):
    text = (copy.root / "controller.yml").read_text()
    copy.write("controller.yml", text + "name: Another Bank\n")
    line = len(text.splitlines()) + 1
    assert copy.said() == [f"controller.yml: not valid YAML: key given twice: name (line {line})"]


def test_a_missing_section_of_the_bank_is_named_with_who_needs_it(copy):
    copy.edit("bank.yml", lambda bank: bank.pop("card_rules"))
    assert "bank.yml: card_rules: section is missing; lost_card/help.py needs it" in copy.said()
    assert all("card_rules: section is missing" in fault for fault in copy.said())


def test_facts_of_the_bank_are_checked_like_everything_else(copy):
    copy.edit("bank.yml", lambda bank: bank["card_post"].update(order_cutoff="16:00"))
    copy.edit("bank.yml", lambda bank: bank["card_post"]["transit_business_days"]["express"].pop("eea"))
    said = copy.said()
    assert "bank.yml: card_post.order_cutoff: this key does not exist here" in said
    assert (
        any("transit_business_days" in fault or "lacks express.eea" in fault for fault in said)
        or len(said) > 1
    )


def test_missing_files_are_named_together(copy):
    for name in ("controller.yml", "items.yml", "notices/en.yml"):
        (copy.root / name).unlink()
    assert {
        "controller.yml: file is missing",
        "items.yml: file is missing",
        "notices/en.yml: file is missing",
    } <= set(copy.said())


def test_an_empty_folder_is_no_catalogue(tmp_path):
    with pytest.raises(CatalogueInvalid) as invalid:
        load_catalogue(tmp_path)
    assert len(invalid.value.faults) >= 3


def test_a_program_must_be_in_the_folder_of_its_name(copy):
    shutil.copytree(copy.root / "lost_card", copy.root / "found_card")
    assert "found_card/program.yml: id: must be the name of its folder, found_card" in copy.said()


def test_a_program_may_not_be_called_like_a_purpose_of_our_own(copy):
    (copy.root / "lost_card").rename(copy.root / "link")
    copy.edit("link/program.yml", lambda program: program.update(id="link"))
    assert any(fault.startswith("link/program.yml: id: “link” is a purpose") for fault in copy.said())


def test_a_permission_request_that_no_channel_could_show_is_refused(copy):
    ids = load_catalogue(copy.root).programs
    long = {"withdraw": "Say so here " * 13, "on_no": "I help you " * 14, "recipients": "nobody else " * 13}
    copy.edit("notices/en.yml", lambda n: n.update({key: words.strip() for key, words in long.items()}))
    refused = [fault for fault in copy.faults() if "characters; at most 580" in fault.reason]
    assert {fault.file for fault in refused} == {f"{name}/program.yml" for name in ids}
    assert {fault.field for fault in refused} >= {"purpose"}


def test_a_notice_that_leaves_something_out_is_refused(copy):
    copy.edit("notices/en.yml", lambda n: n.update(text="May {controller} use {item}, only to {purpose}?"))
    assert copy.said() == [
        f"notices/en.yml: text: does not say {{{field}}}"
        for field in ("on_no", "recipients", "retention", "withdraw")
    ]


def test_the_line_about_the_carrier_counts_like_the_rest(copy):
    long = "a company that carries what you write, " * 4
    copy.edit("notices/en.yml", lambda n: n["carriers"].update(sms=long[:150].strip(" ,")))
    assert copy.said() == []
    copy.edit("notices/en.yml", lambda n: n.update(carried="What we write, " * 10 + "is read by {carrier}."))
    refused = [fault for fault in copy.faults() if "characters; at most 580" in fault.reason]
    assert len(refused) == len(copy.faults())
    assert {("notices/en.yml", "link"), ("lost_card/program.yml", "purpose")} <= {
        (fault.file, fault.field) for fault in refused
    }


@pytest.mark.parametrize(
    ("carried", "reason"),
    [
        ("Others can read this.", "must say {carrier}, and no other field"),
        ("{carrier} and {bank} can read this.", "must say {carrier}, and no other field"),
        ("{carrier:>99} can read this.", "must say {carrier}, and no other field"),
        ("{carrier can read this.", "braces do not match"),
        ("Trust us: {carrier} can read this.", "steering"),
    ],
)
def test_the_line_about_the_carrier_names_it_plainly(copy, carried, reason):
    copy.edit("notices/en.yml", lambda n: n.update(carried=carried))
    (said,) = copy.said()
    assert said.startswith("notices/en.yml: carried: ")
    assert reason in said


def test_a_carrier_is_worded_fairly_and_none_is_left_out_or_unknown(copy):
    copy.edit("notices/en.yml", lambda n: n["carriers"].update(sms="Twilio, which is totally safe"))
    (said,) = copy.said()
    assert said.startswith("notices/en.yml: carriers.sms: steering")
    copy.edit("notices/en.yml", lambda n: n["carriers"].update(pigeon=n["carriers"].pop("sms")))
    assert {fault.field for fault in copy.faults()} == {"carriers.sms", "carriers.pigeon"}


def test_faults_never_hold_more_than_the_catalogues_own_words(copy):
    copy.edit("controller.yml", lambda c: c.update(contact="not an address"))
    assert "not an address" not in copy.said()[0]


ABOUT_ASKING = ("items", "purpose", "remember_purpose", "better", "sentences")


def _without_items(copy):
    """The lost card without anything to ask."""

    def bare(program):
        for key in ABOUT_ASKING:
            program.pop(key)
        program["items"] = []

    copy.edit("lost_card/program.yml", bare)
    (copy.root / "lost_card/help.py").unlink()


def test_an_item_stands_in_one_file_only(copy):
    copy.edit("items.yml", lambda items: items.update(card_order_date={"type": "date"}))
    copy.edit("lost_card/items.yml", lambda items: items.update(debt_balance_eur={"type": "money"}))
    assert {fault for fault in copy.said() if "already" in fault} == {
        "card_delivery/items.yml: card_order_date: is in items.yml already: one id, one item",
        "lost_card/items.yml: debt_balance_eur: is in debt_payoff/items.yml already: one id, one item",
    }


def test_items_of_all_files_are_in_the_catalogue(catalogue):
    assert {"current_country", "card_order_date", "debt_balance_eur"} <= set(catalogue.items)
    assert all(set(program.item_ids) <= set(catalogue.items) for program in catalogue.programs.values())


def test_no_item_is_missed_where_a_file_of_items_cannot_be_read(copy):
    copy.write("debt_payoff/items.yml", "debt_balance_eur: [")
    assert [fault.split(":")[0] for fault in copy.said()] == ["debt_payoff/items.yml"]


def test_a_program_without_items_gives_its_general_help_and_nothing_else(copy):
    _without_items(copy)
    assert copy.said() == []
    program = load_catalogue(copy.root).programs["lost_card"]
    assert not program.has_items
    assert (program.item_ids, program.purpose, program.better) == ((), "", "")
    with pytest.raises(NoItems, match="lost_card"):
        help_for(program, {}, today=date(2026, 5, 6))


@pytest.mark.parametrize("key", ["purpose", "remember_purpose", "better"])
def test_what_is_about_asking_comes_with_items_and_only_with_them(copy, key):
    copy.edit("debt_payoff/program.yml", lambda p: p.pop(key))
    _without_items(copy)
    copy.edit("lost_card/program.yml", lambda p: p.update({key: "tell you which payments to check now"}))
    assert copy.said() == [
        f"debt_payoff/program.yml: {key} is missing: the program asks for items",
        f"lost_card/program.yml: {key} is for programs with items, and this one has none",
    ]


def test_a_help_function_without_items_is_refused(copy):
    _without_items(copy)
    copy.write("lost_card/help.py", "def lost_card(): ...")
    reason = "the program has no items, so there is nothing to compute"
    assert copy.said() == [f"lost_card/help.py: {reason}"]


def test_a_finer_need_and_the_general_help_fit_one_message(copy):
    finer = {"need": "a card that is lost", "first": "Look. " * 150}
    copy.edit("lost_card/program.yml", lambda p: p.update(finer_needs={"card_lost": finer}))
    (said,) = copy.said()
    assert said.startswith("lost_card/program.yml: finer_needs.card_lost.first and general_help have 1")
    assert said.endswith("characters together; at most 1200")


def test_a_finer_need_is_worded_as_fairly_as_the_rest(copy):
    finer = {"need": "a card that is lost", "first": "Hurry, most people are too late."}
    copy.edit("lost_card/program.yml", lambda p: p.update(finer_needs={"card_lost": finer, "Bad Key": finer}))
    assert any("finer_needs.Bad Key" in fault for fault in copy.said())
    copy.edit("lost_card/program.yml", lambda p: p.update(finer_needs={"card_lost": finer}))
    assert {fault.field for fault in copy.faults()} == {"finer_needs.card_lost.first"}
    assert all("steering" in fault.reason for fault in copy.faults())
    copy.edit("lost_card/program.yml", lambda p: p["finer_needs"]["card_lost"].update(first="Look.", more=1))
    assert copy.said() == ["lost_card/program.yml: finer_needs.card_lost.more: this key does not exist here"]
