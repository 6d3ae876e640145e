"""Days and times as they are told to people: in the controller's time zone, by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel.dates import format_date, format_datetime

if TYPE_CHECKING:
    from datetime import datetime

    from actions.bootstrap import Services


def day(s: Services, at: datetime) -> str:
    """The day of an aware instant, "3 May 2026"."""
    return format_date(at.astimezone(s.catalogue.controller.zone), "d MMMM y", locale=s.language)


def moment(s: Services, at: datetime) -> str:
    """An aware instant, "3 May 2026, 11:00 Irish time"."""
    controller = s.catalogue.controller
    told = format_datetime(at, "d MMMM y, HH:mm", tzinfo=controller.zone, locale=s.language)
    return f"{told} {controller.time_zone_name}"
