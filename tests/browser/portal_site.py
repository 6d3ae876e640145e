"""
The portal in a thread of this process, for pages that talk to the fake assistant.

Its tokens are real ones: whoever has `TOKEN_KEY` can tell them from others.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from consent_store import StoreKeys, migrate, open_store, system_clock
from consent_store.receipts import facts_from
from consent_store.signing import Signer
from portal.app import create_app
from portal.services import Services
from programs import load_catalogue
from programs.naming import Names
from programs.receipts import receipt_wording
from settings import Settings

TOKEN_KEY = b"t" * 32
MANY = 1_000_000


@contextmanager
def new_services(folder: Path) -> Iterator[Services]:
    """What the API works with, on an empty store in a folder."""
    url = f"sqlite:///{folder / 'consent.db'}"
    migrate(url)
    store = open_store(url, keys=StoreKeys(b"m" * 32), clock=system_clock)
    catalogue = load_catalogue()
    controller = catalogue.controller
    store.register_controller(
        controller.id, name=controller.name, address=controller.address, contact=controller.contact
    )
    yield Services(
        store=store,
        names=Names(catalogue),
        controller_id=controller.id,
        facts=facts_from(controller, receipt_wording("en")),
        signer=Signer(b"l" * 32),
        token_key=TOKEN_KEY,
        person_key=b"p" * 32,
    )
    store.close()


@contextmanager
def running_portal(services: Services, *, port: int, assistant_port: int, origins: str) -> Iterator[str]:
    """Gives the portal's address. origins: other websites, apart by commas, that may use the API."""
    settings = Settings(
        portal_port=port,
        rasa_port=assistant_port,
        page_origins=origins,
        sessions_per_minute=MANY,
        sessions_per_hour=MANY,
        requests_per_minute=MANY,
        requests_per_minute_and_token=MANY,
    )
    app = create_app(settings, services)
    server = uvicorn.Server(
        uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error", ws="none", lifespan="off")
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.01)
        assert thread.is_alive(), "the portal could not start"
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)
