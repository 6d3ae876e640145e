"""The receipt as a person gets it: in words, and as a document that anybody can verify."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from actions.bootstrap import Services, tell_store
from actions.flow.receipts import receipt, receipt_facts
from actions.reading.phrases import load_phrases
from actions.turn import Turn
from actions.words import Message, Wording
from consent_store import StoreKeys, open_store
from consent_store.receipts import verify_receipt
from consent_store.signing import Signer
from programs import notice_for
from tests.catalogue import our_catalogue
from tests.unit.actions.test_wording import RESPONSES
from tests.unit.consent_store.kit import BALANCE, DEBT, FakeClock, Person, empty_database

SIGNER = Signer(b"s" * 32)
TURN = Turn("person-a", "widget", "my receipt", "receipt", 1.0)
WORDS = Wording({"responses": RESPONSES})  # type: ignore[arg-type]


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    url, clock = empty_database(tmp_path / "consent.db"), FakeClock()
    store = open_store(url, keys=StoreKeys(b"m" * 32), clock=clock)
    catalogue = our_catalogue()
    tell_store(catalogue, store)
    yield Services(catalogue, store, load_phrases("en"), b"k" * 32, clock, SIGNER)
    store.close()


def talk(services: Services, reading: str = "yes", *, remember: bool = False) -> Person:
    person = Person(services.store)
    person.begin()
    notice: Any = notice_for(services.catalogue, DEBT, BALANCE, remember=remember)
    button = {"yes": "allow", "later": "not_now"}.get(reading)
    assert person.answer(person.ask(notice), reading, button=button, words="no").status != "none"
    return person


def said(services: Services) -> tuple[str, dict[str, Any]]:
    (message,) = receipt(services, TURN, WORDS).messages
    assert isinstance(message, Message)
    return WORDS.fill(message.wording or "", **message.params), dict(message.custom or {})


def test_without_a_decision_there_is_no_receipt(services: Services) -> None:
    text, custom = said(services)
    assert "nothing to put on a receipt" in text
    assert not custom
    assert services.store.receipts_issued("person-a") == ()


def test_the_words_name_the_decision_the_receipt_and_how_to_verify_it(services: Services) -> None:
    talk(services)
    text, custom = said(services)
    assert custom["kind"] == "receipt"
    document = custom["document"]
    assert "what you still owe, to work out how soon" in text
    assert ": allowed, 3 May 2026, 11:00 Irish time (notice 1, entry " in text
    for known in (document["receipt_id"], document["proof"]["key"], "privacy@harbourbank.example"):
        assert known in text


def test_the_document_is_verified_with_the_public_key_alone(services: Services) -> None:
    talk(services)
    document = said(services)[1]["document"]
    assert verify_receipt(document, SIGNER.public_key).ok
    assert services.store.witnessed(document)


@pytest.mark.parametrize(("reading", "state"), [("no", "not allowed"), ("later", "not now")])
def test_a_no_is_on_the_receipt_like_a_yes(services: Services, reading: str, state: str) -> None:
    talk(services, reading)
    assert f": {state}, 3 May 2026" in said(services)[0]


def test_wanting_to_be_asked_again_is_said_in_words(services: Services) -> None:
    talk(services, "no")
    services.store.reopen("person-a", DEBT, BALANCE)
    assert ": to be asked again, " in said(services)[0]


def test_every_state_has_its_words() -> None:
    from consent_store.receipts.vocabulary import STATES

    states = {key.removeprefix("utter_state_") for key in RESPONSES if key.startswith("utter_state_")}
    assert states == set(STATES)


def test_the_facts_are_those_of_the_catalogue(services: Services) -> None:
    facts = receipt_facts(services.catalogue, "en")
    controller = services.catalogue.controller
    assert (facts.controller.name, facts.controller.page) == (controller.name, controller.privacy_page)
    assert facts.jurisdiction == controller.jurisdiction == "IE"
    texts = (facts.service, *facts.storage_locations, *facts.processing_locations, *facts.privacy_rights)
    assert not [text for text in texts if "{" in text]


def test_a_language_without_words_gets_english_ones_and_says_so(services: Services) -> None:
    assert receipt_facts(services.catalogue, "xx").language == "en"
