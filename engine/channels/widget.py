"""
The website widget's channel: socket.io, one room a conversation, one event a message.

Who somebody is follows from a token that this server issued, and from nothing that a client could choose. A
typed text must never reach Rasa as a command, nor a button that we did not offer in this very conversation.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from rasa.core.channels.channel import InputChannel, OutputChannel
from sanic import Blueprint, response
from socketio.exceptions import ConnectionRefusedError as SocketRefused

from engine.channels import intake, replay
from engine.channels.fairness import Pace, RateLimit
from engine.channels.presence import Live, Presence, Session
from engine.channels.socket_blueprint import SocketBlueprint
from engine.channels.socket_server import SocketServer
from engine.channels.widget_turns import NAME, OnNewMessage, Turns, WidgetSettings
from sealing import token
from sealing.keys import read_key
from settings import read_settings

MOST_BYTES = 20_000  # one packet; a text of 2,000 characters fits several times
VISITS = Pace(burst=30, per_second=0.5)
"""How often a conversation may be opened."""
LONGEST_WAIT_SECONDS = 30.0
"""After it the clock is looked at again."""


class WidgetInput(InputChannel):
    """Takes what the widget sends and passes it on in order."""

    def __init__(self, options: WidgetSettings, clock: Callable[[], float] = time.monotonic) -> None:
        """clock: seconds, monotonic, for the pace."""
        self._options = options
        self._visits = RateLimit(VISITS, clock)
        self._sessions: dict[str, Session] = {}
        self._presence = Presence()
        self._clock = clock
        self._sio: Any = None  # the socket.io server, from `blueprint` on

    @classmethod
    def name(cls) -> str:
        """The channel's name in addresses and events."""
        return NAME

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> InputChannel:
        """
        From credentials.yml (pace, sorry), key files and ASKFIRST_PAGE_ORIGINS. Raises KeyMissing,
        KeyInvalid.
        """
        written = credentials or {}
        settings = read_settings()
        options = WidgetSettings(
            token_key=read_key(settings.keys / "widget_token.key"),
            buttons_key=read_key(settings.keys / "buttons.key"),
            origins=settings.socket_origins,
            pace=Pace(**written.get("pace", {})),
            sorry=str(written.get("sorry", "")),
            language=settings.language,
            settings=settings,
        )
        return cls(options)

    def get_output_channel(self) -> OutputChannel | None:
        """The output for messages that nobody's message caused; None before the server runs."""
        return None if self._sio is None else self._turns.output()

    def blueprint(self, on_new_message: OnNewMessage) -> Blueprint:
        """Attach socket.io to Rasa's server at /socket.io."""
        self._sio = sio = SocketServer(
            self._options.settings,
            async_mode="sanic",
            cors_allowed_origins=list(self._options.origins),
            max_http_buffer_size=MOST_BYTES,
        )
        self._turns = Turns(sio, self._options, self._presence, on_new_message, self._clock)
        sio.on("connect", self._connect)
        sio.on("disconnect", self._disconnect)
        sio.on("user_uttered", self._user_uttered)
        self._blueprint = blueprint = SocketBlueprint(sio, "/socket.io", "widget", __name__)
        blueprint.add_route(_health, "/", methods=["GET"])
        return blueprint

    async def _connect(self, sid: str, _environ: Mapping[str, Any], auth: object) -> None:
        given = auth.get("token") if isinstance(auth, dict) else None
        conversation = self._conversation(given) if isinstance(given, str) else None
        if conversation is None or not isinstance(given, str):
            raise SocketRefused("invalid_token")
        if not self._visits.allows(conversation):
            raise SocketRefused("too_fast")
        live = self._presence.enter(conversation)
        # a task, because the client may hear of its session only after it is connected
        opened = self._sio.start_background_task(self._welcome, sid, conversation, live)
        self._sessions[sid] = Session(conversation, given, opened, self._closing(sid, given))

    def _conversation(self, given: str) -> str | None:
        return token.conversation_key(self._options.token_key, given)

    async def _disconnect(self, sid: str, *_reason: object) -> None:
        session = self._sessions.pop(sid, None)
        if session is None:
            return
        self._presence.leave(session.conversation)
        if session.closing is not None:
            session.closing.cancel()

    def _closing(self, sid: str, given: str) -> asyncio.Future[None] | None:
        ends = token.expiry(self._options.token_key, given)
        return None if ends is None else self._sio.start_background_task(self._close_at, sid, ends)

    async def _close_at(self, sid: str, ends: int) -> None:
        """Close a tab when its token is over. ends: seconds since 1970."""
        while (left := ends - time.time()) > 0:  # noqa: ASYNC110, nothing happens at a time but the time
            await asyncio.sleep(min(left, LONGEST_WAIT_SECONDS))
        await self._end(sid)

    async def _end(self, sid: str) -> None:
        """Close a tab whose token is over, and say why."""
        await self._sio.emit("session_over", {"reason": "expired"}, room=sid)
        await self._sio.disconnect(sid)

    async def _welcome(self, sid: str, conversation: str, live: Live) -> None:
        """Tell a new tab what was said so far, then let it hear what comes; nothing twice, nothing lost."""
        welcomed = False
        while not welcomed:  # what was read is told only if no turn ended meanwhile
            finished = live.finished
            turns = await replay.turns_of(self._tracker_store(), conversation)
            async with live.telling:
                welcomed = finished == live.finished
                if welcomed and sid in self._sessions:
                    await self._tell_so_far(sid, conversation, live, turns)

    async def _tell_so_far(
        self, sid: str, conversation: str, live: Live, turns: Sequence[Mapping[str, Any]]
    ) -> None:
        """While nothing else is told in the conversation, so that no answer overtakes what was before it."""
        kept = replay.messages(self._options.buttons_key, conversation, turns)
        live.learn(kept)
        said = replay.joined(kept, live.under_way)
        await self._sio.enter_room(sid, conversation)
        session = {"conversation": "resumed" if said else "new", "language": self._options.language}
        await self._sio.emit("session", session, room=sid)
        if said:
            await self._sio.emit("history", replay.history(said, len(turns)), room=sid)
        if live.handling:
            await self._sio.emit("typing", {"on": True}, room=sid)

    def _tracker_store(self) -> object:
        agent = getattr(self._blueprint.ctx.app.ctx, "agent", None)
        return getattr(agent, "tracker_store", None)

    async def _user_uttered(self, sid: str, sent: object = None) -> dict[str, Any]:
        """The acknowledgement: whether the message was taken. It is handled afterwards, in its turn."""
        try:
            return await self._take(sid, sent)
        except intake.IntakeRefused as refused:
            return {"ok": False, "error": refused.code}

    async def _take(self, sid: str, sent: object) -> dict[str, Any]:
        """Raises IntakeRefused."""
        session = self._sessions.get(sid)
        if session is None:
            raise intake.IntakeRefused("bad_message")
        self._turns.pace(session.conversation)
        if self._conversation(session.token) is None:
            # a task, because the client hears of it by the acknowledgement, which comes first
            self._sio.start_background_task(self._end, sid)
            raise intake.IntakeRefused("invalid_token")
        await asyncio.shield(session.opened)
        return self._turns.take(session.conversation, sent)


async def _health(_request: object) -> Any:
    return response.json({"status": "ok"})
