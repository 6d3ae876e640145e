"""`askfirst keys …`: the master key anew, and the public key to hand out. Must never print any other key."""

from __future__ import annotations

from typing import Annotated

import typer

from cli import screen
from cli.bootstrap import opened
from cli.errors import KEY_PROBLEM
from cli.screen import AsJson
from consent_store import Rotation, StoreKeys
from consent_store.key_files import remove_earlier
from consent_store.receipts import public_key
from settings import Settings, read_settings

app = typer.Typer(no_args_is_help=True)

Remove = Annotated[
    bool, typer.Option("--remove-retired", help="Delete former master keys that open nothing any more.")
]


@app.command()
def rotate(*, remove_retired: Remove = False, as_json: AsJson = False) -> None:
    """
    Put a new master key in place and wrap every person's key by it. Servers may go on meanwhile.

    One that was interrupted is finished first, and then no new one is begun: run it again as often as needed.
    """
    settings = read_settings()
    rotation = _under_way(settings)
    if rotation is None:
        StoreKeys.begin_rotation(settings.keys)
        rotation = _rotate(settings)
    removed = remove_earlier(settings.keys, rotation.retired) if remove_retired else ()
    if as_json:
        screen.document({**screen.plain(rotation), "complete": rotation.complete, "removed": list(removed)})
    else:
        _say(rotation, removed)
    if not rotation.complete:
        raise typer.Exit(KEY_PROBLEM)


def _under_way(settings: Settings) -> Rotation | None:
    """What came of finishing a rotation that was begun; None if there was nothing to finish."""
    rotation = _rotate(settings)
    return rotation if rotation.rewrapped or rotation.left else None


def _rotate(settings: Settings) -> Rotation:
    with opened(settings) as store, screen.working("Wrapping keys anew") as progress:
        return store.rotate_keys(progress)


def _say(rotation: Rotation, removed: tuple[str, ...]) -> None:
    screen.say(f"Master key {rotation.master_id}: {rotation.rewrapped} keys wrapped anew.")
    if not rotation.complete:
        needed = ", ".join(rotation.needed)
        screen.say(f"{rotation.left} keys are left: put back the master keys {needed} and run it again.")
    for name in removed:
        screen.say(f"Master key {name} was deleted.")
    if not removed and rotation.retired:
        screen.say("Former master keys open nothing any more; --remove-retired deletes them.")


@app.command()
def public(*, as_json: AsJson = False) -> None:
    """Show the public key by which receipts, certificates and checkpoints are verified."""
    key = public_key(read_settings().keys)
    if as_json:
        screen.document(screen.plain(key))
    else:
        screen.say(key.text)
