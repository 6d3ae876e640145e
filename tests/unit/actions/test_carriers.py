"""Who carries the messages is said where permission is asked, and what is kept of it is what was shown."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from actions.flow.linking import ask_to_link
from programs import link_notice, notice_for
from tests.unit.actions.test_flow import Conversation, clock, talk
from tests.unit.actions.test_wording import RESPONSES

__all__ = ["clock", "talk"]
OURS = ("rest", "widget")
APPS = ("telegram", "slack", "messenger", "whatsapp", "sms")


@pytest.mark.parametrize("channel", [*OURS, *APPS])
def test_a_request_is_kept_as_it_was_shown_in_its_channel(talk: Conversation, channel: str) -> None:
    talk.channel = channel
    talk.begin()
    talk.press(0)
    notice = notice_for(talk.services.catalogue, "debt_payoff", "debt_balance_eur")
    request = talk.services.store.open_request("person")
    shown = talk.asked.messages[-1].text
    assert request is not None
    assert (request.rendered_text, request.notice_hash) == (shown, notice.text_hash)
    assert (shown == notice.text) is (channel in OURS)
    talk.press(0)
    (decision,) = talk.services.store.overview("person").decisions
    assert decision.status == "given"


@pytest.mark.parametrize("channel", [*OURS, *APPS])
def test_the_request_to_link_two_chats_says_it_too(talk: Conversation, channel: str) -> None:
    typed = replace(talk.turn("link code abcd-efgh-2345", "link_code"), identity="person", channel=channel)
    shown = ask_to_link(talk.services, typed).messages[-1].text
    request = talk.services.store.open_request("person")
    assert request is not None
    assert request.rendered_text == shown
    assert (shown == link_notice(talk.services.catalogue).text) is (channel in OURS)


def test_a_receipt_claims_no_document_where_none_can_be_sent() -> None:
    general, *others = RESPONSES["utter_receipt"]
    assert "channel" not in general  # Wording.fill takes the first
    assert [one["channel"] for one in others] == ["whatsapp", "sms"]
    for one in others:
        assert "goes with this message" not in one["text"]
        assert "link my other chat" in one["text"]
        assert fields(one["text"]) == fields(general["text"])


def fields(text: str) -> list[str]:
    return sorted(re.findall(r"{\w+}", text))
