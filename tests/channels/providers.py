"""
All fakes on one server, for everybody who writes in, and the variables that make real servers use them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from tests.channels import webhooks
from tests.channels.fakes.messenger import Messenger
from tests.channels.fakes.server import Provider, serving
from tests.channels.fakes.slack import Slack
from tests.channels.fakes.telegram import Telegram
from tests.channels.fakes.twilio import Twilio

APPS = ("telegram", "slack", "messenger", "whatsapp", "sms")


class Anybody:
    """In place of a list of those who wrote in: everybody did."""

    def __contains__(self, _person: object) -> bool:
        return True


@dataclass(frozen=True)
class Providers:
    """Running fakes. `environ`: what servers need to use them."""

    telegram: Telegram
    slack: Slack
    messenger: Messenger
    twilio: Twilio
    environ: Mapping[str, str]

    def of(self, app: str) -> Provider:
        """The provider behind a channel."""
        found: Provider = getattr(self, "twilio" if app in ("whatsapp", "sms") else app)
        return found

    @property
    def refused(self) -> dict[str, list[str]]:
        """Which limits were broken, by provider."""
        named = {name: getattr(self, name).refused for name in ("telegram", "slack", "messenger", "twilio")}
        return {name: faults for name, faults in named.items() if faults}


@contextmanager
def running_providers() -> Iterator[Providers]:
    """All four, on loopback."""
    fakes = {
        "telegram": Telegram(Anybody()),
        "slack": Slack(Anybody()),
        "messenger": Messenger(Anybody()),
        "twilio": Twilio(),
    }
    with serving(fakes) as base:
        environ = {**webhooks.ENVIRON, **webhooks.addresses(base)}
        yield Providers(**fakes, environ=environ)  # type: ignore[arg-type]
