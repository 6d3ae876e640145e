"""A notice is what its id says; a change of what matters is material, whatever its writer calls it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from consent_store import NoticeInvalid
from consent_store.notice import check_notice, is_material, notice_body
from tests.unit.consent_store.kit import FakeNotice

NOTICE = FakeNotice()


def facts(notice: FakeNotice) -> dict[str, object]:
    return json.loads(notice_body(notice))


@pytest.mark.parametrize(
    "change",
    [
        {"purpose_text": "improve what we sell"},
        {"controller_id": "another_bank"},
        {"recipients_text": "our partners"},
        {"retention_days": 365},
        {"material": True},
    ],
)
def test_what_matters_is_material(change: dict[str, object]):
    assert is_material(facts(replace(NOTICE, **change)), facts(NOTICE))


@pytest.mark.parametrize(
    "change", [{"said": "Could I use it?"}, {"version": 2}, {"why": "so that I can count"}]
)
def test_other_words_are_not(change: dict[str, object]):
    assert not is_material(facts(replace(NOTICE, **change)), facts(NOTICE))
    assert notice_body(replace(NOTICE, **change)) != notice_body(NOTICE)


def test_a_notice_without_words_is_refused():
    class Blank(FakeNotice):
        text = "  "

    with pytest.raises(NoticeInvalid, match="blank_notice"):
        check_notice(Blank())


def test_a_notice_with_the_hash_of_other_words_is_refused():
    class Lying(FakeNotice):
        text_hash = "0" * 64

    with pytest.raises(NoticeInvalid, match="wrong_text_hash"):
        check_notice(Lying())


def test_a_negative_term_is_refused():
    with pytest.raises(NoticeInvalid):
        check_notice(replace(NOTICE, retention_days=-1))
