"""A person who links a second identity: asked in a help named "link", as any other permission is."""

from __future__ import annotations

from dataclasses import dataclass

from consent_store import ConsentStore, Merge
from consent_store.merging import LINK_ITEM, LINK_PURPOSE
from tests.unit.consent_store.kit import FakeNotice, Person

NOTICE = FakeNotice(
    purpose=LINK_PURPOSE,
    item=LINK_ITEM,
    purpose_text="know you in both places as one person",
    item_name="that you are the one who got this code",
)


@dataclass
class Linker:
    """Types codes at the second identity."""

    store: ConsentStore
    person_id: str

    def asked(self) -> Person:
        """Asked for the link, not answered yet."""
        other = Person(self.store, self.person_id)
        other.begin(LINK_PURPOSE)
        return other

    def try_code(self, code: str) -> Merge:
        """Allow the link and type a code."""
        other = self.asked()
        assert other.allow(NOTICE).status == "given"
        return self.store.finish_link(self.person_id, code)
