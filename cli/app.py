"""Joins the groups of commands. Holds no command itself."""

from __future__ import annotations

import typer

from cli.commands import channels, consent, keys, ledger, receipt, store
from cli.guarded import Guarded

app = typer.Typer(
    cls=Guarded, add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Ask First: what people decided, the proof of it, and the upkeep of both.",
)  # fmt: skip
app.add_typer(consent.app, name="consent", help="What one person decided, and their rights.")
app.add_typer(ledger.app, name="ledger", help="The proof: an append-only chain of every decision.")
app.add_typer(receipt.app, name="receipt", help="What a person takes away to prove what they decided.")
app.add_typer(keys.app, name="keys", help="The master key anew, and the public key to hand out.")
app.add_typer(
    channels.app, name="channels", help="Where people can write: what is on, and whether it is in order."
)
app.add_typer(store.app, name="store", help="The database: its tables, its upkeep, its size.")
