"""Running until told to stop: signals, and parts that end together."""

import asyncio
import signal
from collections.abc import Coroutine
from typing import Any


async def together(stop: asyncio.Event, *parts: Coroutine[Any, Any, None]) -> None:
    """Run the parts until one of them ends, then stop the others cleanly and raise what went wrong."""
    tasks = [asyncio.create_task(part) for part in parts]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        stop.set()
    for result in await asyncio.gather(*tasks, return_exceptions=True):
        if isinstance(result, BaseExceptionGroup):
            raise result.exceptions[0]
        if isinstance(result, BaseException):
            raise result


def stop_on_signals(stop: asyncio.Event) -> None:
    """Set `stop` at Ctrl-C and SIGTERM."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        # Windows has no loop.add_signal_handler; there the plain handler wakes the loop.
        signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop.set))
