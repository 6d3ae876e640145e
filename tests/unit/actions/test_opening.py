"""Opening a help: the finer need's own words first, the menu by areas, a program that asks nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from actions.bootstrap import Services, tell_store
from actions.flow.asking import put_question
from actions.flow.giving import give_help
from actions.flow.opening import AREAS, clarify, open_help, out_of_scope, show_menu
from actions.flow.outcome import Next
from actions.reading.phrases import load_phrases
from actions.turn import Turn
from actions.words import Wording
from consent_store import StoreKeys, open_store
from consent_store.signing import Signer
from tests.catalogue import our_catalogue
from tests.unit.actions.test_wording import RESPONSES
from tests.unit.consent_store.kit import FakeClock, empty_database

WORDS = Wording({"responses": RESPONSES})  # type: ignore[typeddict-unknown-key]
CATALOGUE = our_catalogue()


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    url = empty_database(tmp_path / "consent.db")
    clock = FakeClock()
    store = open_store(url, keys=StoreKeys(b"m" * 32), clock=clock)
    tell_store(CATALOGUE, store)
    yield Services(CATALOGUE, store, load_phrases("en"), b"k" * 32, clock, Signer(b"s" * 32))
    store.close()


def _turn(program: str | None = None, finer_need: str | None = None, **more: object) -> Turn:
    return Turn("p", "rest", "", "need", 1.0, program=program, finer_need=finer_need, **more)  # type: ignore[arg-type]


def test_a_finer_need_gets_its_own_first_sentences_and_the_help_of_all(services: Services) -> None:
    program = CATALOGUE.programs["lost_card"]
    for finer, words in program.finer_needs.items():
        understood, first_steps, general = open_help(services, _turn("lost_card", finer), WORDS).messages
        assert understood.params["need"] == words.need
        assert first_steps.wording == "utter_first_steps"
        assert general.params["help"].startswith(words.first)
        assert general.params["help"].endswith(program.general_help)


@pytest.mark.parametrize("finer_need", [None, "of_another_program"])
def test_without_a_finer_need_the_general_help_stands_alone(
    services: Services, finer_need: str | None
) -> None:
    program = CATALOGUE.programs["lost_card"]
    understood, _, general = open_help(services, _turn("lost_card", finer_need), WORDS).messages
    assert understood.params["need"] == program.need
    assert general.params["help"] == program.general_help


def test_the_menu_names_every_program_and_each_area_has_buttons_for_its_own(services: Services) -> None:
    (menu,) = show_menu(services, WORDS).messages
    assert all(program.name in menu.params["areas"] for program in CATALOGUE.programs.values())
    assert [button.payload for button in menu.buttons[:-1]] == [f'/menu{{"area":"{a}"}}' for a in AREAS]
    buttons = [b.payload for area in AREAS for b in show_menu(services, WORDS, area).messages[0].buttons]
    for name in CATALOGUE.programs:
        assert buttons.count(f'/need{{"program":"{name}"}}') == 1


def test_what_nobody_serves_is_said_with_the_menu(services: Services) -> None:
    (sorry,) = out_of_scope(services, WORDS).messages
    assert sorry.wording == "utter_out_of_scope"
    assert sorry.buttons == show_menu(services, WORDS).messages[0].buttons


@pytest.mark.parametrize("area", ["", "marketing", "need"])
def test_an_area_that_does_not_exist_shows_the_whole_menu(services: Services, area: str) -> None:
    assert show_menu(services, WORDS, area) == show_menu(services, WORDS)


@pytest.mark.parametrize("candidates", [(), ("lost_card",), ("lost_card", "gone")])
def test_a_choice_of_less_than_two_is_the_menu(services: Services, candidates: tuple[str, ...]) -> None:
    assert clarify(services, _turn(candidates=candidates), WORDS) == show_menu(services, WORDS)


def test_a_program_without_items_helps_and_asks_nothing_but_how_it_was(services: Services) -> None:
    name = next((p.id for p in CATALOGUE.programs.values() if not p.has_items), None)
    if name is None:
        pytest.skip("every program of this catalogue has items")
    open_help(services, _turn(name), WORDS)
    turn = _turn(need=name)
    assert put_question(services, turn, WORDS).next is Next.FINISHED
    after = give_help(services, turn)
    assert [message.wording for message in after.messages] == ["utter_feedback_nothing_asked"]
