"""
Looks at a messaging app: its variables, its account there, and our webhook here.
"""

from __future__ import annotations

import time
from collections.abc import Mapping

from engine.channels.apps.app import App, NotSent
from engine.channels.apps.needs import PUBLIC_URL, AppIncomplete
from engine.channels.apps.words import Words
from engine.channels.checking import server
from engine.channels.checking.finding import Finding


async def check(app_class: type[App], environ: Mapping[str, str]) -> Finding:
    """What there is to say of an app. Changes nothing."""
    name = app_class.name
    try:
        values = app_class.needs.values(name, environ)
    except AppIncomplete as error:
        return Finding(name, "incomplete", missing=error.faults)
    if values is None:
        return Finding(name, "off", missing=dict.fromkeys(app_class.needs.own, "is missing"))
    app = app_class(values, Words.load())
    try:
        return await _looked_at(app, environ)
    finally:
        await app.close()


def webhook_of(app: str, environ: Mapping[str, str]) -> str:
    """The public address of an app's webhook; "" if nobody said what ours is."""
    public = environ.get(PUBLIC_URL, "").strip().rstrip("/")
    return f"{public}/webhooks/{app}/webhook" if public else ""


async def _looked_at(app: App, environ: Mapping[str, str]) -> Finding:
    path = f"/webhooks/{app.name}/webhook"
    webhook = webhook_of(app.name, environ)
    missing = {} if webhook else {PUBLIC_URL: "is missing"}
    there, elsewhere = await _account(app, webhook)
    here = await server.reasons_against(
        path, app.nothing_new(webhook or server.address() + path, time.time())
    )
    away = [reason for reason in here if reason.startswith("server_")]
    return Finding(
        app.name,
        "yes",
        reachable=not there and not away,
        verified=not here and not elsewhere and not missing,
        missing=missing,
        reasons=(*there, *here, *elsewhere),
    )


async def _account(app: App, webhook: str) -> tuple[list[str], list[str]]:
    """Why the app cannot be reached, and why it does not send to us."""
    try:
        account = await app.account()
    except NotSent as error:
        return (["app_refuses" if error.final else "app_away"], [])
    if account.webhook is None or account.webhook == webhook:
        return [], []
    return [], ["webhook_is_not_set" if not account.webhook else "webhook_is_elsewhere"]
