"""
A server's process that does not outlive us, even when we are killed without a chance to tidy up.

Must never touch a process group other than that of the server it started.
"""

import multiprocessing
import os
import signal
import threading
from multiprocessing.connection import wait
from typing import Any

from honcho.process import Process

from operate.children import end_group, signal_group


class GuardedProcess(Process):  # type: ignore[misc]  # honcho has no types
    """honcho's process, running in a fork of ours: it ends its server when the one that forked it is gone."""

    def run(self, events: Any = None, ignore_signals: bool = False) -> None:
        """Run the server to its end, and end what it leaves behind. Called by honcho in the fork."""
        threading.Thread(target=self._end_with_parent, daemon=True).start()
        try:
            super().run(events, ignore_signals)
        finally:
            if self._child is not None:
                signal_group(self._child.pid, signal.SIGKILL)

    def _end_with_parent(self) -> None:
        parent = multiprocessing.parent_process()
        if parent is None:
            return
        wait([parent.sentinel])
        if self._child is not None:
            end_group(self._child)
        os._exit(128 + signal.SIGKILL)
