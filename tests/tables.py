"""Long tables of cases in one test: every case is tried, and all that fail are listed together."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from typing import Any

import pytest

Test = Callable[..., None]


def each(names: str, cases: Iterable[Any]) -> Callable[[Test], Test]:
    """
    Like `pytest.mark.parametrize`, but in one test: for tables so long that a test a line costs too much.

    names: the parameters that a case fills, apart from each other by commas; fixtures fill the others.
    A table without cases fails.
    """
    filled, table = [name.strip() for name in names.split(",")], list(cases)

    def over_all(check: Test) -> Test:
        def test(**fixtures: Any) -> None:
            missed = [why for case in table if (why := _missed(check, filled, case, fixtures))]
            if missed or not table:
                pytest.fail("\n".join(missed) or "there is no case at all", pytrace=False)

        signature = inspect.signature(check)
        others = [one for one in signature.parameters.values() if one.name not in filled]
        test.__signature__ = signature.replace(parameters=others)  # type: ignore[attr-defined]
        test.__name__, test.__doc__, test.__module__ = check.__name__, check.__doc__, check.__module__
        return test

    return over_all


def _missed(check: Test, names: list[str], case: Any, fixtures: dict[str, Any]) -> str:
    values = case if len(names) > 1 else (case,)
    try:
        check(**fixtures, **dict(zip(names, values, strict=True)))
    except Exception as why:  # noqa: BLE001, whatever it is, it belongs to this case
        return (
            f"{', '.join(str(getattr(one, 'id', one)) for one in values)[:300]}: {type(why).__name__} {why}"
        )
    return ""
