"""
Words and figures that are nobody's: unmistakable, one for every way in, so that a find tells the way.

They fit the questions of tests/privacy/talk.py; a figure is within its item's range.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Words:
    """What one person tells. The figures are written as people type them."""

    sender: str
    """What the calling server names the person."""
    metadata: str
    volunteered: str
    """Told before anything was asked, allowed later, and then taken."""
    introduced: str
    asked: str
    wrong: str
    """No figure at all, where one is asked for."""
    payload: str
    refused: str
    """Told although it was refused."""
    name: str
    aside: str
    """Told while the action server is away."""
    locked: str
    """Told while nobody can write to the database."""

    def all(self) -> dict[str, str]:
        """Every text to look for; figures also as the assistant writes them."""
        figures = {way: f"{float(each):,.2f}" for way, each in asdict(self).items() if each[0].isdigit()}
        return {**asdict(self), **{f"{way}, as written back": each for way, each in figures.items()}}

    def entering(self) -> dict[str, str]:
        """Those that every conversation holds: the others never get past the channel, or need an outage."""
        outside = ("sender", "metadata", "payload", "aside", "locked")
        return {way: each for way, each in asdict(self).items() if way not in outside}


def words(mark: str, volunteered: str, asked: str, refused: str) -> Words:
    """The words with a mark of their own. The figures have at least eight characters."""
    return Words(
        sender=f"{mark}-sender-01",
        metadata=f"{mark}metadata",
        volunteered=volunteered,
        introduced=f"{mark.title()}ė Vorstegger",
        asked=asked,
        wrong=f"purple{mark}",
        payload=f"{mark}payload",
        refused=refused,
        name=f"{mark.title()}elia Žvirblytė",
        aside=f"QX{mark}7319048",
        locked=f"latched{mark}",
    )


REST = words("quokkaby", volunteered="731904.86", asked="48213.97", refused="59317.46")
WIDGET = words("numbatix", volunteered="862047.19", asked="37528.64", refused="64809.23")
STRAY = "thylacinoid"
"""What a request carries that is refused: wrong secret, wrong address, no message."""


def entering() -> dict[str, str]:
    """All that conversations have to hold, by channel and way."""
    return {
        **{f"REST: {way}": each for way, each in REST.entering().items()},
        **{f"widget: {way}": each for way, each in WIDGET.entering().items()},
    }


def everything() -> tuple[str, ...]:
    """All texts that must be nowhere."""
    return (*REST.all().values(), *WIDGET.all().values(), STRAY)
