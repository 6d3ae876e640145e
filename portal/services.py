"""
What the portal's API needs: the store, the words, and the keys that say who a token stands for.

Must never tell more of a token than the person whom it stands for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from consent_store import ConsentStore, system_clock
from consent_store.receipts import ReceiptFacts
from consent_store.signing import Signer
from portal.identity import Identities
from programs.naming import Names
from sealing.person import pseudonym
from sealing.token import conversation_key


class Person(NamedTuple):
    """Whom a token stands for: the conversation that it opens, and who the store knows them as."""

    conversation: str
    person_id: str


@dataclass(frozen=True)
class Services:
    """Handed in by `portal.bootstrap`, or by a test."""

    store: ConsentStore
    names: Names
    controller_id: str
    facts: ReceiptFacts
    signer: Signer
    token_key: bytes = field(repr=False)
    person_key: bytes = field(repr=False)
    identities: Identities | None = None
    """None: no website's word for who somebody is counts."""
    conversation_days: int = 30
    """How long what was said is kept; 0: not at all."""
    now: Callable[[], datetime] = system_clock

    def person(self, token: str) -> Person | None:
        """
        Whom the token stands for, also over linked chats; None if it is foreign, malformed or over.

        Raises StoreUnavailable.
        """
        conversation = conversation_key(self.token_key, token, self.now().timestamp())
        if conversation is None:
            return None
        identity = pseudonym(self.person_key, "person", conversation)
        return Person(conversation, self.store.resolve(identity))
