"""What was found of a channel. Reasons are short keys; the command line words them (cli/channel_words.py)."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Finding:
    """
    One channel. `configured`: "yes", "off" or "incomplete". `reachable`: the app takes our credentials, and
    our server answers. `verified`: our server refuses a forged request and takes a genuine one, and the app
    sends to it, as far as it tells. None: not looked at. `missing`: variables, and what is wrong with them.
    """

    channel: str
    configured: str
    reachable: bool | None = None
    verified: bool | None = None
    missing: dict[str, str] = field(default_factory=dict)
    reasons: tuple[str, ...] = ()

    @property
    def is_well(self) -> bool:
        """Whether there is nothing to do."""
        return self.configured == "off" or bool(self.reachable and self.verified)
