"""
The variables that a messaging app needs, and what is missing of them. Secrets come from the environment.

Must never hold, log or print a value.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from settings import SettingsInvalid

PUBLIC_URL = "ASKFIRST_PUBLIC_URL"
TRIAL_HOSTS = ("127.0.0.1", "localhost", "::1")


class AppIncomplete(SettingsInvalid):
    """Some variables of an app are set and others are missing or no good. Names them, never a value."""

    def __init__(self, app: str, faults: Mapping[str, str]) -> None:
        listed = "; ".join(f"{name} {fault}" for name, fault in faults.items())
        super().__init__(f"The channel {app} cannot start: {listed}. See docs/channels/{app}.md.")
        self.faults = dict(faults)


@dataclass(frozen=True)
class Needs:
    """
    Names of variables. `own`: one that is set switches the app on, and then all are needed. `shared`: needed
    too, but they switch nothing on. `optional`: with what they are unless set.
    """

    own: tuple[str, ...]
    shared: tuple[str, ...] = ()
    optional: Mapping[str, str] = field(default_factory=dict)
    patterns: Mapping[str, str] = field(default_factory=dict)
    """A regular expression that the whole value must fit, where there is one."""

    def is_on(self, environ: Mapping[str, str]) -> bool:
        """Whether somebody wants this app."""
        return any(_given(environ, name) for name in self.own)

    def faults(self, environ: Mapping[str, str]) -> dict[str, str]:
        """What is missing or no good, by variable."""
        wanted = {name: self._fault(name, _given(environ, name)) for name in (*self.own, *self.shared)}
        set_anyway = {n: self._fault(n, _given(environ, n)) for n in self.optional if _given(environ, n)}
        return {name: fault for name, fault in {**wanted, **set_anyway}.items() if fault}

    def values(self, app: str, environ: Mapping[str, str]) -> dict[str, str] | None:
        """The value of every variable; None if the app is off. Raises AppIncomplete."""
        if not self.is_on(environ):
            return None
        faults = self.faults(environ)
        if faults:
            raise AppIncomplete(app, faults)
        optional = {name: _given(environ, name) or value for name, value in self.optional.items()}
        return {name: _given(environ, name) for name in (*self.own, *self.shared)} | optional

    def _fault(self, name: str, value: str) -> str:
        if not value:
            return "is missing"
        if name.endswith("_URL"):
            return _url_fault(value)
        pattern = self.patterns.get(name)
        return "" if pattern is None or re.fullmatch(pattern, value) else "has not the form that it must have"


def _given(environ: Mapping[str, str], name: str) -> str:
    return environ.get(name, "").strip()


def _url_fault(value: str) -> str:
    """Secrets go there, and come from there: only over TLS, or on this machine."""
    try:
        parts = urlsplit(value)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return "is no address"
    if parts.scheme == "https" and host:
        return ""
    return "" if parts.scheme == "http" and host in TRIAL_HOSTS else "must begin with https://"
