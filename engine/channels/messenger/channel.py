"""The channel that credentials.yml names. It must never add anything of its own."""

from __future__ import annotations

from engine.channels.apps.webhook import AppInput
from engine.channels.messenger.app import MessengerApp


class MessengerInput(AppInput):
    """POST /webhooks/messenger/webhook."""

    app_class = MessengerApp
