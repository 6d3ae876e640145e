"""The channel that credentials.yml names. It must never add anything of its own."""

from __future__ import annotations

from engine.channels.apps.webhook import AppInput
from engine.channels.slack.app import SlackApp


class SlackInput(AppInput):
    """POST /webhooks/slack/webhook."""

    app_class = SlackApp
