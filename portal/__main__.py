"""
`python -m portal`: serves the portal until it is told to stop.

It must never listen beyond this computer unless `ASKFIRST_HOST` says so.
"""

import sys

import uvicorn
from pydantic import ValidationError

from consent_store import ConsentStoreError
from portal.app import create_app
from portal.bootstrap import open_services
from portal.identity import IdentityKeyUnusable
from portal.services import Services
from portal.settings import PortalSettings
from programs import CatalogueInvalid
from sealing import quiet
from sealing.keys import SealingError


def main() -> None:
    """Runs the server. Leaves with one sentence a fault if the environment is not usable."""
    try:
        settings = PortalSettings()
    except ValidationError as error:
        sys.exit(
            "\n".join(_sentence(fault["loc"], fault["msg"]) for fault in error.errors(include_input=False))
        )
    quiet.install()
    services = _opened(settings)
    uvicorn.run(
        create_app(settings, services),
        host=settings.host,
        port=settings.portal_port,
        server_header=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=settings.trusted_proxies or None,
        ws="none",
        log_level="warning",
    )
    services.store.close()


def _opened(settings: PortalSettings) -> Services:
    try:
        return open_services(settings)
    except (ConsentStoreError, SealingError, CatalogueInvalid, IdentityKeyUnusable) as error:
        sys.exit(f"portal: {error}")


def _sentence(location: tuple[int | str, ...], message: str) -> str:
    variable = "".join(f"ASKFIRST_{str(part).upper()}: " for part in location)
    return f"portal: {variable}{message.removeprefix('Value error, ')}"


if __name__ == "__main__":
    main()
