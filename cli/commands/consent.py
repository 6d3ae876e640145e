"""`askfirst consent …`: what one person decided, and their rights. Must never show a value in a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated

import typer

from cli import screen, words
from cli.bootstrap import names
from cli.errors import FAULTS_FOUND, DecisionUnknown, ScopeMissing
from cli.persons import ChannelId, InChannel, Naming, PersonId, about
from cli.screen import AsJson, Yes
from cli.words import Names
from consent_store import DecisionView, HistoryLine, Overview

app = typer.Typer(no_args_is_help=True)

Purpose = Annotated[str, typer.Option(help="Only this purpose, by its key.")]
Item = Annotated[str, typer.Option(help="Only this item, by its key.")]
All = Annotated[bool, typer.Option("--all", help="Everything that was given.")]


@app.command()
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


@app.command()
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


@app.command()
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


@app.command()
def erase(
    person: PersonId = "",
    *,
    channel: InChannel = None,
    channel_id: ChannelId = "",
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Erase a person: values, words, keys, salts. Ends with 1 if reading again found anything left."""
    with about(Naming(person, channel, channel_id)) as (store, person_id):
        screen.confirm("Erase everything about this person? This cannot be undone.", yes=yes)
        erasure = store.erase(person_id)
    if as_json:
        screen.document({"person": person_id, **screen.plain(erasure)})
    else:
        screen.table("Erased", ("What", "Records"), ((k, str(n)) for k, n in erasure.counts.items()))
        screen.say("Read again: nothing is left." if erasure.verified else "Read again: something is left.")
    if not erasure.verified:
        raise typer.Exit(FAULTS_FOUND)
