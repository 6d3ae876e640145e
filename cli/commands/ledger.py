"""`askfirst ledger …`: the proof. Must never repair anything."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli import screen, words
from cli.bootstrap import opened
from cli.errors import FAULTS_FOUND
from cli.public_keys import public_key_of
from cli.screen import AsJson
from consent_store.signing import Signer
from settings import Settings, read_settings

app = typer.Typer(no_args_is_help=True)

Folder = Annotated[
    Path | None,
    typer.Option("--checkpoints", metavar="FOLDER", help="Where the checkpoints are, if not in var/."),
]
Key = Annotated[
    str,
    typer.Option(
        "--public-key", metavar="FILE|TEXT", help="Of the checkpoints; left out, that of our own ledger.key."
    ),
]


@app.command()
def verify(*, checkpoints: Folder = None, public_key: Key = "", as_json: AsJson = False) -> None:
    """Check the whole ledger and name every fault with its place. Ends with 1 if there is one."""
    settings = read_settings()
    folder = _folder(settings, checkpoints)
    key = public_key_of(settings, public_key) if public_key else Signer.from_folder(settings.keys).public_key
    with opened(settings) as store, screen.working("Verifying the ledger") as progress:
        result = store.verify_ledger(checkpoints=folder, public_key=key, progress=progress)
    if as_json:
        screen.document(screen.plain(result))
    else:
        faults = ((fault.place, fault.reason.replace("_", " ")) for fault in result.faults)
        screen.table("Faults", ("Where", "What"), faults)
        screen.say(
            f"{result.entries} entries, {len(result.faults)} faults, {result.checkpoints} checkpoints."
        )
    if not result.ok:
        raise typer.Exit(FAULTS_FOUND)


@app.command()
def checkpoint(*, checkpoints: Folder = None, as_json: AsJson = False) -> None:
    """Sign how the ledger ends now, in a file outside the database. The assistant does it too."""
    settings = read_settings()
    signer = Signer.from_folder(settings.keys)
    with opened(settings) as store, screen.working("Writing a checkpoint"):
        made = store.checkpoint(signer, _folder(settings, checkpoints))
    if as_json:
        screen.document(screen.plain(made))
        return
    what = "Written" if made.written else "Nothing changed since"
    screen.say(f"{what}: checkpoint {made.number} of {words.moment(made.at)}, {made.entries} entries.")
    screen.say(str(made.path))


def _folder(settings: Settings, given: Path | None) -> Path:
    return settings.checkpoints if given is None else settings.called_from / given
