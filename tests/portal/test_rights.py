"""A person's rights over the web: what they see, take back, take along, prove, and have deleted."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from consent_store import StoreUnavailable, is_certificate
from portal.api.me import as_file
from programs import LINK_ITEM, link_notice
from sealing import token
from tests.portal.place import BALANCE, DEBT, RATE, TOKEN_KEY, VALUE, Place

ROOT = Path(__file__).parents[2]


def schema(name: str) -> object:
    return json.loads((ROOT / "docs" / f"{name}.schema.json").read_text(encoding="utf-8"))


def test_who_said_nothing_yet_sees_that_nothing_is_kept(place: Place) -> None:
    seen = place.get("/api/me", place.somebody().token).json()
    assert seen == {"decisions": [], "uses": [], "conversation": {"days": 30}}


def test_a_person_sees_what_they_decided_and_every_use_in_words(place: Place) -> None:
    someone = place.somebody()
    someone.decides()
    place.clock.turn(minutes=1)
    someone.is_helped()
    seen = place.get("/api/me", someone.token).json()
    debt = place.catalogue.programs[DEBT]
    given = {one["item"]: one for one in seen["decisions"]}
    assert given[BALANCE] == {
        "program": DEBT,
        "program_name": debt.name,
        "purpose": DEBT,
        "purpose_text": debt.purpose,
        "item": BALANCE,
        "item_name": place.catalogue.items[BALANCE].name,
        "status": "given",
        "decided_at": "2026-05-03T10:00:00Z",
        "expires_at": None,
        "has_value": True,
    }
    assert (given[RATE]["status"], given[RATE]["has_value"]) == ("refused", False)
    assert [one["at"] for one in seen["uses"]] == ["2026-05-03T10:01:00Z", "2026-05-03T10:00:00Z"]
    assert place.get("/api/me", someone.token).headers["content-language"] == "en"
    assert seen["uses"][0]["items"] == [place.catalogue.items[BALANCE].name]


def test_what_is_kept_for_the_next_time_says_until_when(place: Place) -> None:
    someone = place.somebody()
    someone.decides()
    someone.answers(remember=True)
    kept = next(
        one
        for one in place.get("/api/me", someone.token).json()["decisions"]
        if one["purpose"] == f"{DEBT}.remember"
    )
    assert kept["program"] == DEBT
    assert kept["purpose_text"] == place.catalogue.programs[DEBT].remember_purpose
    assert kept["expires_at"] > "2026-05-04"


def test_a_value_is_in_the_export_and_in_no_other_answer(place: Place) -> None:
    someone = place.somebody()
    someone.decides()
    for path in ("/api/me", "/api/me/receipt"):
        assert VALUE not in place.get(path, someone.token).text
    assert VALUE in place.get("/api/me/export", someone.token).text
    for body in ({"all": True}, {"purpose": DEBT, "item": BALANCE}):
        assert VALUE not in place.post("/api/me/withdraw", body, someone.token).text
    assert VALUE not in place.post("/api/me/forget", {"sure": True}, someone.token).text


def test_taking_back_one_leaves_the_other_and_deletes_the_value(place: Place) -> None:
    someone = place.somebody()
    someone.decides()
    someone.answers(remember=True)
    taken = place.post("/api/me/withdraw", {"purpose": DEBT, "item": BALANCE}, someone.token).json()
    assert [(one["purpose"], one["item"]) for one in taken["withdrawn"]] == [(DEBT, BALANCE)]
    assert taken["withdrawn"][0]["item_name"] == place.catalogue.items[BALANCE].name
    assert taken["withdrawn"][0]["purpose_text"] == place.catalogue.programs[DEBT].purpose
    statuses = {
        (one["purpose"], one["item"]): one["status"]
        for one in place.get("/api/me", someone.token).json()["decisions"]
    }
    assert statuses == {
        (DEBT, BALANCE): "withdrawn",
        (DEBT, RATE): "refused",
        (f"{DEBT}.remember", BALANCE): "given",
    }
    assert someone.is_helped() == {}


def test_taking_back_one_item_leaves_another_of_the_same_help(place: Place) -> None:
    someone = place.somebody()
    someone.begin()
    for item in (BALANCE, RATE):
        someone.answers(item)
    taken = place.post("/api/me/withdraw", {"purpose": DEBT, "item": RATE}, someone.token).json()
    assert [one["item"] for one in taken["withdrawn"]] == [RATE]
    stands = {one["item"]: one["status"] for one in place.get("/api/me", someone.token).json()["decisions"]}
    assert stands == {BALANCE: "given", RATE: "withdrawn"}


def test_taking_back_everything(place: Place) -> None:
    someone = place.somebody()
    someone.decides()
    someone.answers(remember=True)
    taken = place.post("/api/me/withdraw", {"all": True}, someone.token).json()
    assert {one["purpose"] for one in taken["withdrawn"]} == {DEBT, f"{DEBT}.remember"}
    assert VALUE not in place.get("/api/me/export", someone.token).text
    assert place.post("/api/me/withdraw", {"all": True}, someone.token).json() == {"withdrawn": []}


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"all": False},
        {"all": 1},
        {"all": "true"},
        {"item": BALANCE},
        {"purpose": DEBT},
        {"purpose": "", "item": ""},
        {"purpose": None, "item": BALANCE},
        {"purpose": DEBT, "item": BALANCE, "all": True},
        {"purpose": DEBT, "item": BALANCE, "person": "another"},
        {"purpose": DEBT, "item": ["a", "b"]},
        {"purpose": DEBT, "item": "x" * 101},
    ],
    ids=str,
)
def test_an_unclear_taking_back_takes_nothing_back(place: Place, body: object) -> None:
    someone = place.somebody()
    someone.decides()
    answer = place.post("/api/me/withdraw", body, someone.token)
    assert (answer.status_code, answer.json()["error"]) == (422, "bad_request")
    assert place.get("/api/me", someone.token).json()["decisions"][0]["status"] == "given"


@pytest.mark.parametrize(
    "body", [{}, {"sure": False}, {"sure": "true"}, {"sure": 1}, {"sure": True, "x": 1}, []], ids=str
)
def test_nobody_is_forgotten_by_mistake(place: Place, body: object) -> None:
    someone = place.somebody()
    someone.decides()
    assert place.post("/api/me/forget", body, someone.token).status_code == 422
    assert place.get("/api/me", someone.token).json()["decisions"]


def test_the_export_is_a_file_in_its_published_form(place: Place) -> None:
    someone = place.somebody()
    someone.decides()
    answer = place.get("/api/me/export", someone.token)
    assert answer.headers["content-disposition"] == 'attachment; filename="ask-first-data.json"'
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"] == "no-store"
    document = answer.json()
    jsonschema.validate(document, schema("export"))
    assert document["values"][0]["value"] == VALUE
    assert document["values"][0]["item"]["name"] == place.catalogue.items[BALANCE].name


def test_a_file_holds_also_what_is_no_whole_character() -> None:
    """JSON can carry half a surrogate pair, and UTF-8 cannot (RFC 8259, section 8.2)."""
    for said in ("a whole \U0001f600", "half \ud83d a character"):
        assert json.loads(as_file({"said": said}, "x.json", "application/json").body) == {"said": said}


def test_the_receipt_is_verified_by_the_command_line(place: Place, tmp_path: Path) -> None:
    someone = place.somebody()
    someone.decides()
    answer = place.get("/api/me/receipt", someone.token)
    assert answer.headers["content-type"] == "application/ld+json"
    assert answer.headers["content-disposition"].startswith('attachment; filename="ask-first-receipt-')
    assert answer.json()["receipt_id"] in answer.headers["content-disposition"]
    jsonschema.validate(answer.json(), schema("receipt"))
    genuine, changed = tmp_path / "receipt.json", tmp_path / "changed.json"
    genuine.write_bytes(answer.content)
    changed.write_bytes(answer.content.replace(b'"dpv:ConsentRefused"', b'"dpv:ConsentGiven"'))
    assert genuine.read_bytes() != changed.read_bytes()
    key = place.services.signer.public_key
    for file, code in ((genuine, 0), (changed, 1)):
        command = [sys.executable, "-m", "cli", "receipt", "verify", str(file), "--public-key", key]
        assert subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode == code


def test_who_decided_nothing_has_no_receipt(place: Place) -> None:
    answer = place.get("/api/me/receipt", place.somebody().token)
    assert (answer.status_code, answer.json()["error"]) == (404, "nothing_decided")


def test_forget_me_ends_in_a_certificate_and_leaves_nothing(place: Place) -> None:
    someone, other = place.somebody(), place.somebody()
    someone.decides()
    other.decides()
    before = place.get("/api/me", other.token).json()
    certificate = place.post("/api/me/forget", {"sure": True}, someone.token).json()["certificate"]
    jsonschema.validate(certificate, schema("certificate"))
    assert is_certificate(certificate, place.services.signer.public_key)
    assert certificate["verified"] is certificate["anything_erased"] is True
    assert certificate["controller"]["name"] == place.catalogue.controller.name
    assert place.get("/api/me", someone.token).json()["decisions"] == []
    assert place.get("/api/me", other.token).json() == before
    assert not place.services.store.verify_ledger().faults


def test_who_is_forgotten_twice_gets_a_certificate_of_nothing(place: Place) -> None:
    someone = place.somebody()
    certificate = place.post("/api/me/forget", {"sure": True}, someone.token).json()["certificate"]
    assert certificate["verified"] is True
    assert certificate["anything_erased"] is False


def test_while_the_store_is_away_it_is_said_calmly(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object, **__: object) -> None:
        raise StoreUnavailable("database_locked", person="bef3d57c")

    someone = place.somebody()
    for method in ("resolve", "overview", "export"):
        with monkeypatch.context() as broken:
            broken.setattr(type(place.services.store), method, away)
            answer = place.get("/api/me/export" if method == "export" else "/api/me", someone.token)
        assert (answer.status_code, answer.json()["error"]) == (503, "store_unavailable")
        assert answer.headers["retry-after"].isdigit()
        assert "bef3d57c" not in answer.text


def test_a_fault_of_ours_tells_nothing(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    def fall_over(*_: object, **__: object) -> None:
        raise RuntimeError(VALUE)

    monkeypatch.setattr(type(place.services.store), "overview", fall_over)
    answer = place.get("/api/me", place.somebody().token)
    assert (answer.status_code, answer.json()["error"]) == (500, "own_fault")
    assert VALUE not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_two_linked_chats_are_one_person(place: Place) -> None:
    """Who links a second chat sees and takes back from either what was decided in both."""
    known = token.issue_for(TOKEN_KEY, "https://shop.example", "4711", int(place.clock.now.timestamp()) + 60)
    here, there = place.somebody(), place.holder_of(known)
    here.decides()
    there.begin("link")
    notice = link_notice(place.catalogue, "en")
    store = place.services.store
    asked = store.ask(there.person_id, there.help_id, notice, channel="widget", rendered_text=notice.text)
    store.answer(
        asked.request_id,
        there.person_id,
        channel="widget",
        reading="yes",
        words="Allow",
        button="allow",
        confidence=1.0,
        notice_hash=asked.notice_hash,
    )
    assert store.finish_link(there.person_id, store.start_link(here.person_id)).linked
    seen = [place.get("/api/me", one.token).json()["decisions"] for one in (here, there)]
    assert seen[0] == seen[1]
    assert {one["item"] for one in seen[0]} == {BALANCE, RATE, LINK_ITEM}
    linked = next(one for one in seen[0] if one["item"] == LINK_ITEM)
    assert linked["item_name"] != LINK_ITEM
    place.post("/api/me/forget", {"sure": True}, there.token)
    assert place.get("/api/me", here.token).json()["decisions"] == []
