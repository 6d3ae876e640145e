"""`askfirst channels check` tells of each channel whether it is configured, reachable and verified."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import pytest

from engine.channels.checking import __main__ as checking
from settings import ROOT
from tests.channels import webhooks

if TYPE_CHECKING:
    from tests.channels.providers import Providers
    from tests.live.in_process import InProcess

pytestmark = pytest.mark.live
APPS = ("telegram", "slack", "messenger", "whatsapp", "sms")


def askfirst(assistant: InProcess, *arguments: str) -> tuple[int, Any]:
    """The exit code of `askfirst channels …`, and the document."""
    command = [sys.executable, "-m", "cli", "channels", *arguments, "--json"]
    done = subprocess.run(
        command, cwd=ROOT, env=dict(assistant.environ), capture_output=True, text=True, check=False
    )
    assert_no_secret(done.stdout + done.stderr)
    return done.returncode, json.loads(done.stdout)


def looked_at(assistant: InProcess, app: str = "", **changed: str | None) -> Any:
    """What it would show of all, or of connecting one. changed: variables, None for one that is missing."""
    given = {name: value for name, value in {**assistant.environ, **changed}.items() if value is not None}
    with patch.dict(os.environ, given, clear=True):
        shown = json.dumps(asyncio.run(checking.connect(app) if app else checking.check()))
    assert_no_secret(shown)
    return json.loads(shown)


def assert_no_secret(shown: str) -> None:
    for name, value in webhooks.ENVIRON.items():
        assert value not in shown or name.endswith(("URL", "NUMBER")), f"{name} is shown"


def by_name(document: Mapping[str, Any]) -> dict[str, Any]:
    return {one["channel"]: one for one in document["channels"]}


def test_all_is_well_once_telegram_knows_where_to_send(assistant: InProcess, providers: Providers) -> None:
    providers.telegram.webhook = {"url": ""}
    code, document = askfirst(assistant, "check")
    found = by_name(document)
    assert (code, found["telegram"]["reasons"]) == (1, ["webhook_is_not_set"])
    assert {name for name, one in found.items() if not one["is_well"]} == {"telegram"}
    assert askfirst(assistant, "connect", "telegram") == (
        0,
        {"channel": "telegram", "connected": True, "reason": ""},
    )
    code, document = askfirst(assistant, "check")
    assert (code, {one["is_well"] for one in document["channels"]}) == (0, {True})
    assert providers.telegram.webhook["secret_token"] == webhooks.ENVIRON["ASKFIRST_TELEGRAM_SECRET"]


def test_what_is_missing_is_named(assistant: InProcess) -> None:
    document = looked_at(
        assistant, ASKFIRST_SLACK_SIGNING_SECRET=None, ASKFIRST_SMS_NUMBER=None,
        ASKFIRST_MESSENGER_APP_SECRET="short", ASKFIRST_RASA_PORT="9",
    )  # fmt: skip
    found = by_name(document)
    assert (found["slack"]["configured"], list(found["slack"]["missing"])) == (
        "incomplete",
        ["ASKFIRST_SLACK_SIGNING_SECRET"],
    )
    assert list(found["messenger"]["missing"]) == ["ASKFIRST_MESSENGER_APP_SECRET"]
    assert (found["sms"]["configured"], found["sms"]["is_well"]) == ("off", True)
    assert found["telegram"]["reasons"][0] == "server_away"
    assert not found["widget"]["reachable"]


def test_wrong_credentials_and_a_provider_that_is_away_are_told_apart(
    assistant: InProcess, providers: Providers
) -> None:
    away = {"ASKFIRST_SLACK_API_URL": "http://127.0.0.1:9/"}
    document = looked_at(assistant, ASKFIRST_TELEGRAM_TOKEN="7:other", **away)
    found = by_name(document)
    assert found["telegram"]["reasons"] == ["app_refuses"]
    assert found["slack"]["reasons"] == ["app_away"]
    assert [found[name]["reachable"] for name in APPS] == [False, False, True, True, True]
    providers.telegram.refused.clear()  # it was meant


def test_a_server_with_other_secrets_is_seen(assistant: InProcess) -> None:
    other = "another-secret-than-the-server-has"
    document = looked_at(assistant, ASKFIRST_TELEGRAM_SECRET=other)
    found = by_name(document)["telegram"]
    assert "genuine_is_refused" in found["reasons"]
    assert found["verified"] is False


def test_the_others_are_told_on_their_own_pages(assistant: InProcess) -> None:
    assert looked_at(assistant, "sms")["reason"] == "by_hand"
    assert looked_at(assistant, "telegram", ASKFIRST_PUBLIC_URL=None)["reason"] == "no_public_url"


def test_everything_that_is_off_is_no_fault(assistant: InProcess) -> None:
    off = dict.fromkeys(name for name in os.environ | webhooks.ENVIRON if name in webhooks.ENVIRON)
    document = looked_at(assistant, **off)
    assert all(one["is_well"] for one in document["channels"])
    assert {one["configured"] for one in document["channels"]} == {"yes", "off"}
