"""What all tests share: the fixtures that start real servers and databases. `.env` is not for tests."""

import os
import random
import secrets

import pytest
from hypothesis import HealthCheck, settings

os.environ["PYTHON_DOTENV_DISABLED"] = "1"
SEED = os.environ.setdefault("TEST_SEED", str(secrets.randbelow(2**32)))

# How long a case takes is the machine's business, not a test's outcome.
settings.register_profile("any_machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any_machine")

pytest_plugins = ["tests.live.plugin", "tests.postgres.plugin"]


def pytest_report_header() -> str:
    """Say with what to repeat a run."""
    return f"random numbers: TEST_SEED={SEED}"


@pytest.fixture(autouse=True)
def _the_same_random_numbers(request: pytest.FixtureRequest) -> None:
    random.seed(f"{SEED} {request.node.nodeid}")
