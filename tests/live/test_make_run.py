"""`make run` and `make chat` from the outside: one command, one address, and Ctrl-C ends everything."""

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from settings import ROOT
from tests.live.ports import free_ports
from tests.live.waiting import eventually

pytestmark = pytest.mark.live
STARTING_SECONDS = 240.0


@dataclass
class _Place:
    """A folder and three ports of its own, so that a developer's running assistant is left alone."""

    var: Path
    environ: dict[str, str]

    def make(self, target: str, **options: object) -> subprocess.Popen[str]:
        return subprocess.Popen(
            ["make", target], cwd=ROOT, env=self.environ, text=True, start_new_session=True, **options
        )

    def screen(self) -> str:
        return (self.var.parent / "screen").read_text(encoding="utf-8")


@pytest.fixture
def place(rasa_model: Path, tmp_path: Path) -> _Place:
    """The trained model is brought along: nothing has changed since, so nothing may be trained."""
    var = tmp_path / "var"
    (var / "models").mkdir(parents=True)
    for name in (rasa_model.name, "trained.json"):
        shutil.copy(rasa_model.with_name(name), var / "models" / name)
    ports = dict(zip(("RASA", "ACTIONS", "PORTAL"), free_ports(3), strict=True))
    ours = {f"ASKFIRST_{name}_PORT": str(port) for name, port in ports.items()}
    others = {name: value for name, value in os.environ.items() if not name.startswith("ASKFIRST_")}
    return _Place(var, {**others, **ours, "ASKFIRST_VAR": str(var)})


@pytest.fixture
def running(place: _Place) -> Iterator[subprocess.Popen[str]]:
    """`make run`, ready to be talked to."""
    with (place.var.parent / "screen").open("w", encoding="utf-8") as screen:
        process = place.make("run", stdout=screen, stderr=subprocess.STDOUT)
    try:
        eventually(
            lambda: "is ready: http" in place.screen() or process.poll() is not None,
            "`make run` is ready",
            STARTING_SECONDS,
            more=place.screen,
        )
        assert process.poll() is None, place.screen()
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
        process.wait(timeout=60)


def test_one_command_starts_all_chat_talks_to_it_and_ctrl_c_ends_it(
    place: _Place, running: subprocess.Popen[str]
) -> None:
    address = f"http://127.0.0.1:{place.environ['ASKFIRST_PORTAL_PORT']}"
    assert f"Ask First is ready: {address}\n" in place.screen()
    assert "<ask-first-chat" in httpx.get(address, trust_env=False).text
    assert "Training" not in place.screen()

    chat = place.make("chat", stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    said, _ = chat.communicate("I want to pay off a debt\n1\n/quit\n", timeout=120)
    assert chat.returncode == 0, said
    assert "paid off" in said
    assert "  1  Allow" in said

    os.killpg(running.pid, signal.SIGINT)  # as a terminal does: to every process in the foreground
    running.wait(timeout=60)
    for name in ("RASA", "ACTIONS", "PORTAL"):
        with pytest.raises(httpx.ConnectError):
            httpx.get(f"http://127.0.0.1:{place.environ[f'ASKFIRST_{name}_PORT']}/", trust_env=False)


def test_a_taken_port_is_said_before_anything_is_written(place: _Place) -> None:
    taken = {**place.environ, "ASKFIRST_PORTAL_PORT": place.environ["ASKFIRST_RASA_PORT"]}
    ended = subprocess.run(
        ["make", "run"], cwd=ROOT, env=taken, capture_output=True, text=True, check=False, timeout=60
    )
    assert ended.returncode != 0
    assert f"Port {taken['ASKFIRST_PORTAL_PORT']} is taken" in ended.stderr
    assert "ASKFIRST_RASA_PORT" in ended.stderr
    assert not (place.var / "keys").exists()


def test_chat_without_a_running_assistant_says_what_to_do(place: _Place) -> None:
    chat = place.make("chat", stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    said, _ = chat.communicate(timeout=60)
    assert chat.returncode != 0
    assert "start the assistant with `make run`" in said
    assert "Traceback" not in said
