"""
axe-core over a page: what would keep a person from using it.

Must never be let in by the page's content security policy: the browser runs it from outside, as it does its
own tools.
"""

import json
from functools import cache
from importlib import resources
from typing import Any

from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}

END_MOVEMENT = """() => {
    const ends = (animation) => animation.effect.getComputedTiming().endTime !== Infinity;
    document.getAnimations().filter(ends).forEach((animation) => animation.finish());
}"""
"""What fades in has its last colours, so that contrast is measured where it matters."""


@cache
def axe_source() -> str:
    """The unchanged script that the package axe-playwright-python brings along."""
    return (resources.files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def barriers(page: Page) -> list[str]:
    """Every violation, one line each: rule, what it says, and where. Empty when there is none."""
    page.evaluate(END_MOVEMENT)
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(axe_source())
    found = page.evaluate("(options) => axe.run(document, options)", OPTIONS)
    return [_line(violation) for violation in found["violations"]]


def _line(violation: dict[str, Any]) -> str:
    where = json.dumps([node["target"] for node in violation["nodes"]], ensure_ascii=False)
    return f"{violation['id']} ({violation['impact']}): {violation['help']}: {where}"
