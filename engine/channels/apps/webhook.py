"""
The web address of a messaging app: proves where a request comes from, notes what it says, answers at once.

A channel without its variables is off and has no address at all. Must never answer a genuine request with an
error that is not ours, a forged one with anything but a number, or log what was sent.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any, ClassVar

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, Sanic, response
from sanic.request import Request as HttpRequest
from sanic.response import HTTPResponse

from engine.channels.apps.app import App
from engine.channels.apps.arriving import DeskSettings
from engine.channels.apps.desk import Desk
from engine.channels.apps.handling import OnNewMessage
from engine.channels.apps.incoming import NotGenuine, Reply, Request
from engine.channels.apps.words import Words
from engine.channels.fairness import Pace
from engine.channels.replay import innermost_store
from engine.conversations.store import SealedConversations
from engine.delivery.safely import SafeJournal
from sealing.keys import read_key
from settings import environment, read_settings

MOST_BYTES = 128 * 1024
"""A batch of an app has a few thousand."""

LOUD = ("aiogram", "slack_sdk", "twilio")
"""Libraries of the apps that write down whole requests at the level DEBUG."""

logger = logging.getLogger(__name__)


class AppInput(InputChannel):
    """The channel of one app; a subclass names it. Rasa makes it from credentials.yml."""

    app_class: ClassVar[type[App]]

    def __init__(
        self, app: App | None, options: DeskSettings, clock: Callable[[], float] = time.time
    ) -> None:
        """app: None if the channel is off. clock: seconds since 1970, for the age of requests."""
        self._app = app
        self._options = options
        self._clock = clock
        self._desk: Desk | None = None  # from the start of the server on

    @classmethod
    def name(cls) -> str:
        """The channel's name in addresses and events."""
        return cls.app_class.name

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> InputChannel:
        """
        From the environment, credentials.yml (pace) and key files; off if none of its variables is set.

        Raises AppIncomplete naming what is missing, KeyMissing, KeyInvalid.
        """
        values = cls.app_class.needs.values(cls.name(), environment())
        settings = read_settings()
        options = DeskSettings(
            person_key=read_key(settings.keys / "person.key"),
            buttons_key=read_key(settings.keys / "buttons.key"),
            pace=Pace(**(credentials or {}).get("pace", {})),
            bytes_per_day=settings.kept_bytes_per_day,
        )
        return cls(None if values is None else cls.app_class(values, Words.load()), options)

    def blueprint(self, on_new_message: OnNewMessage) -> Blueprint:
        """The routes; none if the channel is off."""
        blueprint = _AppBlueprint(self, on_new_message)
        if self._app is None:
            return blueprint

        @blueprint.route("/", methods=["GET"])
        async def health(_request: HttpRequest) -> HTTPResponse:
            if self._desk is None:  # nobody knows yet what was on its way
                return response.json({"status": "starting"}, status=503)
            return response.json({"status": "ok", "waiting": self._desk.waiting})

        @blueprint.route("/webhook", methods=["GET", "POST"])
        async def receive(request: HttpRequest) -> HTTPResponse:
            return await self._receive(request)

        return blueprint

    async def begin(self, server: Sanic, on_new_message: OnNewMessage) -> None:
        """Called when the server has started, and the model is loaded: go on with what was on its way."""
        if self._app is not None:
            for library in LOUD:
                logging.getLogger(library).setLevel(logging.WARNING)
            desk = Desk(self._app, self._options, on_new_message, _journal_beside(server))
            await desk.resume()
            self._desk = desk  # not before: what comes in from now on is not left over

    async def end(self) -> None:
        """Called before the server stops."""
        if self._desk is not None:
            await self._desk.close()

    async def _receive(self, http: HttpRequest) -> HTTPResponse:
        assert self._app is not None  # noqa: S101, else there is no such route
        if self._desk is None or not _is_ready(http.app):
            return response.empty(503)  # the app sends it again
        request = _as_request(http)
        try:
            reply = await self._take(self._app, self._desk, request)
        except NotGenuine as stranger:
            logger.warning("A webhook was refused: channel=%s reason=%s", self.name(), stranger.reason)
            return response.empty(stranger.status)
        body = reply.body.encode("utf-8", "replace")  # a challenge may hold half a character
        return HTTPResponse(body, reply.status, content_type=reply.content_type)

    async def _take(self, app: App, desk: Desk, request: Request) -> Reply:
        now = self._clock()
        app.verify(request, now)
        reply = app.handshake(request)
        if reply is not None:
            return reply
        if request.method != "POST":
            raise NotGenuine("wrong_method", 405)
        await desk.take(app.read(request, now))
        return app.taken


class _AppBlueprint(Blueprint):
    """A blueprint that starts and ends its channel with the server."""

    def __init__(self, channel: AppInput, on_new_message: OnNewMessage) -> None:
        super().__init__(channel.name(), __name__)
        self.ctx.channel = channel
        self.ctx.on_new_message = on_new_message

    def register(self, app: Sanic, options: dict[str, Any]) -> None:
        """Called by the web server."""
        channel, on_new_message = self.ctx.channel, self.ctx.on_new_message

        async def begin(server: Sanic, _loop: object) -> None:
            await channel.begin(server, on_new_message)

        async def end(_server: Sanic, _loop: object) -> None:
            await channel.end()

        app.config.REQUEST_MAX_SIZE = MOST_BYTES
        app.register_listener(begin, "after_server_start")
        app.register_listener(end, "before_server_stop")
        super().register(app, options)


def _as_request(http: HttpRequest) -> Request:
    headers = {name.lower(): value for name, value in http.headers.items()}
    target = http.raw_url.decode("ascii", "replace")
    query = dict(http.query_args)
    return Request(http.method, target, headers, http.body, query)


def _is_ready(server: Sanic) -> bool:
    """Whether Rasa would handle a message: without a model it lets it fall."""
    agent = getattr(server.ctx, "agent", None)
    is_ready = getattr(agent, "is_ready", None)
    return bool(is_ready()) if callable(is_ready) else agent is not None


def _journal_beside(server: Sanic) -> SafeJournal:
    """In the database of the conversations; none beside any other tracker store."""
    store = innermost_store(getattr(getattr(server.ctx, "agent", None), "tracker_store", None))
    if not isinstance(store, SealedConversations):
        return SafeJournal(None)
    return SafeJournal(store.keeper, keeps=store.keeps)
