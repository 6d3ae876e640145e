"""Telegram: private chats with our bot there. Must never answer a permission in a group."""
