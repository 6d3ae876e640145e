"""The conversation files, and the channels in which each is held beside REST."""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).parent
BEHAVIOURS = sorted(HERE.glob("*.yml"))
OF_PROGRAMS = sorted((HERE.parents[1] / "programs").glob("*/conversation.yml"))
FILES = [*BEHAVIOURS, *OF_PROGRAMS]

OTHER_CHANNELS = ("widget", "telegram", "slack", "messenger", "whatsapp", "sms")
CORE = [
    HERE / f"{name}.yml"
    for name in (
        "all_allowed",
        "all_refused",
        "forget_me",
        "link_two_chats",
        "take_back",
        "typed_payloads",
    )
]
"""Held in all channels; every other file in REST and one more, the next in the row for each next file."""


def name_of(path: Path) -> str:
    """What a test calls a file: its own name, or that of the program whose folder it lies in."""
    return path.parent.name if path in OF_PROGRAMS else path.stem


def channels_of(path: Path) -> tuple[str, ...]:
    """The channels beside REST in which a file is always held; in the rest only by `-m full`."""
    return OTHER_CHANNELS if path in CORE else (OTHER_CHANNELS[FILES.index(path) % len(OTHER_CHANNELS)],)
