"""Tokens for the widget: what one gets, from where, how often, and how large."""

from __future__ import annotations

import json

import pytest

from portal.api.rates import address_of
from sealing import token
from tests.portal.place import TOKEN_KEY, OpenPlace, Place, bearing

SHOP = "https://shop.example"


def test_anybody_gets_a_token_that_opens_a_conversation_of_its_own(place: Place) -> None:
    first, second = (place.post("/api/session", {}).json() for _ in range(2))
    assert token.conversation_key(TOKEN_KEY, first["token"])
    assert first["token"] != second["token"]
    assert first["assistant"] == "http://127.0.0.1:5999"
    assert first["expires_at"] is None


@pytest.mark.parametrize(
    "body",
    [
        "",
        "null",
        "[]",
        "{",
        '{"identity": 1}',
        '{"identity": {}}',
        '{"token": "mine"}',
        '{"x": "' + "\\ud800" + '"}',
        "[" * 5_000,
        '{"identity": NaN}',
    ],
    ids=lambda body: ascii(body[:20]),
)
def test_what_is_no_request_is_refused_and_not_repeated(place: Place, body: str) -> None:
    answer = place.post("/api/session", body)
    assert answer.status_code == 422
    assert answer.json()["error"] == "bad_request"
    assert set(answer.json()) == {"error", "what_to_do"}


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
def test_a_form_of_another_page_gets_no_token(place: Place, kind: str) -> None:
    """These kinds a page may send anywhere without asking (Fetch standard, "CORS-safelisted")."""
    headers = {"content-type": kind, "origin": "https://evil.example"}
    answer = place.web.request("POST", "/api/session", headers, b"{}")
    assert answer.status_code == 422


def test_pages_of_listed_origins_may_read_the_answer_and_others_may_not(place: Place) -> None:
    for origin, allowed in (
        (SHOP, SHOP),
        ("https://evil.example", None),
        ("null", None),
        (SHOP + ".evil", None),
    ):
        answer = place.post("/api/session", {}, origin=origin)
        assert answer.headers.get("access-control-allow-origin") == allowed
        assert "access-control-allow-credentials" not in answer.headers
        assert "origin" in answer.headers["vary"].lower()


@pytest.mark.parametrize(("origin", "status"), [(SHOP, 200), ("https://evil.example", 400)])
def test_a_browser_that_asks_first_is_told(place: Place, origin: str, status: int) -> None:
    wanted = {
        "access-control-request-method": "POST",
        "access-control-request-headers": "authorization,content-type",
    }
    answer = place.web.request("OPTIONS", "/api/me/forget", {"origin": origin, **wanted})
    assert answer.status_code == status
    assert (answer.headers.get("access-control-allow-origin") == origin) == (status == 200)


def test_one_address_gets_so_many_tokens_in_a_minute(open_place: OpenPlace) -> None:
    place = open_place(sessions_per_minute=2)
    statuses = [place.post("/api/session", {}).status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
    refused = place.post("/api/session", {})
    assert refused.json()["error"] == "too_many_requests"
    assert 1 <= int(refused.headers["retry-after"]) <= 60


def test_one_address_gets_so_many_tokens_in_an_hour(open_place: OpenPlace) -> None:
    place = open_place(sessions_per_hour=2)
    assert [place.post("/api/session", {}).status_code for _ in range(2)] == [200, 200]
    refused = place.post("/api/session", {})
    assert (refused.status_code, refused.json()["error"]) == (429, "too_many_requests")
    assert 60 < int(refused.headers["retry-after"]) <= 3600


def test_also_what_is_never_understood_is_counted(open_place: OpenPlace) -> None:
    place = open_place(requests_per_minute=3)
    for path in ("/api/nothing", "/api/me", "/api/openapi.json"):
        assert place.get(path).status_code != 429
    refused = place.get("/api/me", origin=SHOP)
    assert refused.status_code == 429
    assert refused.headers["access-control-allow-origin"] == SHOP
    assert place.get("/health").status_code == 200


def test_one_person_may_ask_so_often_from_wherever(open_place: OpenPlace) -> None:
    place = open_place(requests_per_minute_and_token=2)
    one, other = place.somebody(), place.somebody()
    assert [place.get("/api/me", one.token).status_code for _ in range(3)] == [200, 200, 429]
    assert place.get("/api/me", other.token).status_code == 200


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("10.0.0.1", "10.0.0.1", True),
        ("10.0.0.1", "10.0.0.2", False),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:10.0.0.1", "10.0.0.1", True),
        ("::ffff:10.0.0.1", "::ffff:10.0.0.2", False),
    ],
)
def test_an_ipv6_network_counts_as_one_address(first: str, second: str, same: bool) -> None:
    assert (address_of({"client": (first, 1)}) == address_of({"client": (second, 2)})) is same


@pytest.mark.parametrize("path", ["/api/session", "/api/me/withdraw", "/api/nothing"])
def test_a_request_of_more_than_ten_kilobytes_is_refused(place: Place, path: str) -> None:
    body = json.dumps({"identity": "x" * 10_000}).encode()
    headers = {"content-type": "application/json", **bearing(place.somebody().token)}
    declared = place.web.request("POST", path, headers, body)
    in_pieces = place.web.request("POST", path, headers, [body[:6_000], body[6_000:]])
    too_short = place.web.request("POST", path, {**headers, "content-length": "2"}, body)
    for answer in (declared, in_pieces, too_short):
        assert (answer.status_code, answer.json()["error"]) == (413, "too_large")
