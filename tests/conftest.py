"""What all tests share: the fixtures that start real servers and databases. `.env` is not for tests."""

import os

os.environ["PYTHON_DOTENV_DISABLED"] = "1"

pytest_plugins = ["tests.live.plugin", "tests.postgres.plugin"]
