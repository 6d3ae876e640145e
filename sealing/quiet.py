"""
Keeps out of a server's logs what a library would write into them: messages, bodies, values.

Not a list of what is dangerous, which would always be one entry short: of a library's log entry stays what
its authors wrote into their source, and the place. Must never hide an error: entries stay, only what was
filled into them goes. Standard library only, because every server needs it.
"""

from __future__ import annotations

import logging
import os
import re
import sys
import threading
import warnings
from collections.abc import Mapping
from pathlib import PurePath
from types import FrameType, TracebackType
from typing import Any, TextIO

from sealing import seldom

OURS = ("actions", "consent_store", "engine", "outcomes", "portal", "programs", "sealing")
"""Our loggers: they log ids and reasons, so their words stay."""
WITHHELD = "(not logged)"
NUMBERS = frozenset(("status", "byte", "verbosity"))
"""What Sanic adds to an entry, none of a person's: an answer's status and length, who wants to read it."""
_FILLED_IN = re.compile(r"%%|%(?:\(\w+\))?[#0\- +]*[\d*]*(?:\.[\d*]+)?[a-zA-Z]")
_LOGGING = os.path.normcase(logging.Logger.makeRecord.__code__.co_filename)
_stock_record = logging.Logger.makeRecord


def install() -> None:
    """
    From now on this process logs nothing that a person said: log entries, warnings, and what it says on
    dying.

    Call it before the first message can arrive. What goes wrong before that is shown whole.
    """
    logging.Logger.makeRecord = _make_record  # type: ignore[method-assign]
    seldom.install()
    warnings.showwarning = _show_warning
    sys.excepthook = _say_what_ended_it
    sys.unraisablehook = lambda fault: _write(fault.exc_value or fault.exc_type)
    threading.excepthook = lambda fault: _write(fault.exc_value or fault.exc_type)


def described(error: object) -> str:
    """
    The class of an error, and where it was raised: "ValueError at forms.py:12".

    Of the operating system's errors also the number and its meaning. Never the message: it could quote.
    """
    if not isinstance(error, BaseException):
        return getattr(error, "__name__", type(error).__name__)
    number = getattr(error, "errno", None) if isinstance(error, OSError) else None
    meaning = f" [Errno {number}] {os.strerror(number)}" if isinstance(number, int) else ""
    return f"{type(error).__name__}{meaning}{_raised_at(error.__traceback__)}"


def _make_record(
    self: logging.Logger,
    name: str,
    level: int,
    fn: str,
    lno: int,
    msg: object,
    args: Any,
    exc_info: Any,
    func: str | None = None,
    extra: Mapping[str, object] | None = None,
    sinfo: str | None = None,  # noqa: ARG001, a stack shows arguments
) -> logging.LogRecord:
    """`logging.Logger.makeRecord`, whose arguments these are, without texts of others."""
    if not _is_ours(name):
        msg, args = _harmless(msg, args, f"{_short(fn)}:{lno}"), ()
        extra = {key: value if key in NUMBERS else WITHHELD for key, value in (extra or {}).items()}
    if error := _error(exc_info):
        words = described(error)
        msg = f"{msg} ({words.replace('%', '%%') if args else words})"
    return _stock_record(self, name, level, fn, lno, msg, args, None, func, extra, None)


def _is_ours(name: str) -> bool:
    return name.partition(".")[0] in OURS


def _harmless(msg: object, args: Any, place: str) -> str:
    """The message without what was filled in; only its place if it is no constant of the code that logs."""
    if isinstance(msg, BaseException):
        return described(msg)
    code = _caller(sys._getframe(2))
    if code is not None and code.f_globals.get("__name__", "").startswith("structlog."):
        return str(msg)  # entries of structlog went through the process's own processor
    if code is not None and isinstance(msg, str) and msg in code.f_code.co_consts:
        return _FILLED_IN.sub(lambda found: "%" if found[0] == "%%" else "…", msg) if args else msg
    return f"{WITHHELD} at {place}"


def _caller(frame: FrameType | None) -> FrameType | None:
    while frame is not None and os.path.normcase(frame.f_code.co_filename) == _LOGGING:
        frame = frame.f_back
    return frame


def _error(exc_info: Any) -> object:
    if isinstance(exc_info, BaseException):
        return exc_info
    if isinstance(exc_info, tuple):
        return exc_info[1]
    return sys.exc_info()[1] if exc_info else None


def _short(path: str) -> str:
    return "/".join(PurePath(path).parts[-2:])


def _raised_at(trace: TracebackType | None) -> str:
    if trace is None:
        return ""
    while trace.tb_next is not None:
        trace = trace.tb_next
    return f" at {PurePath(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}"


def _show_warning(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    """`warnings.showwarning`, whose arguments these are: the kind and the place."""
    del message, line
    (file or sys.stderr).write(f"{category.__name__} at {_short(filename)}:{lineno}\n")


def _say_what_ended_it(kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
    if not issubclass(kind, KeyboardInterrupt):
        _write(error)


def _write(error: object) -> None:
    sys.stderr.write(f"Ended by {described(error)}\n")
