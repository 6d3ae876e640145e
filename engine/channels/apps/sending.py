"""
Sends a call, and tries again as long as that is of use: after 429, 5xx and time-outs, as the app wants it.

Must never log what is sent: ids and reasons only.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from tenacity import (
    AsyncRetrying,
    RetryCallState,
    retry_if_exception,
    stop_before_delay,
    wait_random_exponential,
)

from engine.channels.apps.app import App, Call, NotSent

MOST_SECONDS = 60 * 60.0
"""
For so long a call is tried; then whoever it was for has long gone on. An app that wants a longer pause than
what is left is not waited for.
"""

OPTIONAL_SECONDS = 30.0
LONGEST_PAUSE_SECONDS = 60.0
Sleep = Callable[[float], Awaitable[None]]
logger = logging.getLogger(__name__)


class Sender:
    """Sends calls of one app."""

    def __init__(self, app: App, sleep: Sleep = asyncio.sleep) -> None:
        """sleep: waits so many seconds."""
        self._app = app
        self._sleep = sleep

    async def send(self, call: Call, conversation: str) -> str | None:
        """The app's id of the message, None if it has none or could not be sent. Raises nothing."""
        try:
            async for attempt in self._trying(OPTIONAL_SECONDS if call.optional else MOST_SECONDS):
                with attempt:
                    return await self._app.perform(call)
        except NotSent as error:
            self._report(call, conversation, error.reason)
        except Exception as error:  # noqa: BLE001, whatever it was, the next letters go out
            self._report(call, conversation, type(error).__name__)
        return None

    def _trying(self, seconds: float) -> AsyncRetrying:
        return AsyncRetrying(
            retry=retry_if_exception(_passes_by),
            wait=_pause,
            stop=stop_before_delay(seconds),
            sleep=self._sleep,
            reraise=True,
        )

    def _report(self, call: Call, conversation: str, reason: str) -> None:
        level = logging.INFO if call.optional else logging.ERROR
        logger.log(
            level,
            "A message could not be sent: channel=%s call=%s conversation=%s reason=%s",
            self._app.name,
            call.method,
            conversation,
            reason,
        )


_backing_off = wait_random_exponential(multiplier=0.5, max=LONGEST_PAUSE_SECONDS)


def _passes_by(error: BaseException) -> bool:
    return isinstance(error, NotSent) and not error.final


def _pause(state: RetryCallState) -> float:
    """As long as the app asks for; if it asks for nothing, longer each time, up to a minute."""
    error = state.outcome.exception() if state.outcome else None
    asked_for = error.after_seconds if isinstance(error, NotSent) else None
    return asked_for if asked_for is not None and asked_for > 0 else _backing_off(state)
