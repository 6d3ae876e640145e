"""`askfirst store …`: the database, its upkeep and its size. Counts only, nothing about anybody."""

from __future__ import annotations

import typer

from cli import screen
from cli.bootstrap import opened
from cli.screen import AsJson
from consent_store import migrate as migrate_store
from settings import read_settings

app = typer.Typer(no_args_is_help=True)


@app.command()
def migrate(*, as_json: AsJson = False) -> None:
    """Bring the database to the schema that this version needs; make it if it is missing."""
    with screen.working("Migrating"):
        migrate_store(read_settings().store_url)
    if as_json:
        screen.document({"migrated": True})
    else:
        screen.say("The consent store has the schema that this version needs.")


@app.command()
def sweep(*, as_json: AsJson = False) -> None:
    """Delete what is over: helps, grants, values, conversations. The assistant does it all the time."""
    settings = read_settings()
    with opened(settings) as store, screen.working("Sweeping"):
        swept = store.sweep(conversations_idle_for=settings.keep_conversations)
    if as_json:
        screen.document(screen.plain(swept))
    else:
        screen.table("Swept", ("What", "Count"), ((_words(k), str(n)) for k, n in swept.counts.items()))


@app.command()
def stats(*, as_json: AsJson = False) -> None:
    """Count what is there."""
    with opened(read_settings()) as store, screen.working("Counting"):
        found = store.stats()
    if as_json:
        screen.document(screen.plain(found))
        return
    screen.table("Consent store", ("What", "Count"), ((_words(k), str(n)) for k, n in found.counts.items()))
    screen.table("Decisions", ("Status", "Count"), ((k, str(n)) for k, n in found.decisions.items()))


def _words(key: str) -> str:
    return key.replace("_", " ")
