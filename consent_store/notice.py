"""
The notice as the store sees it: what it needs to know, its identity, and what counts as a material change.

A notice is immutable: its id is the hash of all its content. Whoever writes the catalogue may call a change
material; the store does not take their word when purpose, controller, recipients or retention changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from consent_store.canonical import Plain, canonical_json, sha256_hex
from consent_store.errors import NoticeInvalid


class NoticeLike(Protocol):
    """The facts of a notice for one purpose and item, in one language."""

    @property
    def purpose(self) -> str: ...
    @property
    def item(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def version(self) -> int: ...
    @property
    def material(self) -> bool: ...
    @property
    def text(self) -> str: ...
    @property
    def text_hash(self) -> str: ...
    @property
    def controller_id(self) -> str: ...
    @property
    def purpose_text(self) -> str: ...
    @property
    def item_name(self) -> str: ...
    @property
    def why(self) -> str: ...
    @property
    def retention_days(self) -> int: ...
    @property
    def retention_text(self) -> str: ...
    @property
    def recipients_text(self) -> str: ...
    @property
    def withdraw_text(self) -> str: ...
    @property
    def on_no_text(self) -> str: ...


_FIELDS = (
    "purpose", "item", "language", "version", "material", "text_hash", "controller_id", "purpose_text",
    "item_name", "why", "retention_days", "retention_text", "recipients_text", "withdraw_text", "on_no_text",
)  # fmt: skip
_ALWAYS_MATERIAL = ("controller_id", "purpose_text", "recipients_text", "retention_days")


def notice_body(notice: NoticeLike) -> str:
    """All facts of the notice as canonical JSON. Its SHA-256 is the notice id."""
    facts: dict[str, Plain] = {name: getattr(notice, name) for name in _FIELDS}
    return canonical_json(facts)


def check_notice(notice: NoticeLike) -> None:
    """Raises NoticeInvalid for a notice without words, or whose hash is not that of its words."""
    ids = {"purpose": notice.purpose, "item": notice.item}
    if not notice.text.strip():
        raise NoticeInvalid("blank_notice", **ids)
    if notice.text_hash != sha256_hex(notice.text):
        raise NoticeInvalid("wrong_text_hash", **ids)
    if notice.retention_days < 0:
        raise NoticeInvalid("negative_retention", **ids)


def is_material(new: Mapping[str, object], old: Mapping[str, object]) -> bool:
    """Whether grants under `old` must be asked again under `new` (rule 8 of the consent rules)."""
    return bool(new["material"]) or any(new[name] != old[name] for name in _ALWAYS_MATERIAL)
