"""What the portal does not even look at: many headers, long ones, letters that no header may have."""

from __future__ import annotations

import pytest

from portal.app import create_app
from settings import Settings
from tests.unit.portal.client import Client

MANY = {f"x-{number}": "y" for number in range(20)}


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/health", {"x": "y"}, 200),
        ("/health", MANY, 431),
        ("/health", {"x": "y" * 2_000}, 431),
        ("/health?" + "y" * 2_000, {}, 431),
        ("/health", {"x": "\xff"}, 400),
        ("/api/openapi.json", {"authorization": "Bearer \xe9"}, 400),
    ],
)
def test_headers_are_few_and_short_and_in_ascii(path: str, headers: dict[str, str], status: int) -> None:
    answer = Client(create_app(Settings(headers=16, header_bytes=1024))).get(path, headers)
    assert answer.status_code == status
    assert answer.headers["x-content-type-options"] == "nosniff"
