"""A receipt is verified offline, with the public key alone; whatever is changed in it is found."""

from __future__ import annotations

import copy
import json
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from consent_store.receipts import ReceiptUnreadable, read_receipt, verify_receipt
from consent_store.signing import Signer, key_name
from tests.unit.consent_store.receipts.samples import SIGNER, signed_again

KEY = SIGNER.public_key
Path = tuple[str | int, ...]
PLAIN = some.none() | some.booleans() | some.integers() | some.floats() | some.text()
ANYTHING = some.recursive(PLAIN, lambda inner: some.lists(inner) | some.dictionaries(some.text(), inner))


def leaves(content: Any, path: Path = ()) -> Iterator[Path]:
    """The places of everything that is no object and no list."""
    inner = content.items() if isinstance(content, dict) else enumerate(content)
    for name, value in inner:
        if isinstance(value, dict | list):
            yield from leaves(value, (*path, name))
        else:
            yield (*path, name)


def nodes(content: Any, path: Path = ()) -> Iterator[Path]:
    """The places of all objects and lists."""
    yield path
    for name, value in content.items() if isinstance(content, dict) else enumerate(content):
        if isinstance(value, dict | list):
            yield from nodes(value, (*path, name))


def inside(document: Any, path: Path) -> Any:
    for name in path:
        document = document[name]
    return document


def test_a_receipt_is_genuine(document: dict[str, Any]) -> None:
    assert verify_receipt(document, KEY).reasons == ()
    assert verify_receipt(document, f" {KEY}\n").ok


def test_verifying_needs_no_network(document: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("nothing is fetched")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert verify_receipt(document, KEY).ok


def test_the_order_of_names_in_a_file_does_not_matter(document: dict[str, Any]) -> None:
    text = json.dumps(dict(reversed(document.items())), indent=4)
    assert verify_receipt(read_receipt(text), KEY).ok


@given(data=some.data())
def test_any_leaf_that_is_changed_is_found(issued: dict[str, Any], data: some.DataObject) -> None:
    document = copy.deepcopy(issued)
    path = data.draw(some.sampled_from(sorted(leaves(issued), key=repr)))
    former = inside(document, path)
    others = some.text() | some.integers() | some.booleans() | some.none() | some.floats()
    new = data.draw(others.filter(lambda one: repr(one) != repr(former)))
    inside(document, path[:-1])[path[-1]] = new
    assert not verify_receipt(document, KEY).ok


@given(data=some.data())
def test_one_character_is_enough_to_be_found(issued: dict[str, Any], data: some.DataObject) -> None:
    document = copy.deepcopy(issued)
    texts = [path for path in leaves(issued) if isinstance(inside(issued, path), str)]
    path = data.draw(some.sampled_from(texts))
    former = inside(document, path)
    place = data.draw(some.integers(0, len(former) - 1))
    new = data.draw(some.characters(exclude_characters=former[place], codec="utf-8"))
    inside(document, path[:-1])[path[-1]] = former[:place] + new + former[place + 1 :]
    assert not verify_receipt(document, KEY).ok


@given(data=some.data())
def test_anything_left_out_or_added_is_found(issued: dict[str, Any], data: some.DataObject) -> None:
    document = copy.deepcopy(issued)
    node = inside(document, data.draw(some.sampled_from(sorted(nodes(issued), key=repr))))
    if data.draw(some.booleans()):
        node.pop(next(iter(node))) if isinstance(node, dict) else node.pop()
    else:
        node.update({"more": 1}) if isinstance(node, dict) else node.append(node[0])
    assert not verify_receipt(document, KEY).ok


@given(document=ANYTHING)
def test_what_is_no_receipt_is_refused_with_reasons(document: object) -> None:
    verdict = verify_receipt(document, KEY)
    assert not verdict.ok
    assert verdict.reasons


def test_another_issuers_key_does_not_fit(document: dict[str, Any]) -> None:
    other = Signer(b"t" * 32).public_key
    assert verify_receipt(document, other).reasons == ("proof/key: signed with another key",)
    document["proof"]["key"] = key_name(other)
    assert verify_receipt(document, other).reasons == ("signature: does not fit the receipt",)


@pytest.mark.parametrize("key", ["", "nonsense", "é", "A" * 43])
def test_a_key_that_is_none_verifies_nothing(document: dict[str, Any], key: str) -> None:
    document["proof"]["key"] = key_name(key)
    assert not verify_receipt(document, key).ok


def test_a_signature_under_another_domain_is_none(document: dict[str, Any]) -> None:
    unsigned = {**document, "proof": {k: v for k, v in document["proof"].items() if k != "signature"}}
    document["proof"]["signature"] = SIGNER.sign("ask-first.checkpoint.v1", unsigned)
    assert verify_receipt(document, KEY).reasons == ("signature: does not fit the receipt",)


def test_a_proof_of_another_kind_is_refused_though_signed(document: dict[str, Any]) -> None:
    document["proof"]["algorithm"] = "none"
    assert verify_receipt(signed_again(document), KEY).reasons == ("proof: of another kind",)


def test_a_receipt_too_deep_to_be_one_is_refused(document: dict[str, Any]) -> None:
    deep: Any = []
    for _ in range(100_000):
        deep = [deep]
    document["records"][0]["more"] = deep
    assert verify_receipt(document, KEY).reasons == ("signature: does not fit the receipt",)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "no",
        '{"a":1,"a":2}',
        '{"a":1.5}',
        '{"a":NaN}',
        '{"a":{"b":1,"b":1}}',
        "[" * 100_000,
        b"\xff\xfe{",
    ],
    ids=["empty", "list", "no json", "twice", "float", "NaN", "twice below", "deep", "no text"],
)
def test_a_file_that_two_readers_could_read_otherwise_is_refused(text: str | bytes) -> None:
    with pytest.raises(ReceiptUnreadable):
        read_receipt(text)


def test_a_file_is_read_as_it_is(document: dict[str, Any]) -> None:
    assert read_receipt(json.dumps(document).encode()) == document
