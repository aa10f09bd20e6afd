"""Logs: one canonical line for each unit of work, on standard error; JSON unless a person is looking at a terminal.

A line names things by number (event, report, notice) and errors by type and place. It never carries a report's text or
personal data.
"""

import logging
import sys

import structlog
from structlog.typing import Processor


def configure() -> None:
    """Send the log lines of this process to standard error."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _renderer(on_terminal=sys.stderr.isatty()),
        ],
        wrapper_class=structlog.make_filtering_bound_logger("info"),
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),  # looked up anew: tests and shells replace it
        cache_logger_on_first_use=False,
    )
    logging.getLogger("asyncpg").setLevel(logging.CRITICAL)  # an outage is said once, by us, not with a traceback each


def _renderer(*, on_terminal: bool) -> Processor:
    if on_terminal:
        return structlog.dev.ConsoleRenderer()
    return structlog.processors.JSONRenderer(ensure_ascii=False, default=str)
