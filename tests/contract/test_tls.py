"""A server gets name and password only over the kind of connection that its address asks for."""

from __future__ import annotations

import ipaddress
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from consent_store import StoreNotReady, StoreUnavailable
from consent_store.sql import tls
from consent_store.sql.engine import parse
from consent_store.sql.schema import open_engine

OTHER_MACHINE, THIS_MACHINE = "127.0.0.2", "127.0.0.1"
ASKS_FOR_TLS = struct.pack("!ii", 8, 80877103)
ASKS_FOR_PASSWORD = b"R" + struct.pack("!ii", 8, 3)
PASSWORD = b"hunter2"


@contextmanager
def server(host: str, answer: Callable[[socket.socket], socket.socket]) -> Iterator[tuple[int, list[bytes]]]:
    """Its port, and what it heard after a wish for TLS was answered; asks everyone for their password."""
    heard: list[bytes] = []
    listening = socket.create_server((host, 0))

    def serve() -> None:
        with suppress(OSError):
            while True:
                with listening.accept()[0] as connection, suppress(OSError):
                    connection.settimeout(5)
                    talk(connection)

    def talk(connection: socket.socket) -> None:
        if connection.recv(8, socket.MSG_PEEK) == ASKS_FOR_TLS:
            connection.recv(8)
            connection = answer(connection)
        heard.append(connection.recv(1000))
        connection.sendall(ASKS_FOR_PASSWORD)
        heard.append(connection.recv(1000))
        connection.close()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listening.getsockname()[1], heard
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join(5)


def no_tls(connection: socket.socket) -> socket.socket:
    connection.sendall(b"N")
    return connection


def heard_at(host: str, words: str, answer: Callable[[socket.socket], socket.socket] = no_tls) -> bytes:
    with server(host, answer) as (port, heard), pytest.raises(StoreUnavailable):
        open_engine(f"postgresql://ada:{PASSWORD.decode()}@{host}:{port}/x{words}", patience=5)
    return b"".join(heard)


@pytest.mark.parametrize("words", ["", *(f"?sslmode={mode}" for mode in tls.MODES[2:])])
def test_a_server_that_has_no_tls_hears_nothing(words: str) -> None:
    assert heard_at(OTHER_MACHINE, words) == b""


@pytest.mark.parametrize("words", [f"?sslmode={mode}" for mode in tls.MODES[2:]])
def test_what_the_address_says_holds_on_this_machine_too(words: str) -> None:
    assert heard_at(THIS_MACHINE, words) == b""


@pytest.mark.parametrize(
    ("host", "words"),
    [(THIS_MACHINE, ""), (OTHER_MACHINE, "?sslmode=disable"), (OTHER_MACHINE, "?sslmode=prefer")],
)
def test_without_tls_only_here_or_where_the_address_says_so(host: str, words: str) -> None:
    assert PASSWORD in heard_at(host, words)


def test_a_host_in_the_query_is_the_host_that_counts() -> None:
    assert tls.mode(parse("postgresql://localhost/x?host=db.example")) == "verify-full"
    assert tls.mode(parse("postgresql://db.example/x?unix_sock=/run/x")) == "disable"


@pytest.mark.parametrize("words", ["sslmode=verify_full", "sslmode=require&sslmode=disable"])
def test_a_slip_of_the_pen_opens_nothing(words: str) -> None:
    with pytest.raises(StoreNotReady, match="sslmode_is_unknown"):
        parse(f"postgresql://db.example/x?{words}")


def test_a_root_certificate_that_is_not_there_opens_nothing(tmp_path: Path) -> None:
    with pytest.raises(StoreNotReady, match="sslrootcert_cannot_be_read"):
        open_engine(f"postgresql://db.example/x?sslrootcert={tmp_path / 'none'}")


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """A file with key and certificate of a server at an address, signed by itself."""
    folder = tmp_path_factory.mktemp("certificates")

    def make(address: str) -> Path:
        path = folder / address
        if not path.exists():
            path.write_bytes(certificate(address))
        return path

    return make


def certificate(address: str) -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "database")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(address))]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    return made.public_bytes(serialization.Encoding.PEM) + key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


@pytest.mark.parametrize(
    ("words", "trusts", "named_for", "is_told"),
    [
        ("", False, OTHER_MACHINE, False),
        ("", True, OTHER_MACHINE, True),
        ("", True, "127.0.0.3", False),
        ("sslmode=verify-full&", True, "127.0.0.3", False),
        ("sslmode=verify-ca&", True, "127.0.0.3", True),
        ("sslmode=verify-ca&", False, OTHER_MACHINE, False),
        ("sslmode=require&", False, OTHER_MACHINE, True),
        ("sslmode=prefer&", False, OTHER_MACHINE, True),
    ],
)
def test_a_server_with_tls_proves_who_it_is(
    certificates: Callable[[str], Path], words: str, trusts: bool, named_for: str, is_told: bool
) -> None:
    file = certificates(named_for)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)

    def with_tls(connection: socket.socket) -> socket.socket:
        connection.sendall(b"S")
        return context.wrap_socket(connection, server_side=True)

    root = f"sslrootcert={file}" if trusts else ""
    assert (PASSWORD in heard_at(OTHER_MACHINE, f"?{words}{root}".rstrip("?&"), with_tls)) is is_told
