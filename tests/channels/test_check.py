"""`askfirst channels check` tells of each channel whether it is configured, reachable and verified."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pytest

from settings import ROOT
from tests.channels import webhooks

if TYPE_CHECKING:
    from tests.channels.providers import Providers
    from tests.live.servers import Stack

pytestmark = pytest.mark.live
APPS = ("telegram", "slack", "messenger", "whatsapp", "sms")


def askfirst(stack: Stack, *arguments: str, **changed: str | None) -> tuple[int, Any]:
    """The exit code, and the document. changed: variables, None for one that is missing."""
    environ = {**stack.servers["rasa"].environ, **changed}
    given = {name: value for name, value in environ.items() if value is not None}
    command = [sys.executable, "-m", "cli", "channels", *arguments, "--json"]
    done = subprocess.run(
        command, cwd=ROOT, env=given, capture_output=True, text=True, timeout=120, check=False
    )
    shown = done.stdout + done.stderr
    for name, value in webhooks.ENVIRON.items():
        assert value not in shown or name.endswith(("URL", "NUMBER")), f"{name} is shown"
    return done.returncode, json.loads(done.stdout)


def by_name(document: Mapping[str, Any]) -> dict[str, Any]:
    return {one["channel"]: one for one in document["channels"]}


def test_all_is_well_once_telegram_knows_where_to_send(stack: Stack, providers: Providers) -> None:
    providers.telegram.webhook = {"url": ""}
    code, document = askfirst(stack, "check")
    found = by_name(document)
    assert (code, found["telegram"]["reasons"]) == (1, ["webhook_is_not_set"])
    assert {name for name, one in found.items() if not one["is_well"]} == {"telegram"}
    assert askfirst(stack, "connect", "telegram") == (
        0,
        {"channel": "telegram", "connected": True, "reason": ""},
    )
    code, document = askfirst(stack, "check")
    assert (code, {one["is_well"] for one in document["channels"]}) == (0, {True})
    assert providers.telegram.webhook["secret_token"] == webhooks.ENVIRON["ASKFIRST_TELEGRAM_SECRET"]


def test_what_is_missing_is_named(stack: Stack, monkeypatch: pytest.MonkeyPatch) -> None:
    code, document = askfirst(
        stack, "check", ASKFIRST_SLACK_SIGNING_SECRET=None, ASKFIRST_SMS_NUMBER=None,
        ASKFIRST_MESSENGER_APP_SECRET="short", ASKFIRST_RASA_PORT="9",
    )  # fmt: skip
    found = by_name(document)
    assert code == 1
    assert (found["slack"]["configured"], list(found["slack"]["missing"])) == (
        "incomplete",
        ["ASKFIRST_SLACK_SIGNING_SECRET"],
    )
    assert list(found["messenger"]["missing"]) == ["ASKFIRST_MESSENGER_APP_SECRET"]
    assert (found["sms"]["configured"], found["sms"]["is_well"]) == ("off", True)
    assert found["telegram"]["reasons"][0] == "server_away"
    assert not found["widget"]["reachable"]


def test_wrong_credentials_and_a_provider_that_is_away_are_told_apart(
    stack: Stack, providers: Providers
) -> None:
    away = {"ASKFIRST_SLACK_API_URL": "http://127.0.0.1:9/"}
    _, document = askfirst(stack, "check", ASKFIRST_TELEGRAM_TOKEN="7:other", **away)
    found = by_name(document)
    assert found["telegram"]["reasons"] == ["app_refuses"]
    assert found["slack"]["reasons"] == ["app_away"]
    assert [found[name]["reachable"] for name in APPS] == [False, False, True, True, True]
    providers.telegram.refused.clear()  # it was meant


def test_a_server_with_other_secrets_is_seen(stack: Stack) -> None:
    other = "another-secret-than-the-server-has"
    _, document = askfirst(stack, "check", ASKFIRST_TELEGRAM_SECRET=other)
    found = by_name(document)["telegram"]
    assert "genuine_is_refused" in found["reasons"]
    assert found["verified"] is False


def test_the_others_are_told_on_their_own_pages(stack: Stack) -> None:
    code, document = askfirst(stack, "connect", "sms")
    assert (code, document["reason"]) == (1, "by_hand")
    assert askfirst(stack, "connect", "telegram", ASKFIRST_PUBLIC_URL=None)[1]["reason"] == "no_public_url"


def test_everything_that_is_off_is_no_fault(stack: Stack) -> None:
    off = dict.fromkeys(name for name in os.environ | webhooks.ENVIRON if name in webhooks.ENVIRON)
    code, document = askfirst(stack, "check", **off)
    assert code == 0
    assert {one["configured"] for one in document["channels"]} == {"yes", "off"}
