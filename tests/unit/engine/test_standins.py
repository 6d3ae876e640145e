"""Rasa runs on current libraries: each stand-in does what Rasa asks of it, and another Rasa is refused."""

from __future__ import annotations

import asyncio
import gc
import importlib
import shutil
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import serving, standins

RASA = Path(standins._file("rasa", ""))


@pytest.fixture
def copy_of_rasa(tmp_path: Path) -> Path:
    for name in standins.STOOD_IN_FOR:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(RASA / name, tmp_path / name)
    return tmp_path


def test_the_rasa_that_is_installed_is_the_one_that_is_known(copy_of_rasa: Path) -> None:
    standins.check_rasa("3.6.21", copy_of_rasa)


def test_another_rasa_is_refused_with_what_to_do(copy_of_rasa: Path) -> None:
    with pytest.raises(standins.RasaNotKnown, match=r"Rasa 3\.7\.0 is installed.*make setup"):
        standins.check_rasa("3.7.0", copy_of_rasa)


@pytest.mark.parametrize("name", standins.STOOD_IN_FOR)
def test_a_file_that_changed_is_refused_by_its_name(copy_of_rasa: Path, name: str) -> None:
    (copy_of_rasa / name).write_text("changed\n", encoding="utf-8")
    with pytest.raises(standins.RasaNotKnown, match=name):
        standins.check_rasa("3.6.21", copy_of_rasa)


@pytest.mark.parametrize("name", [*standins.NEEDS_TENSORFLOW, *standins.NOT_USED])
def test_what_is_not_used_can_be_imported_with_the_names_that_rasa_takes(name: str) -> None:
    module = importlib.import_module(name)
    wanted = {**standins.NEEDS_TENSORFLOW, **standins.NOT_USED}[name]
    assert [each for each in wanted if not isinstance(getattr(module, each), type)] == []


def test_no_tensorflow_is_loaded_by_rasas_server() -> None:
    importlib.import_module("rasa.server")
    assert "tensorflow" not in sys.modules


def test_each_component_that_is_named_is_there() -> None:
    from rasa.engine.recipes.default_components import DEFAULT_COMPONENTS

    assert [each.__name__ for each in DEFAULT_COMPONENTS] == [
        path.rpartition(".")[2] for path in standins.COMPONENTS
    ]


def test_of_the_channels_the_base_classes_are_there_and_nothing_else() -> None:
    channels = importlib.import_module("rasa.core.channels")
    assert channels.InputChannel is importlib.import_module("rasa.core.channels.channel").InputChannel
    with pytest.raises(AttributeError):
        _ = channels.SlackInput


def test_former_names_are_there() -> None:
    import numpy as np
    import packaging.version
    import pkg_resources  # type: ignore[import-untyped,unused-ignore]

    assert issubclass(np.VisibleDeprecationWarning, UserWarning)  # type: ignore[attr-defined]
    assert not isinstance(packaging.version.Version("1"), packaging.version.LegacyVersion)  # type: ignore[attr-defined]
    assert pkg_resources.get_distribution("rasa").version == "3.6.21"
    assert Path(pkg_resources.resource_filename("rasa", "version.py")).is_file()


def test_rasas_own_logistic_regression_can_be_made() -> None:
    from rasa.nlu.classifiers.logistic_regression_classifier import LogisticRegressionClassifier

    standins.logistic_regression()
    defaults = LogisticRegressionClassifier.get_default_config()
    assert LogisticRegressionClassifier(defaults, "name", None, None).clf.solver == "lbfgs"


def test_what_is_loaded_is_not_looked_through_again_and_again() -> None:
    async def load(app: str) -> str:
        return app

    thresholds = gc.get_threshold()
    try:
        assert asyncio.run(serving.then_settled(load)("app")) == "app"  # type: ignore[arg-type]
        assert gc.get_freeze_count() > 0
        assert gc.get_threshold()[0] == serving.NEW_OBJECTS
    finally:
        gc.unfreeze()
        gc.set_threshold(*thresholds)


def test_a_listener_gets_the_running_loop() -> None:
    async def stock(app: str, loop: Any) -> tuple[str, Any]:
        return app, loop

    async def listen() -> bool:
        return await serving.with_loop(stock)("app") == ("app", asyncio.get_running_loop())

    assert asyncio.run(listen())


class TestGraph:
    """Rasa's graphs are run in order: each node once, after those that it needs."""

    def test_a_node_gets_the_answers_of_what_it_needs_in_their_order(self) -> None:
        graph = {"a": 1, "b": 2, "sum": (lambda *given: list(given), "b", "a")}
        assert standins.run_graph(graph, ["sum"]) == [[2, 1]]

    def test_what_nobody_asks_for_is_not_run(self) -> None:
        assert standins.run_graph({"a": 1, "bad": (lambda: 1 / 0,)}, ["a"]) == [1]

    def test_an_input_is_handed_on_as_it_is(self) -> None:
        given = SimpleNamespace(name="of another node")
        assert standins.run_graph({"input": given, "node": (lambda x: x, "input")}, ["node"]) == [given]

    def test_an_error_of_a_node_comes_out(self) -> None:
        with pytest.raises(ZeroDivisionError):
            standins.run_graph({"bad": (lambda: 1 / 0,)}, ["bad"])

    @given(st.lists(st.lists(st.integers(0, 11), max_size=4), min_size=1, max_size=12))
    def test_every_node_is_run_once_however_many_need_it(self, needs: list[list[int]]) -> None:
        ran: list[int] = []

        def node(number: int) -> Any:
            return lambda *_: ran.append(number) or number

        before = [[n for n in each if n < number] for number, each in enumerate(needs)]
        graph = {str(n): (node(n), *map(str, before[n])) for n in range(len(needs))}
        assert standins.run_graph(graph, list(graph)) == list(range(len(needs)))
        assert sorted(ran) == list(range(len(needs)))
        assert all(ran.index(n) < ran.index(number) for number, each in enumerate(before) for n in each)
