"""Whatever goes wrong is one sentence and an exit code, and quotes nothing."""

from __future__ import annotations

import pytest
import typer
from typer.testing import CliRunner

from cli.guarded import Guarded
from cli.sentences import sentence_of
from consent_store import (
    ConsentMissing,
    ConsentStoreError,
    KeyInvalid,
    KeyMissing,
    StoreNotReady,
    StoreUnavailable,
    VaultUnreadable,
)


@pytest.mark.parametrize(
    ("kind", "exit_code"),
    [
        (StoreUnavailable, 3),
        (StoreNotReady, 3),
        (KeyMissing, 4),
        (KeyInvalid, 4),
        (VaultUnreadable, 4),
        (ConsentMissing, 2),
    ],
)
def test_every_error_of_the_store_is_a_sentence_with_its_exit_code(
    kind: type[ConsentStoreError], exit_code: int
) -> None:
    sentence = sentence_of(kind("disk_is_full", file="consent.db"))
    assert sentence is not None
    assert sentence.exit_code == exit_code
    assert "disk is full" in sentence.text
    assert "consent.db" in sentence.text
    assert "\n" not in sentence.text


def _failing(error: BaseException) -> typer.Typer:
    app = typer.Typer(cls=Guarded, pretty_exceptions_enable=False)

    @app.command()
    def fail() -> None:
        raise error

    @app.command()
    def other() -> None: ...

    return app


def test_a_fault_of_ours_says_where_and_never_what_was_handled() -> None:
    result = CliRunner().invoke(_failing(ValueError("1200.50 of anna")), ["fail"])
    assert result.exit_code == 70
    assert "ValueError at test_guarded.py:" in result.stderr
    assert "1200.50" not in result.output
    assert "Traceback" not in result.output


def test_an_interruption_is_no_fault_found() -> None:
    assert CliRunner().invoke(_failing(KeyboardInterrupt()), ["fail"]).exit_code == 130
