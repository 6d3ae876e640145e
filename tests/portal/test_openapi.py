"""The OpenAPI document is true: whatever is sent, the API answers what the document says, and never fails."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
import schemathesis
import uvicorn
from hypothesis import Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from consent_store import migrate
from portal.app import create_app
from sealing import token
from settings import Settings
from tests.portal.place import SETTINGS, TOKEN_KEY, Place, bearing, new_services
from tests.unit.consent_store.kit import FakeClock

CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
)
EXAMPLES = 60
HELD = token.issue(TOKEN_KEY)
ROUTES = [
    ("POST", "/session"),
    ("GET", "/me"),
    ("POST", "/me/withdraw"),
    ("GET", "/me/export"),
    ("GET", "/me/receipt"),
    ("POST", "/me/forget"),
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The real server on a port of this computer, with a person in its store."""
    url = f"sqlite:///{tmp_path_factory.mktemp('portal') / 'consent.db'}"
    migrate(url)
    services = new_services(url, FakeClock())
    app = create_app(Settings(**SETTINGS), services)
    Place.on(url, services, FakeClock()).holder_of(HELD).decides()
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="critical", ws="none"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.01)
        assert thread.is_alive(), "the portal could not start"
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(10)
    services.store.close()


@pytest.fixture(scope="module")
def described(address: str) -> schemathesis.BaseSchema:
    return schemathesis.openapi.from_url(f"{address}/api/openapi.json")


TRIES = [
    *((method, path, GenerationMode.POSITIVE) for method, path in ROUTES),
    *((method, path, GenerationMode.NEGATIVE) for method, path in ROUTES if method == "POST"),
]
"""What a GET takes cannot be wrong: it takes nothing."""


@pytest.mark.parametrize(("method", "path", "mode"), TRIES)
def test_whatever_is_sent_the_answer_is_as_described(
    described: schemathesis.BaseSchema, method: str, path: str, mode: GenerationMode
) -> None:
    operation = described[path][method]

    @settings(max_examples=EXAMPLES, derandomize=True, database=None, phases=(Phase.generate,))
    @given(operation.as_strategy(generation_mode=mode))
    def holds(case: schemathesis.Case) -> None:
        held = HELD if method == "GET" else token.issue(TOKEN_KEY)
        case.call_and_validate(headers=bearing(held), checks=CHECKS)

    holds()


def test_every_route_is_tried(described: schemathesis.BaseSchema) -> None:
    paths = described.raw_schema["paths"]
    assert {(method.upper(), path) for path, methods in paths.items() for method in methods} == set(ROUTES)
