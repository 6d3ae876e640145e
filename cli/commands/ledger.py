"""`askfirst ledger …`: the proof. Must never repair anything."""

from __future__ import annotations

import typer

from cli import screen
from cli.bootstrap import opened
from cli.errors import FAULTS_FOUND
from cli.screen import AsJson
from cli.settings import Settings

app = typer.Typer(no_args_is_help=True)


@app.callback()
def ledger() -> None:
    """The proof: an append-only chain of every decision."""


@app.command()
def verify(*, as_json: AsJson = False) -> None:
    """Check the whole ledger and name every fault with its place. Ends with 1 if there is one."""
    with opened(Settings()) as store, screen.working("Verifying the ledger"):
        result = store.verify_ledger()
    if as_json:
        screen.document(screen.plain(result))
    else:
        faults = ((fault.place, fault.reason.replace("_", " ")) for fault in result.faults)
        screen.table("Faults", ("Where", "What"), faults)
        screen.say(f"{result.entries} entries, {len(result.faults)} faults.")
    if not result.ok:
        raise typer.Exit(FAULTS_FOUND)
