"""
Notice that the terminal is gone, also where the kernel tells only `make` about it, which then waits for us.

Must never read what is typed.
"""

import os
import select
import signal
import threading

LOOK_SECONDS = 1.0


def end_with_terminal(descriptor: int, ended: threading.Event) -> None:
    """Send ourselves SIGHUP once the terminal behind `descriptor` is closed; nothing if it is no terminal."""
    if os.isatty(descriptor):
        threading.Thread(target=_watch, args=(descriptor, ended), name="terminal", daemon=True).start()


def _watch(descriptor: int, ended: threading.Event) -> None:
    terminal = select.poll()
    terminal.register(descriptor, 0)  # a hang-up is always reported, whatever is asked for
    while not ended.is_set():
        if terminal.poll(LOOK_SECONDS * 1000):
            os.kill(os.getpid(), signal.SIGHUP)
            return
