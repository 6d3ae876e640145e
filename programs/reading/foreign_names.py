"""
What countries are called in other languages than English, their own among them: foreign_names.json.

It is made of Babel's data (Unicode CLDR), which is 80 MB in memory; a test says when to make it anew:
`python -m programs.reading.foreign_names`.
"""

from __future__ import annotations

import json
import re
import unicodedata
from functools import cache
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.languages import get_official_languages

from programs.reading.plain import plain
from programs.reading.words import words

LONG_NAME = 4
"""
Letters. Shorter names are too near to other words to be looked for inside an answer or compared with typos.
"""
_FILE = Path(__file__).with_name("foreign_names.json")


@cache
def foreign_names() -> dict[str, str]:
    """Folded name → ISO 3166-1 alpha-2 code."""
    found: dict[str, str] = json.loads(_FILE.read_text(encoding="utf-8"))
    return found


def from_cldr(codes: list[str]) -> dict[str, str]:
    """The names of these countries in the languages that words.yml lists, then in their own."""
    found: dict[str, str] = {}
    for language in words()["countries"]["also_named_in"]:
        for code, name in Locale(language).territories.items():
            if code in codes:
                found.setdefault(folded(str(name)), str(code))
    for code in codes:
        for language in get_official_languages(code):
            try:
                name = Locale.parse(language).territories.get(code)
            except (UnknownLocaleError, ValueError):
                continue
            found.setdefault(folded(str(name or "")), code)
    return {name: code for name, code in found.items() if len(name) >= LONG_NAME}


def folded(text: str) -> str:
    """Plain text without accents and punctuation, so that "Côte d’Ivoire" and "cote d ivoire" are one."""
    decomposed = unicodedata.normalize("NFKD", plain(text))
    bare = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return " ".join(re.sub(r"[^\w]+", " ", bare).split())


def write() -> None:
    """Make the file anew."""
    from programs.reading.countries import english_names

    names = json.dumps(from_cldr(list(english_names())), ensure_ascii=False, indent=0)
    _FILE.write_text(names + "\n", encoding="utf-8")


if __name__ == "__main__":
    write()
