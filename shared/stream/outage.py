"""Waiting in place while infrastructure is away: longer each time, said once, over at once when stopping."""

import asyncio
import random
from contextlib import suppress

import structlog

from shared.ops.errors import Transient, where

_SHORTEST, _LONGEST = 0.2, 15.0

log = structlog.get_logger("nianbao.stream")


class Outage:
    """What one process waits for. `stop` ends every wait."""

    def __init__(self, stop: asyncio.Event | None = None) -> None:
        self._stop = stop or asyncio.Event()
        self._failures: dict[str, int] = {}

    async def wait(self, who: str, error: BaseException) -> None:
        """Wait 0.2 to 15 seconds, twice as long each time that `who` fails in a row."""
        if not self._failures:
            log.warning("waiting", who=who, error=str(error) if isinstance(error, Transient) else where(error))
        failures = self._failures[who] = self._failures.get(who, 0) + 1
        delay = min(_LONGEST, _SHORTEST * 2.0 ** min(failures - 1, 10)) * random.uniform(0.5, 1.0)  # noqa: S311 - jitter
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stop.wait(), delay)

    def over(self, who: str) -> None:
        """Note that `who` got through."""
        if self._failures.pop(who, None) and not self._failures:
            log.info("going on", who=who)
