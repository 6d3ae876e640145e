"""
`python -m portal`: serves the portal until it is told to stop.

It must never listen beyond this computer unless `ASKFIRST_HOST` says so.
"""

import sys

import uvicorn

from consent_store import ConsentStoreError
from portal.app import create_app
from portal.arriving import patient_for
from portal.bootstrap import open_services
from portal.identity import IdentityKeyUnusable
from programs import CatalogueInvalid
from sealing import quiet
from sealing.keys import SealingError
from settings import SettingsInvalid, read_settings


def main() -> None:
    """Runs the server. Leaves with one sentence if the environment, or what it names, is not usable."""
    quiet.install()
    try:
        settings = read_settings()
        services = open_services(settings)
        app = create_app(settings, services)
    except (SettingsInvalid, ConsentStoreError, SealingError, CatalogueInvalid, IdentityKeyUnusable) as error:
        sys.exit(f"portal: {error}")
    uvicorn.run(
        app,
        host=settings.host,
        port=settings.portal_port,
        server_header=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=settings.trusted_proxies or None,
        ws="none",
        http=patient_for(settings.request_seconds),
        h11_max_incomplete_event_size=settings.header_bytes,
        log_level="warning",
    )
    services.store.close()


if __name__ == "__main__":
    main()
