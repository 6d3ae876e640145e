"""Where the second processes of these tests come from: a clean one that has the consent store in memory."""

from __future__ import annotations

import multiprocessing

PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.robustness.talker"])
