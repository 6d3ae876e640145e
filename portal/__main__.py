"""
`python -m portal`: serves the portal until it is told to stop.

It must never listen beyond this computer unless `ASKFIRST_HOST` says so.
"""

import sys

import uvicorn
from pydantic import ValidationError

from portal.app import create_app
from portal.settings import PortalSettings
from sealing import quiet


def main() -> None:
    """Runs the server. Leaves with one sentence a fault if the environment is not usable."""
    try:
        settings = PortalSettings()
    except ValidationError as error:
        sys.exit(
            "\n".join(_sentence(fault["loc"], fault["msg"]) for fault in error.errors(include_input=False))
        )
    quiet.install()
    uvicorn.run(
        create_app(settings),
        host=settings.host,
        port=settings.portal_port,
        server_header=False,
        proxy_headers=False,
        ws="none",
        log_level="warning",
    )


def _sentence(location: tuple[int | str, ...], message: str) -> str:
    variable = "".join(f"ASKFIRST_{str(part).upper()}: " for part in location)
    return f"portal: {variable}{message.removeprefix('Value error, ')}"


if __name__ == "__main__":
    main()
