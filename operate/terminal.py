"""
What the person at the terminal sees while we work: one line a step, with a spinner where there is a terminal.

Must never show what a server says by itself: that goes to the logs.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from rich.console import Console


class Terminal:
    """Writes progress to standard error, so that standard output stays free for answers."""

    def __init__(self, console: Console | None = None) -> None:
        self.console = console or Console(stderr=True, highlight=False, soft_wrap=True)

    def line(self, text: str, *, style: str | None = None) -> None:
        """Write one line as it is."""
        self.console.print(text, style=style, markup=False)

    def heading(self, text: str) -> None:
        """Begin a new part."""
        self.console.rule(text, style="dim")

    def done(self, text: str) -> None:
        """Write that something is done."""
        self.line(f"✓ {text}", style="green")

    def failed(self, text: str) -> None:
        """Write the one sentence that says what went wrong and what to do."""
        self.line(f"✗ {text}", style="bold red")

    @contextmanager
    def step(self, text: str) -> Iterator[None]:
        """Show that something is being done, and, unless it raises, how many seconds it took."""
        started = time.monotonic()
        on_screen = self.console.is_terminal
        if not on_screen:
            self.line(f"{text} …")
        with self.console.status(f"{text} …") if on_screen else nullcontext():
            yield
        self.done(f"{text} ({time.monotonic() - started:.1f} s)")
