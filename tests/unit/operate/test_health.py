"""Waiting for servers ends when all are well, when time is up, or when it is told to."""

from threading import Event

from operate.health import is_well, wait_until_ready
from operate.services import Service


def _service(name: str, port: int = 1) -> Service:
    return Service(name, f"the {name}", "127.0.0.1", port, "X", "/health")


class _Clock:
    """A clock that moves one second at each look."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += 1.0
        return self.now


def test_each_server_is_reported_once_when_it_is_well() -> None:
    answers = {"a": iter([False, True]), "b": iter([True])}
    seen: list[str] = []
    missing = wait_until_ready(
        [_service("a"), _service("b")],
        stop=Event(),
        on_ready=lambda service, _: seen.append(service.name),
        check=lambda service: next(answers[service.name]),
    )
    assert missing == ()
    assert seen == ["b", "a"]


def test_a_server_that_never_answers_is_named_after_the_deadline() -> None:
    missing = wait_until_ready(
        [_service("a"), _service("b")],
        stop=Event(),
        check=lambda service: service.name == "a",
        clock=_Clock(),
        seconds=5.0,
    )
    assert [service.name for service in missing] == ["b"]


def test_waiting_ends_at_once_when_told() -> None:
    stop = Event()
    stop.set()
    assert wait_until_ready([_service("a")], stop=stop, check=lambda _: True) != ()


def test_a_server_that_is_not_there_is_not_well() -> None:
    assert not is_well(_service("nobody", port=1))
