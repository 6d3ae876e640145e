"""Rasa says the words of the channel where there are some, and the general ones elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain

RIGHTS = Path(__file__).parents[3] / "data" / "responses" / "rights.yml"


@pytest.mark.parametrize(
    ("channel", "with_document"),
    [("widget", True), ("rest", True), ("telegram", True), ("whatsapp", False), ("sms", False)],
)
def test_a_receipt_promises_its_document_only_where_it_can_be_sent(
    channel: str, *, with_document: bool
) -> None:
    responses = Domain.from_yaml(RIGHTS.read_text(encoding="utf-8")).responses
    said = TemplatedNaturalLanguageGenerator(responses)
    filled = dict.fromkeys(("controller", "at", "lines", "receipt", "signing_key", "contact"), "x")
    for _ in range(5):  # Rasa takes any that fits
        message = said.generate_from_slots("utter_receipt", {}, channel, **filled)
        assert message is not None
        assert ("goes with this message" in message["text"]) is with_document
        assert "{" not in message["text"]
