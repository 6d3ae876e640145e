"""Which receipts were issued: their ids and hashes. What stands in a receipt is not kept."""

from __future__ import annotations

from sqlalchemy import Column, Index, String, Table

from consent_store.sql.base import instant_column, metadata, text_column

receipt = Table(
    "receipt", metadata,
    Column("receipt_id", String, primary_key=True),
    text_column("person_id"), instant_column("issued_at"), text_column("document_hash"),
    Index("ix_receipt_person_id", "person_id"),
)  # fmt: skip
