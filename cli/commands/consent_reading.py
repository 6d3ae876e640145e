"""
`askfirst consent show|history|export`: what one person decided. Only the export, which is theirs, has values.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from cli import screen, words
from cli.bootstrap import names
from cli.persons import ChannelId, InChannel, Naming, PersonId, about
from cli.screen import AsJson
from consent_store import DecisionView, HistoryLine, Overview
from programs.naming import Names
from settings import read_settings

Output = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Write it to a new file that only you can read.")
]


def show(
    person: PersonId = "", *, channel: InChannel = None, channel_id: ChannelId = "", as_json: AsJson = False
) -> None:
    """Show what a person decided, what was used, and when they asked for a human."""
    with about(Naming(person, channel, channel_id)) as (store, person_id):
        overview = store.overview(person_id)
    if as_json:
        screen.document({"person": person_id, **screen.plain(overview)})
        return
    screen.say(f"Person {person_id}")
    _show_tables(overview, names())


def _show_tables(overview: Overview, named: Names) -> None:
    if not overview.decisions:
        screen.say("No decisions.")
    decisions = (_decision_row(one, named) for one in overview.decisions)
    screen.table("Decisions", ("Item", "For", "Status", "Decided", "Until", "Value"), decisions)
    used = (
        (words.moment(use.at), named.program(use.program_id), ", ".join(map(named.item, use.items)))
        for use in overview.uses
    )
    screen.table("Uses", ("When", "Help", "Items"), used)
    humans = ((words.moment(one.at), one.channel, one.hand_over_id) for one in overview.hand_overs)
    screen.table("Asked for a human", ("When", "Channel", "Reference"), humans)


def _decision_row(decision: DecisionView, named: Names) -> Iterable[str]:
    return (
        named.item(decision.item),
        named.purpose(decision.purpose),
        decision.status,
        words.moment(decision.decided_at),
        words.until(decision),
        "kept" if decision.has_value else "none",
    )


def history(
    person: PersonId = "", *, channel: InChannel = None, channel_id: ChannelId = "", as_json: AsJson = False
) -> None:
    """Show every record of a person in the ledger, the oldest first."""
    with about(Naming(person, channel, channel_id)) as (store, person_id):
        lines = store.history(person_id)
    if as_json:
        screen.document({"person": person_id, "records": lines})
        return
    screen.say(f"Person {person_id}, {len(lines)} records")
    heads = ("Entry", "When", "What happened", "Item", "For", "How")
    screen.table("Ledger", heads, _history_rows(lines, names()))


def _history_rows(lines: Iterable[HistoryLine], named: Names) -> Iterator[Iterable[str]]:
    for line in lines:
        yield (
            f"{line.chain_id}/{line.seq}",
            words.moment(line.at),
            words.happened(line),
            named.item(line.item),
            named.purpose(line.purpose),
            words.how(line),
        )


def export(
    person: PersonId = "",
    *,
    channel: InChannel = None,
    channel_id: ChannelId = "",
    output: Output = None,
    as_json: AsJson = True,  # noqa: ARG001, an export is JSON in any case
) -> None:
    """Give out all that is kept about a person, values included, as JSON. Be sure that it is they who ask."""
    with about(Naming(person, channel, channel_id)) as (store, person_id):
        document = store.export(person_id, names=names().spoken())
    if output is None:
        screen.document(document)
        return
    path = read_settings().called_from / output
    screen.write_new(path, document)
    screen.say(f"Written to {path}. It holds what the person told us: hand it over and delete it.")
