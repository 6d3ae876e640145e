"""
`python -m engine.channels.checking check|connect APP`: prints one JSON document for `askfirst channels`.
"""

from __future__ import annotations

import asyncio
import json
import sys
from dataclasses import asdict
from typing import Any

from engine.channels.apps.app import NotSent
from engine.channels.apps.needs import AppIncomplete
from engine.channels.apps.registry import APPS
from engine.channels.apps.words import Words
from engine.channels.checking import apps, web
from engine.channels.checking.finding import Finding
from settings import environment


async def check() -> dict[str, Any]:
    """Every channel."""
    found = [await web.check_widget(), await web.check_rest()]
    found += [await apps.check(app, environment()) for app in APPS]
    return {"channels": [_as_json(one) for one in found]}


async def connect(name: str) -> dict[str, Any]:
    """Tell an app where our webhook is, where that can be told over its API."""
    app_class = next(one for one in APPS if one.name == name)
    webhook = apps.webhook_of(name, environment())
    try:
        values = app_class.needs.values(name, environment())
    except AppIncomplete as error:
        return {"channel": name, "connected": False, "reason": "incomplete", "missing": error.faults}
    if values is None or not webhook:
        return {"channel": name, "connected": False, "reason": "off" if webhook else "no_public_url"}
    app = app_class(values, Words.load())
    try:
        done = await app.connect(webhook)
    except NotSent as error:
        return {"channel": name, "connected": False, "reason": "app_refuses" if error.final else "app_away"}
    finally:
        await app.close()
    return {"channel": name, "connected": done, "reason": "" if done else "by_hand"}


def _as_json(finding: Finding) -> dict[str, Any]:
    return {**asdict(finding), "is_well": finding.is_well}


def main() -> None:
    """Run one of the two."""
    command, *rest = sys.argv[1:]
    print(json.dumps(asyncio.run(connect(*rest) if command == "connect" else check())))  # noqa: T201, its answer


if __name__ == "__main__":
    main()
