"""A port that cannot be used is named before anything starts, with who needs it and what to change."""

import socket
from collections.abc import Iterator

import pytest

from operate.errors import OperateError
from operate.ports import check_ports
from operate.services import Service


def _service(port: int, host: str = "127.0.0.1", name: str = "rasa") -> Service:
    return Service(name, f"the {name} server", host, port, f"ASKFIRST_{name.upper()}_PORT", "/")


@pytest.fixture
def listening() -> Iterator[int]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken.getsockname()[1]


@pytest.fixture
def free() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_free_ports_are_fine_and_stay_free(free: int) -> None:
    check_ports([_service(free)])
    check_ports([_service(free)])


def test_a_taken_port_is_one_sentence_with_port_server_and_variable(listening: int) -> None:
    with pytest.raises(OperateError) as caught:
        check_ports([_service(listening)])
    sentence = str(caught.value)
    assert str(listening) in sentence
    assert "the rasa server" in sentence
    assert "ASKFIRST_RASA_PORT" in sentence
    assert sentence.count("\n") == 0


def test_two_servers_at_one_port_are_found_although_it_is_free(free: int) -> None:
    with pytest.raises(OperateError, match="ASKFIRST_PORTAL_PORT"):
        check_ports([_service(free), _service(free, name="portal")])


def test_an_address_that_this_machine_does_not_have_is_named(free: int) -> None:
    with pytest.raises(OperateError, match="ASKFIRST_HOST"):
        check_ports([_service(free, host="192.0.2.1")])


def test_a_port_that_rests_after_use_counts_as_free() -> None:
    with socket.socket() as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        server.bind(("127.0.0.1", 0))
        server.listen()
        port = server.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)):
            accepted, _ = server.accept()
            accepted.close()  # the server's side closes first and so rests
    check_ports([_service(port)])
