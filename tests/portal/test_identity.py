"""Who a website says somebody is: what counts, and every known way to make up what does not."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from portal.identity import Identities, IdentityKeyUnusable, IdentityRefused, read_identity_key
from sealing import token
from tests.portal.place import TOKEN_KEY, OpenPlace, Place

SECRET = b"s" * 32
SHOP = "https://shop.example"
PRIVATE = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER = rsa.generate_private_key(public_exponent=65537, key_size=2048)
SHORT = rsa.generate_private_key(public_exponent=65537, key_size=1024)
PUBLIC_PEM = PRIVATE.public_key().public_bytes(
    serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
)
RS256 = Identities("RS256", PRIVATE.public_key(), audience="ask-first", issuer=SHOP)
HS256 = Identities("HS256", SECRET, audience="ask-first", issuer=SHOP)
PAST, FUTURE = 1_000_000_000, 10_000_000_000


def now() -> float:
    """Tokens are made when they are needed: one that is over would be refused for its age alone."""
    return time.time()


def claims(**changes: Any) -> dict[str, Any]:
    """What a website signs; a change to None leaves a claim out."""
    written = {"iss": SHOP, "aud": "ask-first", "sub": "4711", "exp": int(now()) + 600, **changes}
    return {name: value for name, value in written.items() if value is not None}


def signed(headers: Mapping[str, Any] | None = None, **changes: Any) -> str:
    return jwt.encode(claims(**changes), PRIVATE, "RS256", headers=dict(headers or {}))


def part(content: object) -> str:
    text = content if isinstance(content, str) else json.dumps(content)
    return base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()


def by_hand(header: object, body: object, secret: bytes = b"") -> str:
    """A token that no library would make."""
    head = f"{part(header)}.{part(body)}"
    proof = hmac.new(secret, head.encode(), hashlib.sha256).digest() if secret else b""
    return f"{head}.{base64.urlsafe_b64encode(proof).rstrip(b'=').decode()}"


def refused(text: str, by: Identities = RS256) -> bool:
    try:
        by.read(text, now())
    except IdentityRefused:
        return True
    return False


def test_what_the_website_signed_counts() -> None:
    ends = int(now()) + 600
    one = RS256.read(signed(exp=ends), now())
    assert (one.issuer, one.subject, one.expires_at) == (SHOP, "4711", ends)
    assert HS256.read(jwt.encode(claims(exp=ends), SECRET, "HS256"), now()) == one


def test_it_holds_for_a_day_at_most() -> None:
    at = now()
    assert RS256.read(signed(exp=int(at) + 10**6), at).expires_at == int(at) + 86_400


@pytest.mark.parametrize(
    "changes",
    [
        {"exp": PAST},
        {"exp": None},
        {"exp": "soon"},
        {"exp": float("inf")},
        {"exp": -1},
        {"nbf": FUTURE},
        {"iat": FUTURE},
        {"aud": "another"},
        {"aud": None},
        {"aud": ["another", "askfirst"]},
        {"aud": ""},
        {"iss": "https://evil.example"},
        {"iss": None},
        {"iss": SHOP + "/"},
        {"sub": None},
        {"sub": ""},
        {"sub": "x" * 256},
        {"sub": 4711},
        {"sub": ["4711"]},
        {"sub": {"id": "4711"}},
    ],
    ids=str,
)
def test_a_signature_alone_is_not_enough(changes: dict[str, Any]) -> None:
    by_library = json.dumps(claims(**changes)).encode()
    text = jwt.api_jws.encode(by_library, PRIVATE, "RS256")
    assert refused(text)


def attacks() -> Iterator[tuple[str, str]]:
    """Tokens that somebody without the private key can make; RFC 8725, section 2, names most of them."""
    good = signed()
    header, body, proof = good.split(".")
    for spelling in ("none", "None", "NONE", "nOnE", ""):
        yield f"alg {spelling!r}", by_hand({"alg": spelling, "typ": "JWT"}, claims())
        yield f"alg {spelling!r}, old proof", f"{part({'alg': spelling})}.{body}.{proof}"
    yield "no alg", by_hand({"typ": "JWT"}, claims(), PUBLIC_PEM)
    for secret in (PUBLIC_PEM, PUBLIC_PEM.strip(), b"\0"):
        yield "the public key as a secret", by_hand({"alg": "HS256"}, claims(), secret)
    for kid in (
        "/dev/null",
        "../../../../dev/null",
        "x' UNION SELECT 'k",
        "https://evil.example/k",
        "",
        "0",
        "\0",
    ):
        yield f"kid {kid!r}", by_hand({"alg": "HS256", "kid": kid}, claims(), b"\0")
        yield f"kid {kid!r}, signed by another", jwt.encode(claims(), OTHER, "RS256", headers={"kid": kid})
    jwk = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(OTHER.public_key()))
    own_key = {
        "jwk": jwk,
        "jku": "https://evil.example/keys",
        "x5u": "https://evil.example/c",
        "x5c": ["MII"],
    }
    for name, value in own_key.items():
        yield f"brings {name}", jwt.encode(claims(), OTHER, "RS256", headers={name: value})
    yield "another key", jwt.encode(claims(), OTHER, "RS256")
    yield "another algorithm of the key", jwt.encode(claims(), PRIVATE, "RS512")
    yield "PSS", jwt.encode(claims(), PRIVATE, "PS256")
    yield "elliptic", jwt.encode(claims(), ec.generate_private_key(ec.SECP256R1()), "ES256")
    yield "unknown crit", signed({"crit": ["exp2"], "exp2": 1})
    yield "another body", f"{header}.{part(claims(sub='4712'))}.{proof}"
    yield "no proof", f"{header}.{body}."
    yield "two parts", f"{header}.{body}"
    yield "four parts", f"{good}.{proof}"
    yield "five parts", "a.b.c.d.e"
    yield (
        "JSON form",
        json.dumps({"payload": body, "signatures": [{"protected": header, "signature": proof}]}),
    )
    yield "nested header", f"{part('[' * 3_000)}.{body}.{proof}"
    yield "nested body", by_hand({"alg": "RS256"}, "[" * 3_000)
    yield "header is a list", by_hand(["RS256"], claims())
    yield "alg is a list", by_hand({"alg": ["RS256"]}, claims())
    yield "body is a list", by_hand({"alg": "RS256"}, [1])
    yield "body is no JSON", by_hand({"alg": "RS256"}, "{")
    yield "not base64", "é.é.é"
    yield "half a character", "\ud800.\ud800.\ud800"
    yield "zero byte", f"{good}\0"
    yield "nothing", ""
    yield "dots", ".."


def test_what_the_website_did_not_sign_never_counts() -> None:
    assert not refused(signed())
    assert not refused(jwt.encode(claims(), SECRET, "HS256"), HS256)
    for by in (RS256, HS256):
        assert [name for name, text in attacks() if not refused(text, by)] == []


def test_detached_content_never_counts() -> None:
    """RFC 7797: with b64 false the body is not what was encoded."""
    body = json.dumps(claims()).encode()
    detached = jwt.api_jws.encode(
        body, PRIVATE, "RS256", headers={"b64": False, "crit": ["b64"]}, is_payload_detached=True
    )
    header, _, proof = detached.split(".")
    assert refused(detached)
    assert refused(f"{header}.{body.decode()}.{proof}")
    assert refused(f"{header}.{part(claims())}.{proof}")


def test_the_key_is_never_shown() -> None:
    assert SECRET.decode() not in repr(HS256)
    assert "RSA" not in repr(RS256)


@pytest.fixture
def shop(open_place: OpenPlace) -> Place:
    """A portal that takes the word of a website. Its clock is the computer's, as the library's is."""
    place = open_place(RS256)
    place.clock.now = datetime.fromtimestamp(now(), UTC)
    return place


def test_the_same_customer_has_the_same_conversation_on_every_device(shop: Place) -> None:
    at = int(now())
    phone, laptop, other = (
        shop.post("/api/session", {"identity": signed(sub=sub, exp=at + end)}).json()
        for sub, end in (("4711", 600), ("4711", 900), ("4712", 600))
    )
    opened = [token.conversation_key(TOKEN_KEY, one["token"], at) for one in (phone, laptop, other)]
    assert opened[0] == opened[1] != opened[2]
    assert None not in opened
    assert phone["expires_at"] == datetime.fromtimestamp(at + 600, UTC).isoformat().replace("+00:00", "Z")
    shop.holder_of(phone["token"]).decides()
    assert len(shop.get("/api/me", laptop["token"]).json()["decisions"]) == 2
    assert shop.get("/api/me", other["token"]).json()["decisions"] == []


def test_a_made_up_customer_gets_a_plain_no(shop: Place) -> None:
    answers = set()
    for _, text in attacks():
        answer = shop.post("/api/session", json.dumps({"identity": text}))
        assert answer.status_code == 401
        answers.add(answer.content)
    assert len(answers) == 1
    assert json.loads(answers.pop())["error"] == "invalid_identity"


def test_where_no_website_is_known_an_identity_is_a_mistake_and_not_ignored(place: Place) -> None:
    answer = place.post("/api/session", {"identity": signed()})
    assert (answer.status_code, answer.json()["error"]) == (400, "identity_not_configured")


def write(path: Path, content: bytes, mode: int = 0o600) -> Path:
    path.write_bytes(content)
    path.chmod(mode)
    return path


def pem(key: Any) -> bytes:
    return key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


def test_a_key_file_of_the_right_kind_is_read(tmp_path: Path) -> None:
    public = read_identity_key(write(tmp_path / "shop.pem", PUBLIC_PEM, 0o644), "RS256")
    assert Identities("RS256", public, "ask-first", SHOP).read(signed(), now()).subject == "4711"
    assert read_identity_key(write(tmp_path / "shop.secret", SECRET + b"\n"), "HS256") == SECRET


@pytest.mark.parametrize(
    ("algorithm", "content", "mode", "reason"),
    [
        ("HS256", PUBLIC_PEM, 0o600, "shared secret"),
        ("HS256", b"short", 0o600, "shorter"),
        ("HS256", SECRET, 0o644, "chmod 600"),
        ("RS256", SECRET, 0o600, "no public key"),
        ("RS256", b"", 0o600, "no public key"),
        ("RS256", pem(ec.generate_private_key(ec.SECP256R1()).public_key()), 0o600, "no RSA key"),
        ("RS256", pem(SHORT.public_key()), 0o600, "2048"),
    ],
)
def test_a_key_file_of_the_wrong_kind_is_refused(
    tmp_path: Path, algorithm: Any, content: bytes, mode: int, reason: str
) -> None:
    with pytest.raises(IdentityKeyUnusable, match=reason) as unusable:
        read_identity_key(write(tmp_path / "key", content, mode), algorithm)
    assert SECRET.decode() not in str(unusable.value)


def test_a_private_key_is_refused_where_a_public_one_is_wanted(tmp_path: Path) -> None:
    private = PRIVATE.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    with pytest.raises(IdentityKeyUnusable, match="no public key"):
        read_identity_key(write(tmp_path / "key", private), "RS256")
    with pytest.raises(IdentityKeyUnusable, match="cannot be read"):
        read_identity_key(tmp_path / "missing", "RS256")
