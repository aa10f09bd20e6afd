"""Logs: one canonical line for each unit of work, on standard error; JSON unless a person is looking at a terminal.

A line names things by number (event, report, notice) and errors by type and place. It never carries a report's text, and
whatever it carries is masked: a file's name may be a person's number.
"""

import logging
import re
import sys
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import structlog
from structlog.typing import EventDict, Processor

from shared.personal.marks import mask_text

DIGITS = 12
"""So many digits of a document's SHA-256 name it in lines and spans."""

_REPEAT_SECONDS = 60.0
_HASH = re.compile(r"(?=[0-9-]*[a-f])[0-9a-f-]{12,64}")  # of a document or trace, or a record's number


Sentence = Callable[[Mapping[str, Any]], str | None]
"""A line as a person reads it on a terminal: empty for none at all, None where the line has no sentence."""


def configure(sentence: Sentence | None = None) -> None:
    """Send the log lines of this process to standard error; on a terminal those that have a sentence as that."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            _without_personal_data,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _renderer(sentence, on_terminal=sys.stderr.isatty()),
        ],
        wrapper_class=structlog.make_filtering_bound_logger("info"),
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),  # looked up anew: tests and shells replace it
        cache_logger_on_first_use=False,
    )
    root = logging.getLogger()
    if not any(isinstance(handler, _Overheard) for handler in root.handlers):
        root.addHandler(_Overheard(logging.WARNING))
    logging.getLogger("asyncpg").setLevel(logging.CRITICAL)  # an outage is said once, by us, not with a traceback each


class _Overheard(logging.Handler):
    """Warnings of libraries as lines of ours, the same one at most once a minute: a client away repeats itself for hours."""

    def __init__(self, level: int) -> None:
        super().__init__(level)
        self._said: dict[tuple[str, str], float] = {}

    def emit(self, record: logging.LogRecord) -> None:
        """Write the line; of an error its type only."""
        same, now = (record.name, str(record.msg)), time.monotonic()
        if now - self._said.get(same, -_REPEAT_SECONDS) < _REPEAT_SECONDS:
            return
        self._said[same] = now
        error = {"error": type(record.exc_info[1]).__name__} if record.exc_info else {}
        structlog.get_logger(record.name).log(
            record.levelno, "overheard", library=record.name, said=record.getMessage(), **error
        )


def _without_personal_data(_logger: object, _method: str, line: EventDict) -> EventDict:
    return {name: _masked(value) for name, value in line.items()}


def _masked(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, list | tuple):
        return [_masked(each) for each in value]
    if isinstance(value, dict):
        return {name: _masked(each) for name, each in value.items()}
    told = str(value)
    return told if _HASH.fullmatch(told) else mask_text(told)


def _renderer(sentence: Sentence | None, *, on_terminal: bool) -> Processor:
    if not on_terminal:
        return structlog.processors.JSONRenderer(ensure_ascii=False)
    whole = structlog.dev.ConsoleRenderer()
    return _told(sentence, whole) if sentence else whole


def _told(sentence: Sentence, whole: Processor) -> Processor:
    def render(logger: Any, method: str, line: EventDict) -> Any:
        told = sentence(line)
        if told is None:
            return whole(logger, method, line)
        if not told:
            raise structlog.DropEvent
        return f"{datetime.now():%H:%M:%S}  {told}"  # noqa: DTZ005 - the clock on the wall

    return render
