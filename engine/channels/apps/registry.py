"""
All messaging apps that there are. A new one adds a line here and one in credentials.yml.
"""

from __future__ import annotations

from engine.channels.apps.app import App
from engine.channels.messenger.app import MessengerApp
from engine.channels.slack.app import SlackApp
from engine.channels.telegram.app import TelegramApp
from engine.channels.twilio.app import SmsApp, WhatsAppApp

APPS: tuple[type[App], ...] = (TelegramApp, SlackApp, MessengerApp, WhatsAppApp, SmsApp)
