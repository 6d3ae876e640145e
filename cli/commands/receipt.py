"""`askfirst receipt …`: what a person takes away to prove what they decided. It never holds a value."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from cli import screen, words
from cli.errors import FAULTS_FOUND, FileUnreadable, NothingDecided
from cli.persons import ChannelId, InChannel, Naming, PersonId, about
from cli.public_keys import public_key_of
from cli.screen import AsJson
from consent_store.receipts import (
    ReceiptUnreadable,
    ReceiptVerdict,
    RecordFacts,
    facts_from,
    key_of,
    read_receipt,
    verify_receipt,
)
from consent_store.signing import Signer
from programs import read_controller
from programs.receipts import receipt_wording
from settings import read_settings

app = typer.Typer(no_args_is_help=True)


@app.command()
def show(
    person: PersonId = "", *, channel: InChannel = None, channel_id: ChannelId = "", as_json: AsJson = False
) -> None:
    """Issue a person's receipt and show it: in words, or with --json the signed document to hand over."""
    settings = read_settings()
    signer = Signer.from_folder(settings.keys)
    facts = facts_from(read_controller(), receipt_wording(settings.language))
    with about(Naming(person, channel, channel_id)) as (store, person_id):
        issued = store.issue_receipt(person_id, signer, facts)
    if issued is None:
        raise NothingDecided
    if as_json:
        screen.document(issued.document)
        return
    controller = facts.controller
    screen.say(f"Receipt {issued.receipt_id} of {controller.name}, {words.moment(issued.issued_at)}")
    heads = ("Item", "For", "Status", "Decided", "Notice", "Entry")
    screen.table("Decisions", heads, map(_row, issued.records))
    screen.say(f"Signed with key {key_of(issued.document)}. Questions: {controller.contact}")


def _row(record: RecordFacts) -> Iterable[str]:
    """The words are those that the person saw."""
    last = record.last
    return (
        record.words.item,
        record.words.purpose,
        record.state,
        words.moment(last.record.at),
        f"{record.notice.language}, version {record.notice.version}",
        f"{last.entry.chain_id}/{last.entry.seq}",
    )


@app.command()
def verify(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The receipt, as JSON.")],
    *,
    public_key: Annotated[
        str, typer.Option(metavar="FILE|TEXT", help="The issuer's public key, got from them.")
    ],
    as_json: AsJson = False,
) -> None:
    """Check a receipt, offline and without a store or keys. Ends with 1 unless it is genuine and whole."""
    settings = read_settings()
    key = public_key_of(settings, public_key)
    try:
        content = (settings.called_from / file).read_bytes()
    except OSError:
        raise FileUnreadable(file) from None
    verdict = _verdict(content, key)
    if as_json:
        screen.document(screen.plain(verdict))
    elif verdict.ok:
        screen.say("This receipt is genuine and whole.")
    else:
        screen.say("This receipt is not to be relied on.")
        screen.table("Why", ("What is wrong",), ((reason,) for reason in verdict.reasons))
    if not verdict.ok:
        raise typer.Exit(FAULTS_FOUND)


def _verdict(content: bytes, public_key: str) -> ReceiptVerdict:
    try:
        return verify_receipt(read_receipt(content), public_key)
    except ReceiptUnreadable as error:
        return ReceiptVerdict(False, (error.reason.replace("_", " "),))
