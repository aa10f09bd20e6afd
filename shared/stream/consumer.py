"""The one shape of every consumer, on every bus.

Decode and check each record → drop what is known → work, with no connection held → one transaction for the batch with a
savepoint for each record: inbox, the service's rows, outbox or dead letter → commit. Only then may a bus move on.
"""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Generic

from shared.database.pool import Pool, is_away, is_lost
from shared.ops import tracing
from shared.ops.errors import Rejected, Transient, where
from shared.stream import dead_letters, inbox, outbox
from shared.stream.dead_letters import Why
from shared.stream.delivery import Delivery, Settled, tell
from shared.stream.envelope import Record, decode, id_of, traceparent_of
from shared.stream.flood import FloodStop
from shared.stream.outage import Outage
from shared.stream.stage import Connection, E, Received, Stage, T

_TRIES = 3
_AT_ONCE = 8  # a document may be 40 MiB
_ACQUIRE_SECONDS = 10


class Consumer(Generic[E, T]):
    """Runs a stage over records. One batch at a time: a bus that wants more of them at once makes more consumers."""

    def __init__(self, stage: Stage[E, T], pool: Pool, *, outage: Outage | None = None) -> None:
        self._stage = stage
        self._pool = pool
        self._outage = outage or Outage()
        self._flood = FloodStop(stage.name)

    async def handle(self, records: Sequence[Record]) -> None:
        """Handle a batch, each event once however often it comes, in the order given.

        Raises Transient, after a wait, where infrastructure is away: nothing was committed, hand the same batch in again.
        Raises Halted at a flood of dead letters.
        """
        try:
            settled = await self._settle_all(records)
        except Exception as error:
            if not is_away(error):
                raise
            await self._outage.wait(self._stage.name, error)
            raise Transient(f"{self._stage.name}: {where(error)}") from error
        self._outage.over(self._stage.name)
        for each in settled:
            self._count(each)
            tell(self._stage.name, each)
        self._flood.check()

    async def _settle_all(self, records: Sequence[Record]) -> list[Settled]:
        deliveries = [self._decode(record) for record in records]
        fresh, known = await self._without_known(deliveries)
        return [*known, *await self._commit(await self._work_all(fresh), _TRIES)]

    def _decode(self, record: Record) -> Delivery[E, T]:
        span = tracing.begin(self._stage.name, traceparent_of(record))
        try:
            received: Received[Any] = decode(record, self._stage.topic.event)
        except Rejected as error:
            return Delivery(record, id_of(record), span, why=Why(error.reason, str(error)))
        return Delivery(record, received.id, span, replace(received, traceparent=span.traceparent))

    async def _without_known(self, deliveries: list[Delivery[E, T]]) -> tuple[list[Delivery[E, T]], list[Settled]]:
        ids = [delivery.id for delivery in deliveries if delivery.id]
        async with self._pool.acquire(timeout=_ACQUIRE_SECONDS) as connection:
            seen = await inbox.known(connection, self._stage.name, self._stage.version, ids)
        fresh, known = [], []
        for delivery in deliveries:
            if delivery.id in seen:
                known.append(Settled(delivery, "duplicate"))
                continue
            fresh.append(delivery)
            seen |= {delivery.id} if delivery.id else set()
        return fresh, known

    async def _work_all(self, deliveries: list[Delivery[E, T]]) -> list[Delivery[E, T]]:
        room = asyncio.Semaphore(_AT_ONCE)
        try:
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(self._work(delivery, room)) for delivery in deliveries]
        except ExceptionGroup as errors:
            raise errors.exceptions[0] from errors
        return [task.result() for task in tasks]

    async def _work(self, delivery: Delivery[E, T], room: asyncio.Semaphore) -> Delivery[E, T]:
        async with room:
            started = time.perf_counter()
            worked = await self._try_work(delivery, delivery.received) if delivery.received else delivery
            return replace(worked, seconds=time.perf_counter() - started)

    async def _try_work(self, delivery: Delivery[E, T], received: Received[E]) -> Delivery[E, T]:
        for last in (False, False, True):
            try:
                return replace(delivery, result=await self._stage.work(received))
            except Rejected as error:
                return replace(delivery, why=Why(error.reason, str(error)))
            except Exception as error:
                if is_away(error):
                    raise
                if last:
                    return replace(delivery, why=Why("bug", where(error)))
        raise AssertionError

    async def _commit(self, deliveries: list[Delivery[E, T]], tries: int) -> list[Settled]:
        """Commit a batch; where the commit itself fails (a deferred constraint), each alone, so that neighbours pass."""
        if not deliveries:
            return []
        try:
            return await self._transaction(deliveries)
        except Exception as error:
            if is_away(error) or all(delivery.why for delivery in deliveries):
                raise
            if len(deliveries) > 1:
                return [settled for each in deliveries for settled in await self._commit([each], tries - 1)]
            if tries > 1:
                return await self._commit(deliveries, tries - 1)
            return await self._commit([replace(deliveries[0], why=Why("bug", where(error)))], tries)

    async def _transaction(self, deliveries: list[Delivery[E, T]]) -> list[Settled]:
        async with self._pool.acquire(timeout=_ACQUIRE_SECONDS) as connection:
            try:
                async with connection.transaction():
                    return [await self._timed(connection, delivery) for delivery in deliveries]
            except Exception as error:
                if is_lost(connection) and not is_away(error):
                    raise Transient("the connection to the database was lost") from error
                raise

    async def _timed(self, connection: Connection, delivery: Delivery[E, T]) -> Settled:
        started = time.perf_counter()
        settled = await self._settle(connection, delivery)
        return replace(settled, seconds=delivery.seconds + time.perf_counter() - started)

    async def _settle(self, connection: Connection, delivery: Delivery[E, T]) -> Settled:
        why = delivery.why
        tries = 0
        while why is None:
            tries += 1
            try:
                async with connection.transaction():
                    return await self._pass_on(connection, delivery)
            except Rejected as error:
                why = Why(error.reason, str(error))
            except Exception as error:
                if is_away(error) or is_lost(connection):
                    raise
                why = Why("bug", where(error)) if tries == _TRIES else None
        dead = replace(delivery, why=why)
        kept = await dead_letters.keep(connection, self._stage.name, self._stage.version, dead.record, dead.id, why)
        return Settled(dead, "dead" if kept else "duplicate")

    async def _pass_on(self, connection: Connection, delivery: Delivery[E, T]) -> Settled:
        received, result = delivery.received, delivery.result
        assert received is not None
        if not await inbox.remember(connection, self._stage.name, self._stage.version, received.id):
            return Settled(delivery, "duplicate")
        outcome = await self._stage.commit(connection, received, result)  # type: ignore[arg-type] # T may be None itself
        for outgoing in outcome.events:
            await outbox.append(
                connection,
                self._stage.name,
                outgoing,
                correlation_id=received.correlation_id,
                causation_id=str(received.id),
                traceparent=received.traceparent,
            )
        return Settled(delivery, "done", outcome)

    def _count(self, settled: Settled) -> None:
        if settled.came_to != "duplicate":
            why = settled.delivery.why
            self._flood.count(why.reason if why else None)
