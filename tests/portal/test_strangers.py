"""Every route, walked with tokens that do not count: nothing of the person comes out, and nothing changes."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator

import pytest

from sealing import token
from sealing.tagging import tag
from tests.contract import raw
from tests.portal.place import BALANCE, DEBT, TOKEN_KEY, VALUE, Chatter, Place, bearing
from tests.unit.portal.client import Answer

BODIES: dict[str, object] = {
    "/session": {},
    "/me/withdraw": {"purpose": DEBT, "item": BALANCE},
    "/me/forget": {"sure": True},
}
ABOUT_NOBODY = {"/session"}
ROUTES = 6


def forged(place: Place) -> dict[str, str | None]:
    """Headers that claim to be somebody, by what is wrong with them."""
    now = int(place.clock.now.timestamp())
    theirs = token.issue(b"another key of 32 bytes, or more")
    ours = token.issue(TOKEN_KEY)
    over = token.issue_for(TOKEN_KEY, "https://shop.example", "4711", now)
    longer = token.issue_for(TOKEN_KEY, "https://shop.example", "4711", now + 60)
    return {
        "none": None,
        "empty": "Bearer ",
        "no scheme": ours,
        "basic": f"Basic {ours}",
        "of another key": f"Bearer {theirs}",
        "cut": f"Bearer {ours[:-1]}",
        "changed": f"Bearer {ours[:-1]}{'A' if ours[-1] != 'A' else 'B'}",
        "over": f"Bearer {over}",
        "over, with the end of another": f"Bearer {prolonged(over, longer)}",
        "a conversation's key": f"Bearer {token.conversation_key(TOKEN_KEY, ours)}",
        "a bare tag": f"Bearer {tag(TOKEN_KEY, 'widget-token').hex()}",
        "two": f"Bearer {ours}, {ours}",
    }


def prolonged(over: str, longer: str) -> str:
    """A token that is over, with the end written into it that another has."""
    old, new = (base64.urlsafe_b64decode(one) for one in (over, longer))
    end = slice(len(old) - token.TAG_BYTES - token.EXPIRY_BYTES, len(old) - token.TAG_BYTES)
    return base64.urlsafe_b64encode(old[: end.start] + new[end] + old[end.stop :]).decode()


def routes(place: Place) -> Iterator[tuple[str, str]]:
    """Method and path of every route, as the OpenAPI document lists them."""
    described = place.get("/api/openapi.json").json()["paths"]
    for path, methods in described.items():
        for method in methods:
            yield method.upper(), path


def ask(place: Place, method: str, path: str, header: str | None) -> Answer:
    headers = {"content-type": "application/json"}
    if header is not None:
        headers["authorization"] = header
    body = json.dumps(BODIES[path]).encode() if method == "POST" else b""
    return place.web.request(method, f"/api{path}", headers, body)


def kept(place: Place) -> dict[str, object]:
    """Every row of the store, as it stands."""
    tables = raw.rows(place.database_url, "SELECT name FROM sqlite_master WHERE type = 'table'")
    names = sorted(str(row["name"]) for row in tables)
    return {name: raw.rows(place.database_url, f"SELECT * FROM {name} ORDER BY 1") for name in names}


@pytest.fixture
def someone(place: Place) -> Chatter:
    """Somebody about whom there is much to find."""
    one = place.somebody()
    one.decides()
    return one


def test_every_route_is_walked(place: Place) -> None:
    walked = set(routes(place))
    assert len(walked) == ROUTES
    assert {path for method, path in walked if method == "POST"} == set(BODIES)


def test_whoever_has_no_token_of_ours_gets_the_same_no_and_changes_nothing(
    place: Place, someone: Chatter
) -> None:
    before = kept(place)
    answers = set()
    for method, path in routes(place):
        if path in ABOUT_NOBODY:
            continue
        for what, header in forged(place).items():
            answer = ask(place, method, path, header)
            assert answer.status_code == 401, (what, path)
            assert answer.headers["www-authenticate"] == "Bearer"
            answers.add(answer.content)
    assert len(answers) == 1
    assert kept(place) == before


@pytest.mark.parametrize("header", [f"Bearer {'é' * 32}", "Bearer \x80" * 8])
def test_a_header_that_is_no_ascii_is_refused_before_anything_is_looked_at(place: Place, header: str) -> None:
    for method, path in routes(place):
        answer = ask(place, method, path, header)
        assert (answer.status_code, answer.content) == (400, b"")


def test_another_persons_token_reaches_their_own_things_only(place: Place, someone: Chatter) -> None:
    before = place.get("/api/me", someone.token).json()
    other = place.somebody()
    for method, path in routes(place):
        answer = ask(place, method, path, f"Bearer {other.token}")
        assert answer.status_code in {200, 404}
        for telling in (VALUE, someone.person_id, someone.help_id, BALANCE):
            assert telling not in answer.text
    assert place.get("/api/me", someone.token).json() == before
    assert someone.is_helped() == {BALANCE: VALUE}


@pytest.mark.parametrize("trick", ["query", "path", "cookie", "header", "body"])
def test_who_is_meant_follows_from_the_token_alone(place: Place, someone: Chatter, trick: str) -> None:
    other = place.somebody()
    me = "/api/me"
    headers = bearing(other.token)
    if trick == "query":
        me += f"?person={someone.person_id}&token={someone.token}&access_token={someone.token}"
    elif trick == "path":
        me += f"/{someone.person_id}"
    elif trick == "cookie":
        headers["cookie"] = f"token={someone.token}; person={someone.person_id}"
    elif trick == "header":
        headers |= {
            "x-token": someone.token,
            "x-user": someone.person_id,
            "x-forwarded-user": someone.person_id,
        }
    answer = place.web.request(
        "GET", me, headers, json.dumps({"person": someone.person_id}).encode() if trick == "body" else b""
    )
    assert someone.person_id not in answer.text
    assert "given" not in answer.text
    assert place.get(me.replace("?", "?x&") if trick == "query" else "/api/me").status_code == 401


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "HEAD", "TRACE", "POST"])
def test_another_method_does_nothing(place: Place, someone: Chatter, method: str) -> None:
    before = kept(place)
    assert place.web.request(method, "/api/me", bearing(someone.token)).status_code == 405
    assert kept(place) == before


def test_an_identity_token_ends_while_it_is_used(place: Place) -> None:
    end = int(place.clock.now.timestamp()) + 60
    someone = place.holder_of(token.issue_for(TOKEN_KEY, "https://shop.example", "4711", end))
    someone.decides()
    assert place.get("/api/me", someone.token).json()["decisions"]
    place.clock.turn(seconds=60)
    assert place.get("/api/me", someone.token).status_code == 401
    again = place.holder_of(token.issue_for(TOKEN_KEY, "https://shop.example", "4711", end + 60))
    assert again.person_id == someone.person_id
    assert place.get("/api/me", again.token).json()["decisions"]


def test_no_answer_repeats_what_was_sent(place: Place) -> None:
    sent = "Zq4711secret"
    headers = {"content-type": "application/json", "origin": f"https://{sent}.example"}
    for path in (f"/api/{sent}", f"/api/me?{sent}", "/api/session", "/api/me/withdraw"):
        for method in ("GET", "POST", "PUT", "OPTIONS"):
            for held in (sent, place.somebody().token):
                body = json.dumps({sent: sent}).encode()
                answer = place.web.request(method, path, {**headers, **bearing(held)}, body)
                assert sent not in answer.text
                assert sent not in str(answer.headers.raw)
