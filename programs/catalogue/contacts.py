"""
What the catalogue's sentences say from controller.yml: {phone}, its hours, {time_zone_name} and so on.

They stand there once. Other fields are left for whoever says a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

FIELDS = ("phone", "phone_hours", "card_line", "card_line_hours", "card_line_at_home", "time_zone_name")
_FIELD = re.compile(rf"\{{({'|'.join(FIELDS)})\}}")


def filled(content: Any, contacts: Mapping[str, str]) -> Any:
    """What a file holds, with the contacts' fields of all its texts filled."""
    if isinstance(content, str):
        return _FIELD.sub(lambda found: contacts[found[1]], content)
    if isinstance(content, dict):
        return {key: filled(value, contacts) for key, value in content.items()}
    return [filled(value, contacts) for value in content] if isinstance(content, list) else content
