"""
The parts of tailored help for channels that show it as a card: what it used, since when that was allowed, the
buttons that belong to each, and a chart. Other channels show the text, which says the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from actions.flow.context import item_name
from actions.flow.question import source_of
from actions.words import Button

if TYPE_CHECKING:
    from collections.abc import Sequence

    from actions.bootstrap import Services
    from actions.flow.context import Running
    from programs import TailoredHelp, WordedChart


def without_button(s: Services, item: str) -> Button:
    """Computes the help once more without one item."""
    return Button(f'/without{{"item":"{item}"}}', "utter_button_without", {"item": item_name(s, item)})


def take_back_button(s: Services, item: str) -> Button:
    """Takes one item back, without asking which."""
    return Button(
        f'/take_back{{"item":"{item}"}}', "utter_button_take_back_this", {"item": item_name(s, item)}
    )


def help_card(
    s: Services, help_: Running, tailored: TailoredHelp, buttons: Sequence[Button]
) -> dict[str, Any]:
    """`used[].without` and `.take_back` are places in `buttons`."""
    places = {button.payload: place for place, button in enumerate(buttons)}

    def used(item: str) -> dict[str, Any]:
        source = source_of(help_.program, item, help_.states)
        since = help_.states[source].decided_at if source else None
        at = {"allowed_at": since.isoformat()} if since else {}
        offered = {
            "without": places.get(without_button(s, item).payload),
            "take_back": places.get(take_back_button(s, item).payload),
        }
        return {
            "item": item,
            "name": item_name(s, item),
            **at,
            **{name: place for name, place in offered.items() if place is not None},
        }

    card: dict[str, Any] = {
        "kind": "tailored_help",
        "help": tailored.text,
        "used": [used(item) for item in tailored.used],
        "without": [{"item": item, "name": item_name(s, item)} for item in tailored.without],
    }
    return card | ({"chart": _chart(tailored.chart)} if tailored.chart else {})


def _chart(chart: WordedChart) -> dict[str, Any]:
    """Numbers to draw, and words for everything that is read."""
    points = [
        {"label": point.label, "value": float(point.value), "shown": point.shown}
        | ({} if point.at is None else {"at": point.at})
        for point in chart.points
    ]
    return {
        "kind": chart.kind,
        "title": chart.title,
        "text": chart.text,
        "unit": chart.unit,
        "points": points,
    }
