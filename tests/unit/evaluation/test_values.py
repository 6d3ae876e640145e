"""How typed answers are read, in figures: a folder with sets in, an object a set out, and no sentence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evaluation import values
from evaluation.__main__ import main
from evaluation.report import sets
from evaluation.sets import files_of, measure_sets

ROWS = """item,text,expected,kind
debt_balance_eur,1300,1300,plain
debt_balance_eur,13 hundred euro,1300.00,words
debt_balance_eur,no clue whatsoever,DONTKNOW,dont_know
debt_balance_eur,I will skip it,SKIP,skip
debt_balance_eur,purple,1300,plain
debt_balance_eur,1400,ASK,plain
an_item_of_old,1,1,plain
"""


def test_shares_are_of_all_rows_and_needless_asks_of_those_with_a_value(tmp_path: Path) -> None:
    (tmp_path / "values_mine.csv").write_text(ROWS)
    found = measure_sets(tmp_path)["values"]
    assert (found["rows"], found["left_out"]) == (6, 1)
    assert (found["right"], found["wrong"], found["needless_ask"]) == (0.6667, 0.1667, 0.3333)
    assert found["by_kind"]["plain"] == {"rows": 3, "right": 0.3333, "wrong": 0.3333, "needless_ask": 0.5}
    assert "| plain | 3 | 33.3% | 33.3% | 50.0% |" in sets({"values": found})


def test_an_item_that_was_renamed_is_measured_under_its_id() -> None:
    from programs import load_catalogue

    row = {"item": "an_item_of_old", "text": "12 euro", "expected": "12", "kind": "plain"}
    items = load_catalogue().items
    renamed = {"an_item_of_old": "payment_amount_eur"}
    assert values.measure([row], items, values.date(2026, 11, 30), renamed)["right"] == 1


@pytest.mark.parametrize(
    ("name", "ours"),
    [("values.csv", True), ("values_dev.csv", True), ("values_dev.txt", False), ("evalues.csv", False)],
)
def test_files_are_known_by_their_names(tmp_path: Path, name: str, ours: bool) -> None:
    (tmp_path / name).touch()
    assert bool(files_of("values", tmp_path)) is ours


def test_the_figures_are_written_and_no_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "values_mine.csv").write_text(ROWS)
    monkeypatch.setenv("ASKFIRST_VAR", str(tmp_path))
    assert main(["--sets", str(tmp_path)]) == 0
    written = (tmp_path / "evaluation.json").read_text()
    assert json.loads(written)["values"]["rows"] == 6
    assert "hundred euro" not in written + capsys.readouterr().out
