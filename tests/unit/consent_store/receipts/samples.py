"""Facts as a caller makes them, a signer, and a receipt of a person who decided in every way there is."""

from __future__ import annotations

from typing import Any

from consent_store import ConsentStore
from consent_store.receipts import PartyFacts, ReceiptFacts
from consent_store.receipts import vocabulary as terms
from consent_store.signing import Signer
from tests.unit.consent_store.kit import BALANCE, CARD, PAYMENT, RATE, FakeClock, FakeNotice, Person

SIGNER = Signer(b"s" * 32)
PERSON = "person-a"

FACTS = ReceiptFacts(
    controller=PartyFacts(
        "harbour_bank",
        "Harbour Bank",
        "1 Lighthouse Quay, Dublin",
        "privacy@harbourbank.example",
        phone="+353 20 911 0100",
        page="https://www.harbourbank.example/privacy",
    ),
    authority=PartyFacts(
        "authority_ie", "Authority", "Dublin", "https://authority.example", "dpv:DataProtectionAuthority"
    ),
    jurisdiction="IE",
    language="en",
    service="the assistant",
    storage_locations=("in Ireland",),
    processing_locations=("in Ireland",),
    collection_method="told us here, after being asked",
    privacy_rights=("see it", "take it back"),
    until_help_ends="until this help ends",
    until_changed="until you change it",
)

DATE = "card_order_date"


def decide_in_every_way(store: ConsentStore, clock: FakeClock) -> Person:
    """Given (and remembered), refused, withdrawn, deferred, expired: one record each, and one given twice."""
    person = Person(store, PERSON)
    person.begin(CARD)
    assert person.allow(FakeNotice(purpose=CARD, item=DATE)).status == "given"
    clock.turn(minutes=1)
    person.begin()
    person.allow_and_tell()
    person.remembers()
    person.refuse(FakeNotice(item=RATE))
    assert person.answer(person.ask(FakeNotice(item=PAYMENT)), "later", button="not_now").status == "deferred"
    clock.turn(minutes=1)
    store.withdraw(PERSON, purpose="debt_payoff.remember")
    assert person.status("debt_payoff.remember", BALANCE) == "withdrawn"
    return person


def issue(store: ConsentStore, person_id: str = PERSON) -> dict[str, Any]:
    """The signed document of a new receipt."""
    receipt = store.issue_receipt(person_id, SIGNER, FACTS)
    assert receipt is not None
    return receipt.document


def signed_again(document: dict[str, Any]) -> dict[str, Any]:
    """The document with a good signature, as an issuer who errs or lies would make it."""
    proof = {name: value for name, value in document["proof"].items() if name != "signature"}
    unsigned = {**document, "proof": proof}
    return {**document, "proof": {**proof, "signature": SIGNER.sign(terms.DOMAIN, unsigned)}}
