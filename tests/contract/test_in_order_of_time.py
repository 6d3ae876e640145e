"""After linking, what a person is shown and given is in order of time, whichever chain it stands in."""

from __future__ import annotations

import pytest

from consent_store import ConsentStore
from consent_store.merging import LINK_ITEM
from consent_store.signing import Signer
from tests.contract.linker import Linker
from tests.unit.consent_store.kit import BALANCE, DEBT, PAYMENT, RATE, FakeClock, FakeNotice, Person
from tests.unit.consent_store.receipts.samples import FACTS

ITEMS = (BALANCE, PAYMENT, RATE, "delivery_country")


@pytest.fixture
def talked(store: ConsentStore, clock: FakeClock) -> ConsentStore:
    """Two identities of one person who took turns, linked the two, and went on."""
    pair = [Person(store, "person-a"), Person(store, "person-b", "rest")]
    for one in pair:
        one.begin()
    for _ in range(9):  # the second one's chain is longer, so its places are higher
        store.reopen("person-b", DEBT, RATE)
        pair[1].refuse(FakeNotice(item=RATE))
    for number, item in enumerate(ITEMS):
        clock.turn(seconds=20)
        one = pair[(number + 1) % 2]
        store.reopen(one.person_id, DEBT, item)
        one.allow_and_tell("1", item=item)
        one.release((DEBT, item))
        store.record_hand_over(one.person_id, one.channel, DEBT)
    clock.turn(seconds=20)
    assert Linker(store, "person-b").try_code(store.start_link("person-a")).linked
    clock.turn(seconds=20)
    pair[0].begin("card_delivery")
    pair[0].refuse(FakeNotice(item="delivery_speed", purpose="card_delivery"))
    return store


@pytest.mark.parametrize("person_id", ["person-a", "person-b"])
def test_after_linking_everything_is_in_order_of_time(talked: ConsentStore, person_id: str) -> None:
    seen = talked.overview(person_id)
    lists = {
        "decisions": [one.decided_at for one in seen.decisions],
        "uses": [one.at for one in seen.uses],
        "hand_overs": [one.at for one in seen.hand_overs],
        "receipt": [one.decided_at for one in talked.receipt(person_id)],
        "history": [one.at for one in talked.history(person_id)],
    }
    issued = talked.issue_receipt(person_id, Signer(b"s" * 32), FACTS)
    assert issued is not None
    lists["issued"] = [one.last.record.at for one in issued.records]
    for name, times in lists.items():
        assert len(set(times)) > 1, name
        assert times == sorted(times), name
    assert [one.items[0] for one in seen.uses] == list(ITEMS)
    assert LINK_ITEM in {one.item for one in seen.decisions}
