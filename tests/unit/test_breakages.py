"""The list of deliberate breakages fits the code and the promises; `make test-the-tests` runs it."""

from __future__ import annotations

import ast
import re
from collections import Counter

import pytest
import yaml

from tests.breakages.listed import HERE, ROOT, Breakage, NotThere, breakages

ALL = breakages()
PROMISES = (ROOT / "docs" / "invariants.md").read_text(encoding="utf-8")


def test_every_text_to_replace_is_found_exactly_once() -> None:
    gone = []
    for one in ALL:
        try:
            broken = one.broken((ROOT / one.file).read_text(encoding="utf-8"))
        except (NotThere, OSError) as error:
            gone.append(str(error))
        else:
            if one.file.endswith(".py"):
                ast.parse(broken)  # a mistake that cannot be imported would prove nothing
    assert gone == []


def test_every_promise_has_breakages_and_names_them() -> None:
    """Each row of the table begins with a link to a file of its number; there may be more of that number."""
    rows = re.findall(r"^\| \[(\d+)\]\(\.\./tests/breakages/([\w.]+)\) \|", PROMISES, re.MULTILINE)
    numbered = {path.name: yaml.safe_load(path.read_text())["promise"] for path in HERE.glob("*.yml")}
    assert rows == [(str(number), name) for number, name in _first_of_each(numbered)]
    assert len(rows) == PROMISES.count("\n| [") == max(number for number, _ in _first_of_each(numbered))


def _first_of_each(numbered: dict[str, int | None]) -> list[tuple[int, str]]:
    """The promises in order, each with the first file of its breakages."""
    first = {number: name for name, number in sorted(numbered.items(), reverse=True) if number is not None}
    return sorted(first.items())


def test_each_has_a_name_of_its_own_and_tests_that_are_there() -> None:
    assert [name for name, times in Counter(one.id for one in ALL).items() if times > 1] == []
    missing = [
        (one.id, test) for one in ALL for test in one.tests if not (ROOT / test.split("::")[0]).is_file()
    ]
    assert missing == []
    assert all(one.tests and one.find != one.put for one in ALL)


@pytest.mark.parametrize("source", ["", "x = 2", "x = 1; x = 1"])
def test_a_text_that_is_not_there_once_is_no_breakage(source: str) -> None:
    one = Breakage("id", 1, "file.py", "x = 1", "x = 2", ("tests/unit/test_breakages.py",))
    with pytest.raises(NotThere, match="id: file"):
        one.broken(source)
    assert one.broken("x = 1\n") == "x = 2\n"
