"""
Keeps what people type out of Rasa's logs, and noise that nobody can act on out of the terminal.

While nobody can say anything yet (training, loading a model) Rasa may say all it wants. Must never hide an
error: entries stay, only the texts in them go.
"""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import MutableMapping
from typing import Any

from sealing import quiet
from sealing.quiet import WITHHELD, described

# warnings of Rasa's that mean nothing here, by name
EXPECTED = [
    # the action server says them, which Rasa cannot see
    (UserWarning, r"The utterance '\w+' is not used in any story or rule"),
    # a plotting library that Rasa brings along
    (UserWarning, r"'\w+' deprecated - use '\w+'"),
    # engine/nlu makes one intent of them
    (UserWarning, r"The intent 'need_\w+' is not used in any story or rule"),
    # buttons carry them; nobody types them
    (
        UserWarning,
        r"The intent '(need|need_unclear|without|remember|reconsider|feedback)' is listed in the domain",
    ),
]

# what Rasa's structured entries may say; anything else that one brings is withheld, also what is new
# fmt: off
HARMLESS_KEYS = frozenset((
    "action_name", "action_extract_slot", "event", "event_info", "filename", "host", "level",
    "len_extraction_events", "timestamp", "topic", "url",
))
# fmt: on


def before_import() -> None:
    """Set what libraries read when they are imported. Call it before anything of Rasa is imported."""
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    import sanic.app  # noqa: F401, it shows deprecations again when it is imported, so it comes first

    warnings.filterwarnings("ignore", category=DeprecationWarning)


def install() -> None:
    """
    Make Rasa's loggers, its database errors and its server's answers withhold texts. Call it before Rasa's
    main.
    """
    from rasa.core import run, tracker_store
    from rasa.utils import common, log_utils

    from engine import plain_errors

    log_utils._anonymizer = withhold_texts
    stock_options = tracker_store.create_engine_kwargs
    tracker_store.create_engine_kwargs = lambda url: {**stock_options(url), "hide_parameters": True}
    common.EXPECTED_WARNINGS.extend(EXPECTED)
    plain_errors.install()
    run.load_agent_on_start = _then_quiet(run.load_agent_on_start)


def withhold_texts(_logger: Any, method: str, entry: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A structlog processor, the first: withholds every text; of an error stay class and place."""
    error = entry.pop("exc_info", method == "exception")
    for key in entry.keys() - HARMLESS_KEYS:
        entry[key] = WITHHELD
    if error:
        entry["error"] = described(error if isinstance(error, BaseException) else sys.exc_info()[1])
    entry["exc_info"] = None  # so that no later processor looks for it
    return entry


def _then_quiet(stock: Any) -> Any:
    """`rasa.core.run.load_agent_on_start`; it ends when the first message may come."""

    async def load_agent_on_start(*args: Any, **kwargs: Any) -> Any:
        agent = await stock(*args, **kwargs)
        quiet.install()
        return agent

    return load_agent_on_start
