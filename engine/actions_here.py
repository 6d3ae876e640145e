"""
Runs custom actions in Rasa's own process, where endpoints.yml names their module in place of an address.

`action_endpoint: {actions_module: actions}`, the key that Rasa Pro has for it: no HTTP, no domain sent along.
With `url:` Rasa calls an action server as ever (docs/for_rasa_developers.md).
"""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import Awaitable, Callable
from functools import cache
from typing import TYPE_CHECKING, Any

from rasa.core import run as rasa_run
from rasa.core.actions.action import ActionExecutionRejection, RemoteAction
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, deserialise_events
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection as Rejected

from engine import keep_alive

if TYPE_CHECKING:
    from sanic import Sanic

KEY = "actions_module"
PATIENCE_SECONDS = 10

Run = Callable[..., Awaitable[list[Event]]]


def install() -> None:
    """Let every custom action look for the key, and have its module begin when a server is made."""
    RemoteAction.run = or_here(RemoteAction.run)
    rasa_run.configure_app = _with_actions(rasa_run.configure_app)


def module_of(endpoint: Any) -> str | None:
    """The module that an action endpoint names; None for a server's address, or no endpoint."""
    return endpoint.kwargs.get(KEY) if endpoint is not None and not endpoint.url else None


@cache
def executor_of(module: str) -> ActionExecutor:
    """The SDK's executor with every action of a module. Raises ImportError if there is no such module."""
    executor = ActionExecutor()
    executor.register_package(module)
    return executor


def or_here(stock_run: Run) -> Run:
    """RemoteAction.run for actions of a module; anything else stays as it was."""

    async def run(
        self: RemoteAction, output_channel: Any, nlg: Any, tracker: DialogueStateTracker, domain: Domain
    ) -> list[Event]:
        module = module_of(self.action_endpoint)
        if module is None:
            return await stock_run(self, output_channel, nlg, tracker, domain)
        call = {
            "next_action": self.name(),
            "sender_id": tracker.sender_id,
            "tracker": tracker.current_state(EventVerbosity.ALL),
            "domain": _as_dict(domain),
        }
        try:
            answer = await asyncio.wait_for(executor_of(module).run(call), PATIENCE_SECONDS)
        except Rejected as rejected:
            raise ActionExecutionRejection(rejected.action_name, rejected.message) from None
        if answer is None:
            return []
        said = await self._utter_responses(answer.responses, output_channel, nlg, tracker)
        return [*said, *deserialise_events(answer.events)]

    return run


def _with_actions(stock: Callable[..., Sanic]) -> Callable[..., Sanic]:
    """`rasa.core.run.configure_app`; what the actions need is made before anybody can ask."""

    def configure_app(*given: Any, endpoints: Any = None, **options: Any) -> Sanic:
        app = stock(*given, endpoints=endpoints, **options)
        action = endpoints.action if endpoints else None
        if module := module_of(action):
            executor_of(module)
            begin = getattr(importlib.import_module(module), "begin", None)
            if begin is not None:
                begin(app)
        elif action is not None:
            keep_alive.keep(action, app)
        return app

    return configure_app


_domain: tuple[Domain, dict[str, Any]] | None = None


def _as_dict(domain: Domain) -> dict[str, Any]:
    """The domain as the SDK wants it, made once for each domain that Rasa loads. Actions only read it."""
    global _domain  # noqa: PLW0603
    if _domain is None or _domain[0] is not domain:
        _domain = (domain, domain.as_dict())
    return _domain[1]
