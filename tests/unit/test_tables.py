"""A table in one test names every case that fails, and passes only if all do."""

from __future__ import annotations

import inspect

import pytest

from tests.tables import each


def test_all_cases_that_fail_are_named() -> None:
    @each("number, word", [(1, "one"), (2, "deux"), (3, "three"), (4, None)])
    def check(number: int, word: str, words: dict[int, str]) -> None:
        assert words[number] == word.lower()

    assert list(inspect.signature(check).parameters) == ["words"]
    with pytest.raises(pytest.fail.Exception) as failed:
        check(words={1: "one", 2: "two", 3: "three", 4: "four"})
    assert "2, deux: AssertionError" in str(failed.value)
    assert "4, None: AttributeError" in str(failed.value)
    assert "3, three: " not in str(failed.value)


def test_a_table_without_cases_fails() -> None:
    @each("number", [])
    def check(number: int) -> None:
        raise NotImplementedError

    with pytest.raises(pytest.fail.Exception, match="no case at all"):
        check()
