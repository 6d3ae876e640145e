"""
The permission request in words: one message that says everything a person needs to decide.

It holds the rule "before asking, show controller, purpose, item, retention, recipients, how to take back,
what happens on no" (GDPR, Articles 7 and 13). It never holds a value, and never decides.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from programs.catalogue.catalogue import Catalogue
from programs.catalogue.errors import UnknownItem
from programs.catalogue.model import ProgramFile
from programs.catalogue.wording import NoticeWording

LINK_PURPOSE, LINK_ITEM = "link", "identity"
"""The keys under which the consent store keeps the permission to link two identities of one person."""

MAX_NOTICE_LENGTH = 580
"""Characters. The narrowest channel shows 640; 60 are left for "Reply 1 to allow, 2 for not now"."""


@dataclass(frozen=True)
class Notice:
    """What is shown before a decision, and all that a record of the decision needs. Days are whole days."""

    purpose: str
    item: str
    language: str
    version: int
    material: bool
    text: str
    text_hash: str
    controller_id: str
    purpose_text: str
    item_name: str
    why: str
    retention_days: int
    retention_text: str
    recipients_text: str
    withdraw_text: str
    on_no_text: str
    allow_label: str
    not_now_label: str
    why_label: str


def notice_for(
    catalogue: Catalogue, program_id: str, item_id: str, *, remember: bool = False, language: str = "en"
) -> Notice:
    """
    The notice of one program and item; remember=True: for keeping the value for the next time.

    A language without wording gets the English one, and `Notice.language` says so.
    Raises UnknownProgram, and UnknownItem for an item that the program does not use.
    """
    program = catalogue.program(program_id)
    if item_id not in program.item_ids:
        raise UnknownItem(f"{program_id} does not use: {item_id}")
    wording = catalogue.notices.get(language) or catalogue.notices["en"]
    parts = _parts(wording, program, remember)
    parts |= {"controller": catalogue.controller.name, "item": catalogue.items[item_id].name}
    return _notice(
        catalogue,
        wording,
        parts,
        template=wording.text_remembered if remember else wording.text,
        purpose=program.remember_purpose_key if remember else program.purpose_key,
        item=item_id,
        why=catalogue.items[item_id].why,
        retention_days=program.remember_days if remember else 0,
    )


def link_notice(catalogue: Catalogue, language: str = "en") -> Notice:
    """The notice for linking two chats of one person: a purpose of its own, asked in the same form."""
    wording = catalogue.notices.get(language) or catalogue.notices["en"]
    parts = wording.link.model_dump() | {"controller": catalogue.controller.name}
    return _notice(
        catalogue,
        wording,
        parts,
        template=wording.text,
        purpose=LINK_PURPOSE,
        item=LINK_ITEM,
        why=wording.link.why,
        retention_days=0,
    )


def shown_text(catalogue: Catalogue, notice: Notice, channel: str) -> str:
    """
    The exact words that are shown of a notice in `channel`: where somebody carries the messages, they end
    with who can read them. The notice itself, its hash and its version are the same in all channels.
    """
    wording = catalogue.notices[notice.language]
    carrier = wording.carriers.model_dump().get(channel)
    return f"{notice.text.rstrip()}\n{wording.carried.format(carrier=carrier)}" if carrier else notice.text


def _notice(
    catalogue: Catalogue,
    wording: NoticeWording,
    parts: dict[str, str],
    *,
    template: str,
    purpose: str,
    item: str,
    why: str,
    retention_days: int,
) -> Notice:
    text = template.format(**parts)
    return Notice(
        purpose=purpose,
        item=item,
        language=wording.language,
        version=wording.version,
        material=wording.material,
        text=text,
        text_hash=hashlib.sha256(text.encode()).hexdigest(),
        controller_id=catalogue.controller.id,
        purpose_text=parts["purpose"],
        item_name=parts["item"],
        why=why,
        retention_days=retention_days,
        retention_text=parts["retention"],
        recipients_text=parts["recipients"],
        withdraw_text=parts["withdraw"],
        on_no_text=parts["on_no"],
        allow_label=wording.buttons.allow,
        not_now_label=wording.buttons.not_now,
        why_label=wording.buttons.why,
    )


def _parts(wording: NoticeWording, program: ProgramFile, remember: bool) -> dict[str, str]:
    """The fields of the notice's template that depend on whether the value would be remembered."""
    retention = wording.retention
    return {
        "purpose": program.remember_purpose if remember else program.purpose,
        "retention": retention.remembered.format(days=program.remember_days)
        if remember
        else retention.this_help,
        "recipients": wording.recipients,
        "withdraw": wording.withdraw,
        "on_no": wording.on_no_remembered if remember else wording.on_no,
    }
