"""Slack: direct messages with our app there. Must never answer a permission in a channel."""
