"""The figures, counted by hand on a few queries."""

from __future__ import annotations

from typing import Any

from evaluation.measures import Understood, by_program, confusions, measure, understood


def _ranking(*names: str) -> list[dict[str, Any]]:
    return [{"name": name, "confidence": 1 / (place + 2)} for place, name in enumerate(names)]


def _of(program: str | None, outcome: str, *ranked: str, helped: str | None = None) -> Understood:
    asked = ranked[:2] if outcome == "need_unclear" else ()
    return Understood(program, outcome, helped, asked, ranked, 2.0)


WANTED = (
    _of("a", "need", "a", "b", helped="a"),
    _of("a", "need", "b", "a", helped="b"),
    _of("b", "need_unclear", "a", "b"),
    _of("c", "out_of_scope", "a", "b", "c"),
)
UNWANTED = (_of(None, "out_of_scope", "a"), _of(None, "need", "a", helped="a"), _of(None, "thanks", "b"))


def test_each_figure_is_the_share_that_its_name_says() -> None:
    figures = measure(WANTED, UNWANTED, WANTED[:2])
    assert figures["top1"] == 0.25
    assert figures["top2"] == 0.75
    assert figures["clarify_rate"] == 0.25
    assert figures["asked_with_the_right_one"] == 0.25
    assert figures["in_scope_lost"] == 0.25
    assert figures["oos_rejected"] == 0.6667
    assert figures["helped_at_once"] == 0.25
    assert figures["helped_wrongly"] == 0.25
    assert figures["top1_with_typos"] == 0.5
    assert figures["parse_p50_ms"] == 2.0
    assert (figures["queries"], figures["out_of_scope"]) == (4, 3)


def test_a_program_is_counted_by_its_own_queries() -> None:
    assert by_program(WANTED)["a"] == {"queries": 2, "top1": 0.5, "top2": 1.0, "lost": 0.0}
    assert by_program(WANTED)["c"]["lost"] == 1.0


def test_confusions_are_those_of_the_first_rank() -> None:
    assert confusions(WANTED) == {("a", "b"): 1, ("b", "a"): 1, ("c", "a"): 1}


def test_our_own_outcomes_are_read_from_the_intent() -> None:
    parsed = {
        "intent": {"name": "need", "confidence": 0.9, "program": "fees"},
        "intent_ranking": _ranking("need_fees", "thanks", "need_top_up", "need_unclear"),
    }
    assert understood(parsed, "fees", 1.5) == Understood("fees", "need", "fees", (), ("fees", "top_up"), 1.5)


def test_two_close_needs_are_asked_about() -> None:
    parsed = {
        "intent": {"name": "need_unclear", "candidates": ["fees", "top_up"]},
        "intent_ranking": _ranking("need_fees", "need_top_up"),
    }
    assert understood(parsed, "fees", 0).asked == ("fees", "top_up")
    assert understood(parsed, "fees", 0).taken


def test_a_stock_model_helps_with_what_it_ranks_first() -> None:
    parsed = {"intent": {"name": "need_fees"}, "intent_ranking": _ranking("need_fees", "nlu_fallback")}
    assert understood(parsed, "fees", 0).outcome == "need"
    assert understood(parsed, "fees", 0).helped == "fees"


def test_a_stock_model_that_falls_back_takes_nothing() -> None:
    parsed = {
        "intent": {"name": "nlu_fallback"},
        "intent_ranking": _ranking("nlu_fallback", "need_fees"),
    }
    assert not understood(parsed, "fees", 0).taken
    assert understood(parsed, "fees", 0).ranked == ("fees",)
