"""
Keeps what people type out of the logs, and noise that nobody can act on out of the terminal.

Must never hide an error: entries stay, only the texts in them are replaced.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import MutableMapping
from typing import Any

WITHHELD = "(not logged)"
# Rasa's own list of keys that may hold personal data (rasa.utils.log_utils)
# fmt: off
TEXT_KEYS = frozenset((
    "text", "response_text", "user_text", "slot_values", "parse_data_text", "parse_data_entities",
    "prediction_events", "tracker_latest_message", "prefilled_slots", "message", "response",
    "slot_candidates", "rasa_event", "rasa_events", "tracker_states", "current_states", "old_states",
    "successes", "current_entity", "next_entity", "states", "entity", "token_text", "user_message",
    "json_message",
))
# fmt: on


def before_import() -> None:
    """Set what libraries read when they are imported. Call it before anything of Rasa is imported."""
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    warnings.filterwarnings("ignore", category=DeprecationWarning)
    warnings.filterwarnings("ignore", message="pkg_resources is deprecated", category=UserWarning)


def install() -> None:
    """Make Rasa's loggers and its database errors withhold texts. Call it before Rasa's main."""
    import structlog
    from rasa.core import tracker_store
    from rasa.utils import log_utils
    from structlog.processors import ExceptionRenderer
    from structlog.tracebacks import ExceptionDictTransformer

    log_utils._anonymizer = withhold_texts
    structlog.processors.dict_tracebacks = ExceptionRenderer(ExceptionDictTransformer(show_locals=False))
    stock_options = tracker_store.create_engine_kwargs
    tracker_store.create_engine_kwargs = lambda url: {**stock_options(url), "hide_parameters": True}


def withhold_texts(_logger: Any, _method: str, entry: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A structlog processor: the entry with every text of a person replaced."""
    for key in TEXT_KEYS & entry.keys():
        entry[key] = WITHHELD
    return entry
