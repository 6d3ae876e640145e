"""`askfirst receipt …`: what a person takes away to prove what they decided. It never holds a value."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli import screen
from cli.errors import FAULTS_FOUND, FileUnreadable
from cli.public_keys import public_key_of
from cli.screen import AsJson
from cli.settings import Settings
from consent_store.receipts import ReceiptUnreadable, ReceiptVerdict, read_receipt, verify_receipt

app = typer.Typer(no_args_is_help=True)


@app.callback()
def receipt() -> None:
    """What a person takes away to prove what they decided."""


@app.command()
def verify(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The receipt, as JSON.")],
    *,
    public_key: Annotated[
        str, typer.Option(metavar="FILE|TEXT", help="The issuer's public key, got from them.")
    ],
    as_json: AsJson = False,
) -> None:
    """Check a receipt, offline and without a store or keys. Ends with 1 unless it is genuine and whole."""
    settings = Settings()
    key = public_key_of(settings, public_key)
    try:
        content = settings.file(file).read_bytes()
    except OSError:
        raise FileUnreadable(file) from None
    verdict = _verdict(content, key)
    if as_json:
        screen.document(screen.plain(verdict))
    elif verdict.ok:
        screen.say("This receipt is genuine and whole.")
    else:
        screen.say("This receipt is not to be relied on.")
        screen.table("Why", ("What is wrong",), ((reason,) for reason in verdict.reasons))
    if not verdict.ok:
        raise typer.Exit(FAULTS_FOUND)


def _verdict(content: bytes, public_key: str) -> ReceiptVerdict:
    try:
        return verify_receipt(read_receipt(content), public_key)
    except ReceiptUnreadable as error:
        return ReceiptVerdict(False, (error.reason.replace("_", " "),))
