"""When an app is on, and what it says of variables that are missing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.channels.apps.needs import AppIncomplete, Needs
from engine.channels.apps.registry import APPS
from tests.channels.webhooks import ENVIRON

NEEDS = Needs(
    own=("A_TOKEN", "A_SECRET"),
    shared=("PUBLIC_URL",),
    optional={"API_URL": "https://api.example", "MORE": "as it is"},
    patterns={"A_TOKEN": "[a-z]+", "MORE": "[0-9]+"},
)
GOOD = {"A_TOKEN": "token", "A_SECRET": "secret", "PUBLIC_URL": "https://bank.example"}


def faults(**changed: str) -> dict[str, str]:
    with pytest.raises(AppIncomplete) as caught:
        NEEDS.values("fake", {**GOOD, **changed})
    return caught.value.faults


@pytest.mark.parametrize(
    "environ", [{}, {"A_TOKEN": ""}, {"A_SECRET": " "}, {"PUBLIC_URL": "https://b.example"}]
)
def test_without_any_variable_of_its_own_an_app_is_off(environ: dict[str, str]) -> None:
    assert NEEDS.is_on(environ) is False
    assert NEEDS.values("fake", environ) is None


def test_with_all_of_them_it_has_every_value() -> None:
    optional = {"API_URL": "https://api.example", "MORE": "as it is"}
    assert NEEDS.values("fake", GOOD) == {**GOOD, **optional}
    assert NEEDS.values("fake", {**GOOD, "MORE": " 7 ", "A_TOKEN": " token\n"}) == {
        **GOOD,
        **optional,
        "MORE": "7",
    }


def test_everything_that_is_missing_is_named_at_once() -> None:
    with pytest.raises(AppIncomplete, match=r"The channel fake .*A_SECRET is missing; PUBLIC_URL is missing"):
        NEEDS.values("fake", {"A_TOKEN": "token"})
    assert faults(A_SECRET="", PUBLIC_URL="") == {"A_SECRET": "is missing", "PUBLIC_URL": "is missing"}


@pytest.mark.parametrize(
    ("name", "value"), [("A_TOKEN", "T0K3N"), ("MORE", "seven"), ("A_TOKEN", "token\nx")]
)
def test_what_has_not_its_form_is_named_and_never_shown(name: str, value: str) -> None:
    with pytest.raises(AppIncomplete) as caught:
        NEEDS.values("fake", {**GOOD, name: value})
    assert caught.value.faults == {name: "has not the form that it must have"}
    assert value not in str(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        "https://bank.example",
        "https://bank.example:8443/a",
        "http://127.0.0.1:5005",
        "http://localhost",
        "http://[::1]:80",
    ],
)
def test_addresses_over_tls_or_on_this_machine_are_good(url: str) -> None:
    assert NEEDS.values("fake", {**GOOD, "PUBLIC_URL": url, "API_URL": url}) is not None


@pytest.mark.parametrize(
    "url",
    [
        "http://bank.example", "http://127.0.0.2", "http://127.0.0.1.bank.example", "http://localhost@bank.example",
        "ftp://127.0.0.1", "//bank.example", "bank.example", "https://", "https:///path", "http://[::1", "https://a:port",
        "https://a:99999999",
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["PUBLIC_URL", "API_URL"])
def test_any_other_address_is_not(name: str, url: str) -> None:
    assert list(faults(**{name: url})) == [name]


@given(st.dictionaries(st.sampled_from([*GOOD, "API_URL", "MORE"]), st.text(min_size=30, max_size=60)))
def test_no_fault_ever_holds_a_value(environ: dict[str, str]) -> None:
    told = ""
    try:
        NEEDS.values("fake", environ)
    except AppIncomplete as incomplete:
        told = str(incomplete)
    assert all(value.strip() not in told for value in environ.values() if len(value.strip()) > 25)


@pytest.mark.parametrize("app", APPS, ids=lambda app: app.name)
def test_every_app_is_off_alone_and_names_each_variable_that_is_gone(app: type) -> None:
    assert app.needs.values(app.name, {}) is None
    assert app.needs.values(app.name, ENVIRON) is not None
    for name in (*app.needs.own, *app.needs.shared):
        left = {key: value for key, value in ENVIRON.items() if key != name}
        if app.needs.is_on(left):
            with pytest.raises(AppIncomplete, match=f"{name} is missing"):
                app.needs.values(app.name, left)
