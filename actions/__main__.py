"""
Starts the separate action server: `python -m actions`. Needed only where endpoints.yml names an address.

Loopback unless told otherwise; answers nobody without the shared secret (`actions.guard`).
"""

from __future__ import annotations

import logging
import warnings

from rasa_sdk import endpoint
from rasa_sdk.executor import ActionExecutor

from actions import begin
from actions.guard import guard
from settings import read_settings


def main() -> None:
    """
    Build everything, then serve. A missing key or a broken catalogue ends the start with its sentence, and
    exit code 1.
    """
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    warnings.filterwarnings("ignore", message="Your versions of rasa and rasa_sdk might not be compatible")
    guard(endpoint, begin)
    executor = ActionExecutor()
    executor.register_package("actions")
    app = endpoint.create_app(executor)
    settings = read_settings()
    app.run(
        host=settings.actions_host,
        port=settings.actions_port,
        single_process=True,
        motd=False,
        access_log=False,
    )


if __name__ == "__main__":
    main()
