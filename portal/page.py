"""
Harbour Bank's pages: files of HTML, one of them with a blank to fill, the assistant's address.

It must never take anything from the request, so that no visitor can write into a page.
"""

from html import escape
from pathlib import Path
from string import Template

HOME = Path(__file__).parent / "site" / "home.html"
PRIVACY = HOME.with_name("privacy.html")


def render_home(assistant_origin: str) -> str:
    """The first page as HTML text, with the address where the widget finds the assistant."""
    return Template(HOME.read_text(encoding="utf-8")).substitute(
        assistant=escape(assistant_origin, quote=True)
    )


def render_privacy() -> str:
    """The page of a person's rights as HTML text: the same for everybody, filled by the browser."""
    return PRIVACY.read_text(encoding="utf-8")
