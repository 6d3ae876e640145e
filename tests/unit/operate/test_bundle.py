"""The widget's bundle is known to be current, and nothing passes that was not looked at."""

import gzip
from pathlib import Path

import pytest

from operate import bundle
from operate.bundle import BUILD, INSTALL, faults_of_bundle, make_bundle, missing_tools
from operate.errors import OperateError

FILES = {"ask-first-chat.min.js": b"the script", "ask-first-chat.min.js.map": b"the map"}


class Tools:
    """Stands in for npm and node: writes the files that it is told to, ends as told."""

    def __init__(self, files: dict[str, bytes], *, npm: int = 0, node: int = 0) -> None:
        self.files, self.npm, self.node = files, npm, node
        self.ran: list[tuple[str, ...]] = []

    def __call__(self, command: tuple[str, ...]) -> int:
        self.ran.append(command)
        if command == INSTALL:
            return self.npm
        assert command[: len(BUILD)] == BUILD
        for name, content in self.files.items():
            (Path(command[-1]) / name).write_bytes(content)
        return self.node


@pytest.fixture
def dist(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, content in FILES.items():
        (tmp_path / name).write_bytes(content)
    monkeypatch.setattr(bundle, "DIST", tmp_path)
    monkeypatch.setattr(bundle, "_installed", lambda: True)
    monkeypatch.setattr(bundle.shutil, "which", lambda name: f"/usr/bin/{name}")
    return tmp_path


def test_the_same_bytes_again_are_current_and_nothing_is_installed_for_it(dist: Path) -> None:
    tools = Tools(FILES)
    assert faults_of_bundle(tools) == []
    assert INSTALL not in tools.ran


@pytest.mark.parametrize(
    "built",
    [
        {**FILES, "ask-first-chat.min.js": b"another script"},
        {**FILES, "ask-first-chat.min.js.map": b"another map"},
        {**FILES, "more.js": b""},
        {"ask-first-chat.min.js": b"the script"},
        {},
    ],
    ids=["script", "map", "more", "fewer", "nothing"],
)
def test_any_other_byte_or_file_is_not_current(dist: Path, built: dict[str, bytes]) -> None:
    (fault,) = faults_of_bundle(Tools(built))
    assert "make widget" in fault
    assert bundle.contents(dist) == FILES


@pytest.mark.parametrize("tools", [Tools(FILES, npm=1), Tools(FILES, node=1)], ids=["npm", "node"])
def test_a_step_that_fails_is_a_fault(dist: Path, monkeypatch: pytest.MonkeyPatch, tools: Tools) -> None:
    monkeypatch.setattr(bundle, "_installed", lambda: False)
    assert len(faults_of_bundle(tools)) == 1
    with pytest.raises(OperateError, match="could not be bundled"):
        make_bundle(dist, tools)


def test_a_bundle_that_is_too_big_is_a_fault(dist: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    size = len(gzip.compress(FILES["ask-first-chat.min.js"], mtime=0))
    monkeypatch.setattr(bundle, "MOST_BYTES_COMPRESSED", size - 1)
    assert faults_of_bundle(Tools(FILES)) == [f"The bundle is {size} bytes compressed: {size - 1} at most."]


def test_no_package_may_run_a_script_while_it_is_installed() -> None:
    assert "--ignore-scripts" in INSTALL


@pytest.mark.skipif(bool(missing_tools()), reason="node or npm not found")
def test_the_real_tools_make_the_same_bytes_every_time(tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "elsewhere" / "b"
    for folder in (first, second):
        make_bundle(folder)
    assert bundle.contents(first) == bundle.contents(second)
    assert set(bundle.contents(first)) == set(FILES)
