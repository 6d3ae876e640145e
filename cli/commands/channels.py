"""
`askfirst channels …`: which channels are configured, reachable and verified, and what is missing.

The engine looks, in a process of its own, with the clients that send. Must never show a secret.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Annotated, Any, Literal

import typer

from cli import channel_words, screen
from cli.errors import FAULTS_FOUND, EngineMissing
from cli.screen import AsJson
from settings import ROOT, read_settings

app = typer.Typer(no_args_is_help=True)

SECONDS = 120.0
App = Annotated[
    Literal["telegram", "slack", "messenger", "whatsapp", "sms"],
    typer.Argument(metavar="CHANNEL", help="telegram; the others are told on their providers' pages."),
]


@app.command()
def check(*, as_json: AsJson = False) -> None:
    """Look at every channel, without sending or changing anything. Ends with 1 if one is not in order."""
    with screen.working("Looking at the channels"):
        found = _engine("check")
    if as_json:
        screen.document(found)
    else:
        heads = ("Channel", "Configured", "Reachable", "Verified", "What is missing")
        screen.table("Channels", heads, (channel_words.row(one) for one in found["channels"]))
    if not all(one["is_well"] for one in found["channels"]):
        raise typer.Exit(FAULTS_FOUND)


@app.command()
def connect(channel: App, *, as_json: AsJson = False) -> None:
    """Tell a provider where our webhook is (ASKFIRST_PUBLIC_URL), if it takes that over its API."""
    with screen.working("Telling the provider"):
        done = _engine("connect", channel)
    if as_json:
        screen.document({key: done[key] for key in ("channel", "connected", "reason")})
    elif done["connected"]:
        screen.say(f"Done: {channel} sends to us from now on. `askfirst channels check` looks at it.")
    else:
        screen.say(channel_words.why_not_connected(channel, done["reason"]))
    if not done["connected"]:
        raise typer.Exit(FAULTS_FOUND)


def _engine(*arguments: str) -> dict[str, Any]:
    """What the engine found. Raises EngineMissing if it is not there, or does not answer."""
    command = [sys.executable, "-m", "engine.channels.checking", *arguments]
    read_settings()  # what is wrong with them is said here
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=SECONDS, check=False)
        found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    except (OSError, subprocess.TimeoutExpired, ValueError, IndexError):
        raise EngineMissing from None
    return found
