"""
What people write in messaging apps, what the apps call them, and the apps' secrets lie nowhere in plain.

All loggers are at their lowest level, and the providers fail for a while. tests/privacy has the control that
shows that the scanner would find it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from unittest import mock

import pytest

from operate.services import commands
from tests.channels import webhooks
from tests.channels.chats.apps import APP_CHATS
from tests.contract import raw
from tests.live import servers
from tests.live.servers import running_stack
from tests.privacy.run import LOUDEST, loudest
from tests.privacy.scanner import Scanner

if TYPE_CHECKING:
    from pathlib import Path

    from tests.channels.chats.chat import AppChat
    from tests.channels.providers import Providers
    from tests.live.servers import Stack

pytestmark = pytest.mark.live
TYPED = ("I owe 48,213.77 to my aunt Philippa", "about 48,213.77", "Zanzibar-Kwaheri")
SECRETS = tuple(
    value for name, value in webhooks.ENVIRON.items() if not name.endswith(("URL", "NUMBER", "SID"))
)


def tells(chat: AppChat, provider: object) -> tuple[str, ...]:
    """A debt, volunteered and then allowed, and a forged message; what the app calls the person."""
    said = chat.type(f"{TYPED[0]} and want to pay off my credit card debt")
    asked = chat.press(_button(said, "Yes, please"))
    getattr(provider, "fail")(503, times=2)  # noqa: B009, any of the fakes
    chat.press(_button(asked, "Allow"))
    chat.type(TYPED[1])
    forged = webhooks.forged(webhooks.SAYING[chat.channel](TYPED[2]))
    assert chat.assistant.send(forged).status_code in (401, 403)
    return tuple(name for name in chat.name if name not in (webhooks.TEAM, webhooks.messenger.PAGE))


def _button(said: list[dict], title: str) -> dict:
    return next(one for message in said for one in message["buttons"] if one["title"] == title)


@pytest.fixture(scope="module")
def told(
    rasa_model: Path, providers: Providers, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Stack, set]:
    """Servers that are ended, and what must not be found."""
    var = tmp_path_factory.mktemp("told") / "var"
    names: set[str] = set()
    lines = loudest(dict(commands()), control=False)
    with (
        mock.patch.object(servers, "commands", return_value=lines),
        running_stack(var, model=rasa_model, environ={**providers.environ, **LOUDEST}) as stack,
    ):
        for app, chat in APP_CHATS.items():
            names.update(tells(chat(stack, providers.of(app)), providers.of(app)))
    return stack, names


def test_nothing_of_it_is_found(told: tuple[Stack, set]) -> None:
    stack, names = told
    assert len(names) == len(APP_CHATS)
    assert raw.count(stack.database_url, "message_thread") == len(APP_CHATS), "else nothing was kept"
    values = ("48,213.77", "48213.77", "Philippa", "Zanzibar-Kwaheri")
    scanner = Scanner([*values, *names, *SECRETS])
    found = scanner.in_files(stack.var) | scanner.in_tables(stack.database_url)
    assert sorted(map(str, found)) == []
    assert (stack.var / "log" / "rasa.log").read_text().count(" DEBUG ") > 100
