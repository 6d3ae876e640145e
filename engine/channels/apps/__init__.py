"""
What all messaging apps have in common: what came in, what is shown, how it is sent, and what is kept for it.

An app itself (engine/channels/telegram and its neighbours) says how requests prove themselves, what they
mean, and how something is said there. Nothing in here decides about a permission.
"""
