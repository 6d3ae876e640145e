"""What all tests share: the fixtures that start real servers and databases."""

pytest_plugins = ["tests.live.plugin", "tests.postgres.plugin"]
