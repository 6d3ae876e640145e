"""A hundred people who write at once are all answered, each once, in every app."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.channels import webhooks
from tests.channels.providers import APPS

if TYPE_CHECKING:
    from tests.channels.providers import Providers
    from tests.live.servers import Stack

pytestmark = pytest.mark.live
PEOPLE = 100
NEED = "someone stole my card"


async def _all_at_once(stack: Stack, hooks: list[webhooks.Hook]) -> list[int]:
    async with httpx.AsyncClient(timeout=60, trust_env=False) as client:
        sent = [client.post(stack.rasa_url + h.path, content=h.body, headers=dict(h.headers)) for h in hooks]
        return [answer.status_code for answer in await asyncio.gather(*sent)]


def test_everybody_is_answered_once(stack: Stack, providers: Providers) -> None:
    hooks = [webhooks.SAYING[APPS[number % len(APPS)]](NEED) for number in range(PEOPLE)]
    before = {app: len(providers.of(app).wire) for app in APPS}
    assert set(asyncio.run(_all_at_once(stack, hooks))) == {200}
    for app in APPS:
        stack.wait_until_idle(app)
    for app in ("telegram", "slack", "messenger", "sms"):
        wire = providers.of(app).wire[before[app] :]
        steps = Counter(_to_whom(call) for call in wire if "Block the card" in str(call["args"]))
        people = PEOPLE // len(APPS) * (2 if app == "sms" else 1)  # Twilio carries two of them
        assert (len(steps), set(steps.values())) == (people, {1}), app
    assert providers.refused == {}


def _to_whom(call: dict) -> str:
    args = call["args"]
    return str(args.get("chat_id") or args.get("channel") or args.get("recipient") or args.get("To"))
