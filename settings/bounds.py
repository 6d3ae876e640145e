"""How much the servers take and keep: the settings of that kind, each the variable ASKFIRST_<FIELD>."""

from __future__ import annotations

from pydantic import Field
from pydantic_settings import BaseSettings


class Bounds(BaseSettings):
    """Beyond each of them something is refused, and the refusal says so."""

    sessions_per_minute: int = Field(default=60, ge=1)
    """Tokens for one address in a minute."""
    sessions_per_hour: int = Field(default=600, ge=1)
    """Tokens for one address in an hour."""
    requests_per_minute: int = Field(default=300, ge=1)
    """Requests to the API from one address in a minute."""
    requests_per_minute_and_token: int = Field(default=60, ge=1)
    """Requests of one person in a minute."""

    header_bytes: int = Field(default=8192, ge=1024, le=16384)
    """The first line of a request and its headers together."""
    headers: int = Field(default=64, ge=16)
    """Headers of one request."""
    request_seconds: float = Field(default=10.0, gt=0)
    """In so many seconds a request must have arrived whole, however often a byte of it comes."""

    unknown_sockets: int = Field(default=100, ge=1)
    """Sockets of one address that have not said yet who they are."""
    unknown_socket_seconds: float = Field(default=5.0, gt=0)
    """After so many seconds a socket that has not said who it is is closed."""
    kept_bytes_per_day: int = Field(default=2_000_000, ge=10_000)
    """What may be kept of one person's conversation in a day; what is said beyond it is not read."""
    log_megabytes: float = Field(default=10.0, gt=0)
    """The log of a server is put away when it is larger; one that was put away is kept."""
