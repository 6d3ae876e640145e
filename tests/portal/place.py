"""
A portal in this process with a store of its own, and people who decided something in a chat.

What a page does goes through `Web`; what happens in the chat goes to the store as the action server does it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from consent_store import ConsentStore, StoreKeys, open_store
from consent_store.receipts import facts_from
from consent_store.signing import Signer
from portal.app import create_app
from portal.identity import Identities
from portal.services import Services
from programs import Catalogue, Notice, load_catalogue, notice_for
from programs.naming import Names
from programs.receipts import receipt_wording
from sealing import token
from settings import Settings
from tests.unit.consent_store.kit import FakeClock
from tests.unit.portal.client import Answer, Client

TOKEN_KEY = b"t" * 32
PERSON_KEY = b"p" * 32
DEBT = "debt_payoff"
BALANCE = "debt_balance_eur"
RATE = "yearly_rate_percent"
VALUE = "48151.62"
"""A value to look for where it must not be."""

SETTINGS: dict[str, Any] = {
    "rasa_port": 5999,
    "page_origins": "https://shop.example",
    "requests_per_minute": 1_000_000,
    "requests_per_minute_and_token": 1_000_000,
    "sessions_per_minute": 1_000_000,
    "sessions_per_hour": 1_000_000,
}


@cache
def catalogue_of_all() -> Catalogue:
    """The catalogue, read once."""
    return load_catalogue()


def new_services(database_url: str, clock: FakeClock, identities: Identities | None = None) -> Services:
    """Services on a migrated store; the caller closes it."""
    store = open_store(database_url, keys=StoreKeys(b"m" * 32), clock=clock)
    catalogue = catalogue_of_all()
    controller = catalogue.controller
    store.register_controller(
        controller.id, name=controller.name, address=controller.address, contact=controller.contact
    )
    return Services(
        store=store,
        names=Names(catalogue),
        controller_id=controller.id,
        facts=facts_from(controller, receipt_wording("en")),
        signer=Signer(b"l" * 32),
        token_key=TOKEN_KEY,
        person_key=PERSON_KEY,
        identities=identities,
        now=clock,
    )


@dataclass
class Chatter:
    """Somebody with a token, who talks to the assistant beside the page."""

    store: ConsentStore
    catalogue: Catalogue
    token: str
    person_id: str
    help_id: str = ""

    def begin(self, program: str = DEBT) -> None:
        self.help_id = self.store.begin_help(self.person_id, program, "widget").help_id

    def answers(
        self, item: str = BALANCE, *, yes: bool = True, program: str = DEBT, remember: bool = False
    ) -> None:
        """Is asked, and says yes or no with a button."""
        notice: Notice = notice_for(self.catalogue, program, item, remember=remember)
        asked = self.store.ask(
            self.person_id, self.help_id, notice, channel="widget", rendered_text=notice.text
        )
        self.store.answer(
            asked.request_id,
            self.person_id,
            channel="widget",
            reading="yes" if yes else "no",
            words="Allow" if yes else "No",
            button="allow" if yes else "deny",
            confidence=1.0,
            notice_hash=asked.notice_hash,
        )

    def tells(self, item: str = BALANCE, value: str = VALUE, program: str = DEBT) -> None:
        self.store.keep_value(self.person_id, program, item, value, self.help_id)

    def is_helped(self, item: str = BALANCE, program: str = DEBT) -> dict[str, str]:
        """A use of what was allowed; gives what was released."""
        release = self.store.release(self.person_id, self.help_id, [(program, item)], program_id=program)
        return dict(release.values)

    def decides(self) -> None:
        """Allows the balance, tells it, has it used, and refuses the rate."""
        self.begin()
        self.answers()
        self.tells()
        self.is_helped()
        self.answers(RATE, yes=False)


@dataclass
class Place:
    """The portal, as a browser reaches it."""

    services: Services
    web: Client
    clock: FakeClock
    catalogue: Catalogue
    database_url: str

    @classmethod
    def on(cls, database_url: str, services: Services, clock: FakeClock, **settings: Any) -> Place:
        app = create_app(Settings(**{**SETTINGS, **settings}), services)
        return cls(services, Client(app), clock, catalogue_of_all(), database_url)

    def somebody(self) -> Chatter:
        """A new person with an anonymous token."""
        return self.holder_of(token.issue(TOKEN_KEY))

    def holder_of(self, held: str) -> Chatter:
        person = self.services.person(held)
        assert person is not None
        return Chatter(self.services.store, self.catalogue, held, person.person_id)

    def get(self, path: str, held: str | None = None, **headers: str) -> Answer:
        return self.web.get(path, {**bearing(held), **headers})

    def post(self, path: str, body: object, held: str | None = None, **headers: str) -> Answer:
        """Sends JSON, or text as it stands."""
        text = body if isinstance(body, str) else json.dumps(body)
        given = {"content-type": "application/json", **bearing(held), **headers}
        return self.web.request("POST", path, given, text.encode())


def bearing(held: str | None) -> dict[str, str]:
    return {} if held is None else {"authorization": f"Bearer {held}"}


OpenPlace = Callable[..., Place]
