"""Waiting in tests for something to come true, instead of for a time to pass."""

import asyncio
from collections.abc import Awaitable, Callable


async def until(holds: Callable[[], Awaitable[object]], *, seconds: float = 60.0) -> None:
    """Ask again and again until the answer is true; raise TimeoutError where it never is."""
    async with asyncio.timeout(seconds):
        while not await holds():  # noqa: ASYNC110 - what is waited for happens elsewhere: a database, another process
            await asyncio.sleep(0.02)
