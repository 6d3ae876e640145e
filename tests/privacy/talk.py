"""
A conversation in which a person tells something by every way in: volunteered, asked, wrong, typed as a
command, refused, in a call for a human, and while the action server is away.

Must never look into a store: it only talks.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

from tests.live.servers import Stack
from tests.privacy.chats import Chat
from tests.privacy.words import Words


def tell_everything(chat: Chat, words: Words) -> None:
    """All ways that need all servers. Raises AssertionError when a button is not there that should be."""
    chat.say(f"I owe {words.volunteered} on my credit card and want to pay it off, I am {words.introduced}")
    chat.press("Yes, please")
    chat.say(f"it is {words.volunteered} euros")
    chat.press("Allow")
    chat.press("Allow")
    chat.say(f"{words.wrong} percent")
    chat.say(f'/inform{{"yearly_rate_percent":"{words.payload}"}}')
    chat.say(f"{words.wrong}, I said")
    chat.press("Allow")
    chat.say(f"{words.asked} euros")
    chat.press("Keep it for next time")
    chat.press("Allow")
    chat.say("what do you know about me?")
    chat.say("my receipt please")
    chat.say("I want to save for a holiday")
    chat.press("Yes, please")
    chat.press("Not now")
    chat.say(f"it is {words.refused}")
    chat.say(f"a human please, my name is {words.name}")


def tell_while_broken(stack: Stack, *people: tuple[Chat, Words]) -> None:
    """What is told while the action server is away, and while the database is locked."""
    stack.kill("actions")
    for chat, words in people:
        chat.say(f"my passport number is {words.aside}")
    stack.start("actions")
    for chat, words in people:
        with locked(stack):
            chat.say(f"I wrote {words.locked}")
        chat.say("hello")


@contextmanager
def locked(stack: Stack) -> Iterator[None]:
    """Nobody else can write to the store's file within the block."""
    path = stack.database_url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(path, isolation_level=None, timeout=30)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")
