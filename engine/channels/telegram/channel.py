"""The channel that credentials.yml names. It must never add anything of its own."""

from __future__ import annotations

from engine.channels.apps.webhook import AppInput
from engine.channels.telegram.app import TelegramApp


class TelegramInput(AppInput):
    """POST /webhooks/telegram/webhook."""

    app_class = TelegramApp
