"""
What the identity check asks for: a table of documents, and the papers that prove an address.

All of it is data (bank.yml). A table with a gap, or with a row that is never reached, is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from programs.bank.card_post import ZONES, Zone
from programs.catalogue.model import Facts
from programs.saying.steps import Case, Row, check_table

Document = Literal[
    "passport", "national_identity_card", "driving_licence", "residence_permit", "none_of_these"
]
DOCUMENTS: tuple[Document, ...] = (
    "passport",
    "national_identity_card",
    "driving_licence",
    "residence_permit",
    "none_of_these",
)
Validity = Literal["valid", "expired"]
Said = Literal[
    "passport_ok",
    "card_ok",
    "passport_card",
    "licence_not",
    "licence_second",
    "licence_expired",
    "permit_not",
    "permit_refugee",
    "none_first",
    "basic_account",
    "any_document",
    "another_document",
    "old_one_helps",
    "date_no_matter",
]


class Paper(Case):
    """Which document somebody has, whether it is still valid, and where they live."""

    document: Document | None = None
    date: Validity | None = None
    where: Zone | None = None


class Identity(Facts):
    """The check's table and papers; country codes are ISO 3166-1 alpha-2."""

    proof_age_months: Annotated[int, Field(ge=1)]
    soon_days: Annotated[int, Field(ge=0)]
    documents: tuple[Row[Paper, Said], ...]
    identity_documents: tuple[Document, ...]
    bills: str
    papers_at_home: str
    residence_certificates: Mapping[str, str]

    @model_validator(mode="after")
    def _without_gap(self) -> Self:
        check_table(self.documents, Paper, document=DOCUMENTS, date=("valid", "expired"), where=ZONES)
        return self
