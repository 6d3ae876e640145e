"""The channels that credentials.yml names. They must never add anything of their own."""

from __future__ import annotations

from engine.channels.apps.webhook import AppInput
from engine.channels.twilio.app import SmsApp, WhatsAppApp


class WhatsAppInput(AppInput):
    """POST /webhooks/whatsapp/webhook."""

    app_class = WhatsAppApp


class SmsInput(AppInput):
    """POST /webhooks/sms/webhook."""

    app_class = SmsApp
