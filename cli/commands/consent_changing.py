"""
`askfirst consent withdraw|erase|merge`: what changes one person's records. Asks before what cannot be undone.
"""

from __future__ import annotations

from typing import Annotated

import typer

from cli import screen
from cli.bootstrap import names, responsible
from cli.errors import FAULTS_FOUND, DecisionUnknown, MergeUnclear, NotLinked, ScopeMissing
from cli.persons import ChannelId, InChannel, Naming, PersonId, about
from cli.screen import AsJson, Yes
from consent_store import Certificate, Overview
from consent_store.signing import Signer
from settings import read_settings

Purpose = Annotated[str, typer.Option(help="Only this purpose, by its key.")]
Item = Annotated[str, typer.Option(help="Only this item, by its key.")]
All = Annotated[bool, typer.Option("--all", help="Everything that was given.")]
Start = Annotated[bool, typer.Option("--start", help="Make a code for the identity that goes on.")]
Code = Annotated[str, typer.Option(help="The code, told by the identity that joins the other.")]


def withdraw(
    person: PersonId = "",
    *,
    channel: InChannel = None,
    channel_id: ChannelId = "",
    purpose: Purpose = "",
    item: Item = "",
    everything: All = False,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Take back what a person gave: one purpose, one item, or --all. In effect at the next read."""
    if everything == bool(purpose or item):
        raise ScopeMissing
    with about(Naming(person, channel, channel_id)) as (store, person_id):
        if everything:
            screen.confirm("Withdraw everything that this person gave, and delete the values?", yes=yes)
        elif not _has_decision(store.overview(person_id), purpose, item):
            raise DecisionUnknown
        withdrawn = store.withdraw(person_id, purpose=purpose or None, item=item or None)
    if as_json:
        screen.document({"person": person_id, "withdrawn": withdrawn})
        return
    named = names()
    screen.say(f"Withdrawn: {len(withdrawn)}.")
    screen.table("", ("Item", "For"), ((named.item(w.item), named.purpose(w.purpose)) for w in withdrawn))


def _has_decision(overview: Overview, purpose: str, item: str) -> bool:
    return any(
        purpose in ("", decision.purpose) and item in ("", decision.item) for decision in overview.decisions
    )


def erase(
    person: PersonId = "",
    *,
    channel: InChannel = None,
    channel_id: ChannelId = "",
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Erase a person and print the certificate. Ends with 1 if reading again found anything left."""
    signer = Signer.from_folder(read_settings().keys)
    with about(Naming(person, channel, channel_id)) as (store, person_id):
        screen.confirm("Erase everything about this person? This cannot be undone.", yes=yes)
        certificate = store.erase_with_certificate(person_id, signer, responsible(store, person_id))
    if not as_json:
        _say_erased(certificate)
    screen.document(certificate.document)
    if not certificate.verified:
        raise typer.Exit(FAULTS_FOUND)


def _say_erased(certificate: Certificate) -> None:
    if certificate.verified:
        screen.say("Erased, and read again: nothing is left. The certificate, for the person:")
    else:
        screen.say("Erased, but reading again did not find it gone. The certificate says so:")


def merge(
    person: PersonId = "",
    *,
    channel: InChannel = None,
    channel_id: ChannelId = "",
    start: Start = False,
    code: Code = "",
    as_json: AsJson = False,
) -> None:
    """
    Link two identities of one person: --start at the one, --code at the other, which allowed it in the chat.
    """
    if start == bool(code):
        raise MergeUnclear
    naming = Naming(person, channel, channel_id)
    if start:
        _start_merge(naming, as_json=as_json)
    else:
        _finish_merge(naming, code, as_json=as_json)


def _start_merge(naming: Naming, *, as_json: bool) -> None:
    with about(naming) as (store, person_id):
        code = store.start_link(person_id)
    if as_json:
        screen.document({"person": person_id, "code": code})
    else:
        screen.say(f"{code} works once, within ten minutes, at the person's other identity.")


def _finish_merge(naming: Naming, code: str, *, as_json: bool) -> None:
    with about(naming) as (store, person_id):
        merged = store.finish_link(person_id, code)
    if not merged.linked:
        raise NotLinked(merged.reason)
    if as_json:
        keys = {
            name: [{"purpose": p, "item": i} for p, i in getattr(merged, name)]
            for name in ("moved", "closed")
        }
        screen.document({"person": merged.person_id, **keys})
        return
    screen.say(f"Linked: {merged.person_id} stands for both now.")
    screen.say(f"{len(merged.moved)} decisions came over, {len(merged.closed)} permissions ended.")
