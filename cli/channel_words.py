"""
What was found of a channel, in words that say what to do. Must never show a secret.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_REASONS = {
    "server_away": "our Rasa server does not answer: start it with `make run`",
    "server_without_channel": "our Rasa server runs without this channel: start it again, it reads .env then",
    "forged_is_taken": "our server takes a request that nobody signed: stop it and look at its version",
    "genuine_is_refused": "our server refuses what is genuine: start it again, its secrets are other ones",
    "app_refuses": "the provider refuses our credentials: look at them once more",
    "app_away": "the provider does not answer: try again, or look at its status page",
    "webhook_is_not_set": "the provider does not know our address yet: see docs/channels/{channel}.md",
    "webhook_is_elsewhere": "the provider sends to another address: see docs/channels/{channel}.md",
}

_NOT_CONNECTED = {
    "incomplete": "Variables are missing: run `askfirst channels check`.",
    "off": "This channel is off: set its variables first (docs/channels/{channel}.md).",
    "no_public_url": "ASKFIRST_PUBLIC_URL is missing: without it the provider cannot be told where to send.",
    "app_refuses": "The provider refused: look at the token and at the address once more.",
    "app_away": "The provider does not answer: try again later.",
    "by_hand": "This one is told on the provider's own pages: see docs/channels/{channel}.md.",
}

_YES_NO = {True: "yes", False: "no", None: ""}


def row(channel: Mapping[str, Any]) -> tuple[str, str, str, str, str]:
    """Name, configured, reachable, verified, and what is missing."""
    return (
        channel["channel"],
        channel["configured"],
        _YES_NO[channel["reachable"]],
        _YES_NO[channel["verified"]],
        "; ".join(_to_do(channel)),
    )


def why_not_connected(channel: str, reason: str) -> str:
    """One sentence."""
    return _NOT_CONNECTED.get(reason, reason.replace("_", " ")).format(channel=channel)


def _to_do(channel: Mapping[str, Any]) -> list[str]:
    variables = list(channel["missing"])
    if channel["configured"] == "off":
        return [f"to switch it on: {', '.join(variables)}"]
    faults = [f"{name} {fault}" for name, fault in channel["missing"].items()]
    return [*faults, *(_REASONS[reason].format(channel=channel["channel"]) for reason in channel["reasons"])]
