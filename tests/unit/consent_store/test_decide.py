"""Only a clear answer to this very request decides."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consent_store.decide import decide
from consent_store.model import AnswerResult, HelpSession, PermissionRequest, Reply
from tests.unit.consent_store.kit import BALANCE, DEBT, START

HELP = HelpSession("help-1", "person-a", DEBT, "widget", START, START)
REQUEST = PermissionRequest(
    request_id="r1",
    person_id="person-a",
    help_id="help-1",
    controller_id="harbour_bank",
    purpose=DEBT,
    item=BALANCE,
    notice_id="n1",
    notice_hash="hash-1",
    retention_days=0,
    channel="widget",
    language="en",
    rendered_text="May I?",
    rendered_hash="hash-of-words",
    served_at=START,
    expires_at=START + timedelta(minutes=30),
)
YES = Reply("person-a", "widget", "yes", "yes", None, 1.0, "hash-1")
ALLOW = replace(YES, words="Allow", button="allow", confidence=0.0)


def decided(
    reply: Reply = YES,
    request: PermissionRequest | None = REQUEST,
    session: HelpSession | None = HELP,
    *,
    in_force: bool = True,
    minutes: float = 1,
) -> AnswerResult:
    return decide(request, reply, session, notice_in_force=in_force, now=START + timedelta(minutes=minutes))


def test_a_clear_yes_gives():
    assert decided().status == "given"


def test_the_allow_button_gives_without_any_confidence():
    assert decided(ALLOW).status == "given"


def test_no_refuses_and_later_defers():
    assert decided(replace(YES, reading="no", words="no")).status == "refused"
    assert decided(replace(YES, reading="later", words="not now")).status == "deferred"


def test_no_is_understood_without_any_confidence():
    assert decided(replace(YES, reading="no", words="nah", confidence=0.2)).status == "refused"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"person_id": "person-b"}, "other_person"),
        ({"channel": "telegram"}, "other_channel"),
        ({"notice_hash": "hash-2"}, "other_notice"),
        ({"reading": "unclear"}, "unclear"),
        ({"reading": "YES"}, "unclear"),
        ({"confidence": 0.98}, "low_confidence"),
        ({"confidence": float("nan")}, "low_confidence"),
        ({"confidence": 7.0}, "low_confidence"),
        ({"words": "  "}, "no_words"),
        ({"words": '/allow{"r":"r1"}'}, "no_words"),
        ({"words": " /affirm"}, "no_words"),
        ({"button": "deny"}, "other_button"),
        ({"button": "why"}, "other_button"),
        ({"button": "allow", "reading": "no"}, "button_and_reading_differ"),
    ],
)
def test_anything_else_decides_nothing(change: dict[str, object], reason: str):
    assert decided(replace(YES, **change)) == AnswerResult("none", reason)


def test_an_unknown_request_decides_nothing():
    assert decided(request=None) == AnswerResult("none", "unknown_request")


def test_a_request_is_answered_once():
    answered = replace(REQUEST, answered_at=START, outcome="refused")
    assert decided(request=answered) == AnswerResult("none", "already_answered", "refused")


def test_a_request_that_was_superseded_is_closed():
    assert decided(request=replace(REQUEST, outcome="superseded")).reason == "superseded"


def test_a_request_expires_to_the_minute():
    alive = replace(HELP, last_seen_at=START + timedelta(minutes=29))
    assert decided(session=alive, minutes=29.99).status == "given"
    assert decided(session=alive, minutes=30) == AnswerResult("none", "expired")


def test_an_answer_from_before_the_request_was_shown_decides_nothing():
    assert decided(minutes=-5).reason == "before_it_was_served"


def test_an_answer_after_the_help_decides_nothing():
    later = replace(REQUEST, expires_at=START + timedelta(days=1))
    assert decided(request=later, session=None).reason == "help_ended"
    assert decided(request=later, session=replace(HELP, ended_at=START)).reason == "help_ended"
    assert decided(request=later, minutes=30).reason == "help_ended"
    assert decided(session=replace(HELP, person_id="person-b")).reason == "help_ended"


def test_an_answer_to_a_notice_that_changed_since_decides_nothing():
    assert decided(in_force=False) == AnswerResult("none", "notice_changed")


replies = st.builds(
    Reply,
    person_id=st.sampled_from(["person-a", "person-b"]),
    channel=st.sampled_from(["widget", "telegram"]),
    reading=st.sampled_from(["yes", "no", "later", "unclear", "maybe", ""]),
    words=st.sampled_from(["yes", "", " ", "/allow", "I guess", "no"]),
    button=st.sampled_from([None, "allow", "deny", "why"]),
    confidence=st.one_of(st.floats(), st.just(1.0)),
    notice_hash=st.sampled_from(["hash-1", "hash-2"]),
)


@given(reply=replies, minutes=st.floats(-60, 60), in_force=st.booleans())
def test_given_needs_every_single_condition(reply: Reply, minutes: float, in_force: bool):
    result = decided(reply, in_force=in_force, minutes=minutes)
    if result.status == "given":
        assert reply.reading == "yes"
        assert (reply.person_id, reply.channel, reply.notice_hash) == ("person-a", "widget", "hash-1")
        assert in_force
        assert minutes < 30
        pressed = reply.button == "allow"
        typed = (
            reply.button is None and 0.99 <= reply.confidence <= 1 and reply.words in ("yes", "I guess", "no")
        )
        assert pressed or typed
