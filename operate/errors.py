"""
What can go wrong while setting up or running.

Must never carry a key, a secret or a person's words: these sentences end up on terminals and in logs.
"""


class OperateError(Exception):
    """The text is one sentence for the person at the terminal: what is wrong, and what to do."""
