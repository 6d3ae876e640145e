"""
Harbour Bank's pages: files of HTML with blanks, phone numbers and the assistant's address.

It must never take anything from the request, so that no visitor can write into a page.
"""

from html import escape
from pathlib import Path
from string import Template

from programs import read_controller

HOME = Path(__file__).parent / "site" / "home.html"
PRIVACY = HOME.with_name("privacy.html")


def render_home(assistant_origin: str) -> str:
    """
    The first page as HTML text, with the address where the widget finds the assistant. Raises
    `programs.CatalogueInvalid`.
    """
    return _filled(HOME, assistant=assistant_origin)


def render_privacy() -> str:
    """The page of a person's rights as HTML, the same for everybody. Raises `programs.CatalogueInvalid`."""
    return _filled(PRIVACY)


def _filled(page: Path, **blanks: str) -> str:
    """A number is never broken over two lines."""
    contacts = dict(read_controller().contacts)
    for number in ("phone", "card_line"):
        contacts[number] = contacts[number].replace(" ", "\u00a0")
    fields = {name: escape(text, quote=True) for name, text in (contacts | blanks).items()}
    return Template(page.read_text(encoding="utf-8")).substitute(fields)
