"""
The portal in a thread of this process, for pages that talk to the fake assistant.

Its tokens are real ones: whoever has `TOKEN_KEY` can tell them from others.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from portal.app import create_app
from portal.services import Services
from portal.settings import PortalSettings
from tests.portal.place import TOKEN_KEY

__all__ = ["TOKEN_KEY", "running_portal"]
MANY = 1_000_000


@contextmanager
def running_portal(services: Services, *, port: int, assistant_port: int, origins: str) -> Iterator[str]:
    """Gives the portal's address. origins: other websites, apart by commas, that may use the API."""
    settings = PortalSettings(
        portal_port=port,
        rasa_port=assistant_port,
        page_origins=origins,
        sessions_per_minute=MANY,
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
