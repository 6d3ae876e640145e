"""`askfirst consent …`: what one person decided, and their rights."""

from __future__ import annotations

import typer

from cli.commands import consent_changing, consent_reading

app = typer.Typer(no_args_is_help=True)
app.command()(consent_reading.show)
app.command()(consent_reading.history)
app.command()(consent_reading.export)
app.command()(consent_changing.withdraw)
app.command()(consent_changing.erase)
app.command()(consent_changing.merge)
