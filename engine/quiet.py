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
    import sanic.app  # noqa: F401, it shows deprecations again when it is imported, so it comes first

    warnings.filterwarnings("ignore", category=DeprecationWarning)


def install() -> None:
    """Make Rasa's loggers and its database errors withhold texts. Call it before Rasa's main."""
    import structlog
    from rasa.core import tracker_store
    from rasa.utils import common, log_utils
    from structlog.processors import ExceptionRenderer
    from structlog.tracebacks import ExceptionDictTransformer

    log_utils._anonymizer = withhold_texts
    structlog.processors.dict_tracebacks = ExceptionRenderer(ExceptionDictTransformer(show_locals=False))
    stock_options = tracker_store.create_engine_kwargs
    tracker_store.create_engine_kwargs = lambda url: {**stock_options(url), "hide_parameters": True}
    common.EXPECTED_WARNINGS.extend(EXPECTED)


def withhold_texts(_logger: Any, _method: str, entry: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A structlog processor: the entry with every text of a person replaced."""
    for key in TEXT_KEYS & entry.keys():
        entry[key] = WITHHELD
    return entry
