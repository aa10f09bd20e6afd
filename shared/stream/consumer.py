"""The one shape of every consumer, on every bus.

Decode and check each record → drop what is known → work, with no connection held → one transaction for what is ready of
the batch, while the rest is worked on: inbox, the service's rows, outbox; where a record fails, a savepoint for each, and
a dead letter → commit. Only when all is committed may a bus move on.
"""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile
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
_PART = 10  # a commit is not worth its wait for fewer, while there are more to come
_PATIENCE = 60  # seconds: what is ready is not kept waiting longer for slow ones behind it; a long scan takes minutes
_ACQUIRE_SECONDS = 10


class _FailedError(Exception):
    """One of several deliveries failed."""

    def __init__(self, delivery: Delivery[Any, Any], error: Exception) -> None:
        super().__init__()
        self.delivery = delivery
        self.error = error


class Consumer(Generic[E, T]):
    """Runs a stage over records. One batch at a time: a bus that wants more of them at once makes more consumers."""

    def __init__(self, stage: Stage[E, T], pool: Pool, *, outage: Outage | None = None) -> None:
        self._stage = stage
        self._pool = pool
        self._outage = outage or Outage()
        self._flood = FloodStop(stage.name)

    async def handle(self, records: Sequence[Record]) -> None:
        """Handle a batch, each event once however often it comes, in the order given.

        Raises Transient, after a wait, where infrastructure is away: hand the same batch in again, what was committed of
        it is known then. Raises Halted at a flood of dead letters.
        """
        try:
            await self._settle_all(records)
        except Exception as error:
            if not is_away(error):
                raise
            await self._outage.wait(self._stage.name, error)
            raise Transient(f"{self._stage.name}: {where(error)}") from error
        self._outage.over(self._stage.name)
        self._flood.check()

    async def _settle_all(self, records: Sequence[Record]) -> None:
        fresh, known = await self._without_known([self._decode(record) for record in records])
        self._tell(known)
        room = asyncio.Semaphore(_AT_ONCE)
        tasks = [asyncio.create_task(self._work(delivery, room)) for delivery in fresh]
        try:
            while tasks:
                done, _ = await asyncio.wait(tasks[:_PART], timeout=_PATIENCE, return_when=asyncio.FIRST_EXCEPTION)
                for task in done:
                    task.result()  # raises what the work raised
                ready = list(takewhile(asyncio.Task.done, tasks))
                if not ready:
                    continue
                self._tell(await self._commit([task.result() for task in ready], _TRIES))
                tasks = tasks[len(ready) :]
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def _tell(self, settled: Sequence[Settled]) -> None:
        for each in settled:
            self._count(each)
            tell(self._stage.name, each)

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
        """Commit a part; where the commit itself fails (a deferred constraint), each alone, so that neighbours pass."""
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
                    return await self._settle(connection, deliveries)
            except Exception as error:
                if is_lost(connection) and not is_away(error):
                    raise Transient("the connection to the database was lost") from error
                raise

    async def _settle(self, connection: Connection, deliveries: list[Delivery[E, T]]) -> list[Settled]:
        """Settle a part at one go, which spares most of the round trips; where one fails, each by itself."""
        failed: _FailedError | None = None
        if not any(delivery.why for delivery in deliveries):
            try:
                async with connection.transaction():
                    return await self._pass_on(connection, deliveries)
            except _FailedError as error:
                failed = error
        return [
            await self._settle_alone(connection, each, failed.error if failed and failed.delivery is each else None)
            for each in deliveries
        ]

    async def _settle_alone(
        self, connection: Connection, delivery: Delivery[E, T], error: Exception | None = None
    ) -> Settled:
        """Settle one in three tries, the first of which may have failed with `error`; what fails is a dead letter."""
        why, tries = delivery.why, 0
        while why is None:
            if error is None:
                try:
                    async with connection.transaction():
                        return (await self._pass_on(connection, [delivery]))[0]
                except _FailedError as failed:
                    error = failed.error
            tries += 1
            why, error = _why(error, tries), None
        dead = replace(delivery, why=why)
        kept = await dead_letters.keep(connection, self._stage.name, self._stage.version, dead.record, dead.id, why)
        return Settled(dead, "dead" if kept else "duplicate", seconds=delivery.seconds)

    async def _pass_on(self, connection: Connection, deliveries: list[Delivery[E, T]]) -> list[Settled]:
        ids = [delivery.received.id for delivery in deliveries if delivery.received]
        new = await inbox.remember_all(connection, self._stage.name, self._stage.version, ids)
        settled = [
            await self._write(connection, each) if each.id in new else Settled(each, "duplicate") for each in deliveries
        ]
        events = [
            (received, outgoing)
            for each in settled
            if (received := each.delivery.received)
            for outgoing in each.outcome.events
        ]
        await outbox.append_all(connection, self._stage.name, events)
        return settled

    async def _write(self, connection: Connection, delivery: Delivery[E, T]) -> Settled:
        """Have the service write its rows; _FailedError where it raises for a reason that is not the infrastructure's."""
        started = time.perf_counter()
        try:
            outcome = await self._stage.commit(connection, delivery.received, delivery.result)  # type: ignore[arg-type] # T may be None itself
        except Exception as error:
            if is_away(error) or is_lost(connection):
                raise
            raise _FailedError(delivery, error) from error
        return Settled(delivery, "done", outcome, delivery.seconds + time.perf_counter() - started)

    def _count(self, settled: Settled) -> None:
        if settled.came_to != "duplicate":
            why = settled.delivery.why
            self._flood.count(why.reason if why else None)


def _why(error: Exception, tries: int) -> Why | None:
    """Return why a record is dead after so many tries, None where it is to be tried again."""
    if isinstance(error, Rejected):
        return Why(error.reason, str(error))
    return Why("bug", where(error)) if tries == _TRIES else None
