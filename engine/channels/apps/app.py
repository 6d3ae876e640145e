"""
What a messaging app must be able to do. One class an app, in a folder beside this one.

Must never decide anything: it reads what the app sent, and puts what is to be said into calls of the app's
API.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from engine.channels.apps.incoming import Incoming, Reply, Request
from engine.channels.apps.needs import Needs
from engine.channels.apps.said import Choice, Said
from engine.channels.apps.words import Words

Address = Mapping[str, Any]


@dataclass(frozen=True)
class Call:
    """
    One call of the app's API: plain JSON, so that it can wait, sealed, until it is sent.

    `shows`: a message whose buttons have to go once it is answered; the app's id of it is kept.
    `optional`: nobody misses it if it fails, as the removal of buttons that are gone already.
    """

    method: str
    args: Mapping[str, Any] = field(repr=False)
    shows: bool = False
    optional: bool = False


@dataclass(frozen=True)
class Rendered:
    """
    A message as calls, in order. `options`: what a person may send back, a number or the short name of a
    button, and the choice that it stands for.
    """

    calls: Sequence[Call]
    options: Mapping[str, Choice] = field(default_factory=dict)


@dataclass(frozen=True)
class Shown:
    """
    A message whose buttons can still be pressed: the app's id of it, and what it says.

    `answers`: of a permission request, the titles of its two answers by "allow" and "not_now".
    """

    ref: str
    text: str = field(repr=False)
    kind: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Account:
    """What an app says of our account there. `webhook`: the address that it sends to, if it tells."""

    webhook: str | None = None


class NotSent(Exception):
    """
    A call that the app did not take. `reason`: a short key without anything that was sent.

    `final`: trying again is of no use. `after_seconds`: how long the app wants us to wait, if it says so.
    """

    def __init__(self, reason: str, *, final: bool = False, after_seconds: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.final = final
        self.after_seconds = after_seconds


class App(ABC):
    """One messaging app. Built with the values of its variables (`needs`), which are all there."""

    name: ClassVar[str]
    """The channel's name in addresses and events: "telegram"."""

    needs: ClassVar[Needs]

    taken: ClassVar[Reply] = Reply()
    """The answer to a request that was taken."""

    def __init__(self, values: Mapping[str, str], words: Words) -> None:
        """Connects to nothing yet."""
        self.values = values
        self.words = words

    @abstractmethod
    def verify(self, request: Request, now: float) -> None:
        """
        Raise NotGenuine unless the request proves that the app sent it, lately. Constant time; fails closed.

        now: seconds since 1970.
        """

    def handshake(self, request: Request) -> Reply | None:
        """The answer to a verified request that only wants to know whether we are there; else None."""
        del request
        return None

    @abstractmethod
    def read(self, request: Request, now: float) -> list[Incoming]:
        """
        What a verified request says, every event of it, in order.

        Edits, our own messages, receipts of delivery, stale events and whatever is unknown are left out.
        Raises nothing for any body.
        """

    @abstractmethod
    def render(self, said: Said, address: Address, first: int) -> Rendered:
        """
        The message as calls, within all limits of the app. first: the number of the next numbered choice.
        """

    def retire(self, shown: Shown, outcome: str, address: Address) -> Call | None:
        """Take the buttons from a message and say what was chosen ("" if nothing was); None if it cannot."""
        del shown, outcome, address
        return None

    def noticed(self, incoming: Incoming) -> list[Call]:
        """What the app wants to hear at once about a press, whatever comes of it."""
        del incoming
        return []

    def not_theirs(self, incoming: Incoming) -> list[Call]:
        """What to tell somebody who pressed a button that was not offered to them."""
        del incoming
        return []

    def offer_private(self, incoming: Incoming) -> list[Call]:
        """The offer of a private chat, for a group or an open channel."""
        del incoming
        return []

    @abstractmethod
    async def perform(self, call: Call) -> str | None:
        """Send one call; the app's id of the message, if it made one. Raises NotSent."""

    @abstractmethod
    async def account(self) -> Account:
        """What the app says of our credentials, asked without changing anything. Raises NotSent."""

    async def connect(self, webhook: str) -> bool:
        """Tell the app to send to this address; False if that has to be done by hand. Raises NotSent."""
        del webhook
        return False

    @abstractmethod
    def nothing_new(self, url: str, now: float) -> Request:
        """
        A request as the app itself would prove it, that says nothing: for `askfirst channels check`.

        url: the public address of our webhook, which some apps sign too. now: seconds since 1970.
        """

    @abstractmethod
    async def close(self) -> None:
        """Give connections back."""
