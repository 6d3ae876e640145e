"""
What a receipt says that no permission request says: where things are kept, which rights there are, to whom
one complains.

Words only, in YAML, one file a language. It knows nothing of records and decisions.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints

from programs.catalogue.errors import CatalogueInvalid
from programs.catalogue.model import Frozen, Identifier
from programs.catalogue.yaml_files import FileReader

Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
_FOLDER = Path(__file__).parent


class Authority(Frozen):
    """The supervisory authority that a person may complain to (GDPR, Article 13(2)(d))."""

    id: Identifier
    name: Words
    address: Words
    contact: Words


class ReceiptWording(Frozen):
    """
    The words of receipts in one language. {controller} stands for the controller's name.

    `until_help_ends` and `until_changed` say how long a "not now" and a no hold.
    """

    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
    service: Words
    storage_locations: Annotated[tuple[Words, ...], Field(min_length=1)]
    processing_locations: Annotated[tuple[Words, ...], Field(min_length=1)]
    collection_method: Words
    privacy_rights: Annotated[tuple[Words, ...], Field(min_length=1)]
    until_help_ends: Words
    until_changed: Words
    authority: Authority


@cache
def receipt_wording(language: str = "en") -> ReceiptWording:
    """The words in this language, or in English where there are none. Raises CatalogueInvalid."""
    path = _FOLDER / f"{language}.yml"
    if language != "en" and not path.is_file():
        return receipt_wording("en")
    reader = FileReader(_FOLDER)
    content = reader.mapping(path)
    wording = None if content is None else reader.parse(ReceiptWording, content, path)
    if wording is not None and wording.language != path.stem:
        reader.fault(path, "language", "must be the name of the file")
    if wording is None or reader.faults:
        raise CatalogueInvalid(tuple(reader.faults))
    return wording
