"""
Harbour Bank's page: a file of HTML with one blank to fill, the assistant's address.

It must never take anything from the request, so that no visitor can write into the page.
"""

from html import escape
from pathlib import Path
from string import Template

HOME = Path(__file__).parent / "site" / "home.html"


def render_home(assistant_origin: str) -> str:
    """The page as HTML text, with the address where the widget finds the assistant."""
    return Template(HOME.read_text(encoding="utf-8")).substitute(
        assistant=escape(assistant_origin, quote=True)
    )
