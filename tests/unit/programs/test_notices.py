"""A permission request says everything a person needs to decide, in one short message."""

from __future__ import annotations

import hashlib
from dataclasses import FrozenInstanceError

import pytest

from programs import UnknownItem, UnknownProgram, link_notice, notice_for, shown_text
from programs.catalogue.wording import Carriers
from programs.loading.linter import lint_words
from tests.catalogue import our_catalogue
from tests.tables import each

ALL = [
    (program.id, item, remember)
    for program in our_catalogue().programs.values()
    for item in program.item_ids
    for remember in (False, True)
]
APPS = tuple(Carriers.model_fields)


@each("program, item, remember", ALL)
def test_the_request_says_all_that_has_to_be_said(catalogue, program, item, remember):
    notice = notice_for(catalogue, program, item, remember=remember)
    said = (
        catalogue.controller.name,
        catalogue.items[item].name,
        notice.purpose_text,
        notice.retention_text,
        notice.recipients_text,
        notice.withdraw_text,
        notice.on_no_text,
    )
    for part in said:
        assert part
        assert part in notice.text


@each("program, item, remember", ALL)
def test_the_request_fits_every_channel(catalogue, program, item, remember):
    notice = notice_for(catalogue, program, item, remember=remember)
    for text in (notice.text, *(shown_text(catalogue, notice, channel) for channel in APPS)):
        assert len(text) + len("\nReply 1 to allow, 2 for not now") < 640
        assert all(line.strip() for line in text.splitlines())
        assert "{" not in text
    assert len(notice.text.split()) <= 80  # ten seconds or little more to take in


@each("program, item, remember", ALL)
def test_the_request_does_not_steer(catalogue, program, item, remember):
    notice = notice_for(catalogue, program, item, remember=remember)
    assert lint_words(notice.text) == ()
    assert lint_words(notice.why) == ()


def test_the_hash_is_of_the_very_words_shown(catalogue):
    notice = notice_for(catalogue, "debt_payoff", "debt_balance_eur")
    assert notice.text_hash == hashlib.sha256(notice.text.encode("utf-8")).hexdigest()


def test_every_request_has_words_of_its_own(catalogue):
    hashes = {notice_for(catalogue, p, i, remember=r).text_hash for p, i, r in ALL}
    assert len(hashes) == len(ALL)


def test_keeping_for_next_time_is_a_purpose_of_its_own_with_its_own_term(catalogue):
    now = notice_for(catalogue, "debt_payoff", "debt_balance_eur")
    later = notice_for(catalogue, "debt_payoff", "debt_balance_eur", remember=True)
    assert (now.purpose, now.retention_days) == ("debt_payoff", 0)
    assert (later.purpose, later.retention_days) == ("debt_payoff.remember", 180)
    assert "180 days" in later.text
    assert now.on_no_text != later.on_no_text


def test_the_two_answers_weigh_the_same(catalogue):
    notice = notice_for(catalogue, "debt_payoff", "debt_balance_eur")
    assert abs(len(notice.allow_label) - len(notice.not_now_label)) <= 3


def test_a_language_without_words_gets_english_and_says_so(catalogue):
    notice = notice_for(catalogue, "debt_payoff", "debt_balance_eur", language="fi")
    assert notice.language == "en"


def test_a_notice_cannot_be_changed(catalogue):
    notice = notice_for(catalogue, "debt_payoff", "debt_balance_eur")
    with pytest.raises(FrozenInstanceError):
        notice.text = "Say yes"


def test_nobody_is_asked_for_what_a_program_does_not_use(catalogue):
    with pytest.raises(UnknownItem):
        notice_for(catalogue, "debt_payoff", "delivery_country")
    with pytest.raises(UnknownProgram):
        notice_for(catalogue, "no_such_program", "delivery_country")


@pytest.mark.parametrize(
    ("channel", "carriers"),
    [
        ("telegram", ["Telegram"]),
        ("slack", ["Slack", "your workplace"]),
        ("messenger", ["Messenger", "Meta"]),
        ("whatsapp", ["WhatsApp", "Twilio"]),
        ("sms", ["your phone company", "Twilio"]),
    ],
)
def test_where_others_carry_the_messages_the_request_ends_with_who_can_read_them(
    catalogue, channel, carriers
):
    for notice in (notice_for(catalogue, "debt_payoff", "debt_balance_eur"), link_notice(catalogue)):
        before, _, last = shown_text(catalogue, notice, channel).rpartition("\n")
        assert before == notice.text.rstrip()
        assert all(carrier in last for carrier in carriers)
        assert lint_words(last) == ()


def test_every_app_of_the_engine_has_its_carrier():
    assert {"telegram", "slack", "messenger", "whatsapp", "sms"} == set(APPS)


@pytest.mark.parametrize("channel", ["widget", "rest", "unknown", "", "model_dump", "Telegram"])
def test_where_nobody_else_carries_them_the_words_are_the_notices_own(catalogue, channel):
    notice = notice_for(catalogue, "debt_payoff", "debt_balance_eur")
    assert shown_text(catalogue, notice, channel) == notice.text
