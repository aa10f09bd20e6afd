"""The local bus: hands outbox rows to the consumers of this process. Durable because the outbox is; no broker."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Any

from shared.database.pool import Pool, is_away
from shared.ops.errors import Transient
from shared.stream import inbox, outbox
from shared.stream.consumer import Consumer
from shared.stream.outage import Outage
from shared.stream.relay import Claim, due, mark_published, mark_unread
from shared.stream.stage import Stage

_BATCH = 50
_POLL_SECONDS = 0.5
_GRACE_SECONDS = 25
_PRUNE_SECONDS = 86400
_UNREAD, _OLD = "unread", "old"


class LocalBus:
    """All stages in one process. Several buses on one database share the work by shards of keys, or stand by."""

    def __init__(self, pool: Pool, stages: Sequence[Stage[Any, Any]]) -> None:
        self._pool = pool
        self._ending = asyncio.Event()
        self._outage = Outage(self._ending)
        self._consumers = {stage.topic.name: Consumer(stage, pool, outage=self._outage) for stage in stages}
        self._names = {stage.topic.name: stage.name for stage in stages}
        self._wakes = {topic: asyncio.Event() for topic in (*self._consumers, _UNREAD, _OLD)}
        self._claim = Claim(pool, self._wake)

    async def run(self, stop: asyncio.Event) -> None:
        """Deliver until `stop` is set; batches in hand are finished first. Raises Halted where a consumer halts."""
        loops = [
            *(self._loop(topic, self._deliver, _POLL_SECONDS) for topic in self._consumers),
            self._loop(_UNREAD, self._pass_by, _POLL_SECONDS),
            self._loop(_OLD, self._prune, _PRUNE_SECONDS),
        ]
        async with self._claim:
            tasks = [asyncio.create_task(loop) for loop in loops]
            stopping = asyncio.create_task(stop.wait())
            try:
                # a loop ends early only by an error
                await asyncio.wait([*tasks, stopping], return_when=asyncio.FIRST_COMPLETED)
            finally:
                stopping.cancel()
                await self._end(tasks)
        for task in tasks:
            task.cancelled() or task.result()

    async def _end(self, tasks: Sequence["asyncio.Task[None]"]) -> None:
        self._ending.set()
        for wake in self._wakes.values():
            wake.set()
        _, late = await asyncio.wait(tasks, timeout=_GRACE_SECONDS)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    async def _loop(self, topic: str, step: Callable[[str], Awaitable[bool]], rest: float) -> None:
        """Repeat a step as long as it finds work, then rest until there is more, or for `rest` seconds."""
        who = self._names.get(topic, "bus")
        while not self._ending.is_set():
            self._wakes[topic].clear()
            try:
                busy = await step(topic)
            except Transient:
                continue  # the consumer has waited
            except Exception as error:
                if not is_away(error):
                    raise
                await self._outage.wait(who, error)
                continue
            self._outage.over(who)
            if not busy and not self._ending.is_set():
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._wakes[topic].wait(), rest)

    async def _deliver(self, topic: str) -> bool:
        shards = await self._claim.shards()
        async with self._pool.acquire(timeout=10) as connection:
            records = await due(connection, topic, shards, _BATCH)
        if records:
            await self._consumers[topic].handle(records)
            async with self._pool.acquire(timeout=10) as connection:
                await mark_published(connection, records)
        return bool(records)

    async def _pass_by(self, _topic: str) -> bool:
        shards = await self._claim.shards()
        async with self._pool.acquire(timeout=10) as connection:
            await mark_unread(connection, list(self._consumers), shards)
        return False

    async def _prune(self, _topic: str) -> bool:
        async with self._pool.acquire(timeout=10) as connection:
            await inbox.prune(connection)
            await outbox.prune(connection)
        return False

    def _wake(self, topic: str) -> None:
        self._wakes.get(topic, self._wakes[_UNREAD]).set()
