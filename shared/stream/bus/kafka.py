"""The Kafka bus: one stage as a member of its consumer group. FastStream consumes, in batches of raw records.

Offsets are committed by us, after the database; whatever is delivered twice disappears in the inbox.
"""

import asyncio
import dataclasses
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from types import TracebackType
from typing import Any

import structlog
from aiokafka import ConsumerRebalanceListener, TopicPartition
from aiokafka.errors import KafkaError
from faststream import AckPolicy, BaseMiddleware
from faststream.exceptions import NackMessage
from faststream.kafka import KafkaBroker

from shared.database.pool import Pool, is_away
from shared.ops.errors import Transient, where
from shared.stream.bus import cluster
from shared.stream.claim_check import redeem
from shared.stream.consumer import Consumer
from shared.stream.envelope import Record
from shared.stream.outage import Outage
from shared.stream.settings import KafkaSettings
from shared.stream.stage import Stage

_BATCH = 50
_BATCH_MS = 100
_FETCH_BYTES = 1024 * 1024  # a single larger message still comes: a broker always sends the first one whole
_POLL_SECONDS = 600
_GRACE_SECONDS, _LEAVE_SECONDS = 20, 5
_COMMIT_SECONDS = 10
_UNASSIGNED_SECONDS = 60

log = structlog.get_logger("nianbao.stream")


@dataclasses.dataclass(frozen=True, slots=True)
class Position:
    """How far a group is in a partition: the next offset to handle, and how many records lie behind it."""

    group: str
    topic: str
    partition: int
    offset: int
    lag: int


class KafkaBus:
    """One stage of this process. Run it in any number of processes, as many as there are partitions."""

    def __init__(self, pool: Pool, stage: Stage[Any, Any], settings: KafkaSettings) -> None:
        self._pool = pool
        self._settings = settings
        self._topic = settings.kafka_prefix + stage.topic.name
        self._group = settings.kafka_prefix + stage.name
        self._name = stage.name
        self._ending = asyncio.Event()
        self._outage = Outage(self._ending)
        self._consumer = Consumer(stage, pool, outage=self._outage)
        self._batch = _Batch()
        self._firsts: dict[TopicPartition, int] = {}
        self._membership = _Membership(self._batch, seconds=settings.kafka_session_seconds * 2 / 3)
        self._broken = asyncio.Event()
        self._error: BaseException | None = None
        self._broker, self._subscriber = self._subscribed()

    async def run(self, stop: asyncio.Event) -> None:
        """Consume until `stop` is set; a batch in hand has 20 s to finish. Raises Halted where the consumer halts."""
        try:
            if await self._joined(stop):
                await _first(stop.wait(), self._broken.wait())
        finally:
            self._ending.set()
            await self._leave()
        if self._error:
            raise self._error

    def unready(self) -> str | None:
        """Return why no records come, None where they do."""
        if self._error:
            return f"halted: {type(self._error).__name__}"
        return None if self._membership.assigned is not None else "no partitions assigned yet"

    def stuck(self) -> str | None:
        """Return why only a restart can help, None where there is progress."""
        consumer = self._subscriber.consumer
        if self._error or consumer is None:
            return None
        # aiokafka tells the time since the last poll to nobody but its own check of max_poll_interval.
        idle: float = consumer._subscription.fetcher_idle_time  # noqa: SLF001
        limit = _POLL_SECONDS if self._batch.in_hand else _UNASSIGNED_SECONDS
        if idle > limit:
            return f"no records asked for in {idle:.0f} s"
        alone = self._membership.seconds_without()
        return f"no assignment for {alone:.0f} s" if alone > _UNASSIGNED_SECONDS else None

    def positions(self) -> list[Position]:
        """Return how far the group is in this process's partitions, as far as is known without asking the broker."""
        consumer = self._subscriber.consumer
        found = []
        for part in sorted(consumer.assignment() if consumer else ()):
            state = consumer._subscription.subscription.assignment.state_value(part)  # noqa: SLF001 - position() may wait
            end = consumer.highwater(part)
            if state is not None and state.has_valid_position and end is not None:
                # What is in hand is not handled yet: while it waits for the database, nothing must look as if it moved.
                offset = self._firsts.get(part, state.position) if self._batch.in_hand else state.position
                found.append(Position(self._group, part.topic, part.partition, offset, max(0, end - offset)))
        return found

    def _subscribed(self) -> tuple[Any, Any]:
        broker = KafkaBroker(
            self._settings.servers,
            client_id="nianbao",
            consumer_only=True,
            request_timeout_ms=cluster.REQUEST_MS,
            allow_auto_create_topics=False,
            graceful_timeout=0,  # we wait for the batch in hand ourselves
            security=cluster.security(self._settings),
            middlewares=[self._batch.middleware],
            apply_types=False,
            logger=None,
        )
        session = round(self._settings.kafka_session_seconds * 1000)
        subscriber = broker.subscriber(
            self._topic,
            group_id=self._group,
            group_instance_id=self._settings.kafka_instance,
            batch=True,
            max_records=_BATCH,
            batch_timeout_ms=_BATCH_MS,
            max_partition_fetch_bytes=_FETCH_BYTES,
            auto_offset_reset="earliest",
            isolation_level="read_committed",
            session_timeout_ms=session,
            heartbeat_interval_ms=session // 5,
            max_poll_interval_ms=_POLL_SECONDS * 1000,
            ack_policy=AckPolicy.NACK_ON_ERROR,
            listener=self._membership,
            parser=_as_it_came,
            decoder=_whole,
            no_reply=True,
        )
        subscriber(self._handle)
        return broker, subscriber

    async def _joined(self, stop: asyncio.Event) -> bool:
        """Start consuming; False where told to stop first. A broker that is away is waited for."""
        while not stop.is_set():
            self._membership.joining()
            starting = asyncio.ensure_future(self._broker.start())
            await _first(stop.wait(), starting)
            if starting.cancelled():
                return False
            error = starting.exception()
            if error is None:
                self._outage.over(self._name)
                return True
            if not isinstance(error, KafkaError | OSError):
                raise error
            await self._leave()
            await _first(stop.wait(), self._outage.wait(self._name, error))
        return False

    async def _leave(self) -> None:
        """Let the batch in hand finish, and leave the group where the broker answers: aiokafka would ask for minutes."""
        self._subscriber.running = False  # no batch comes after this one
        for ended, seconds in ((self._batch.finished, _GRACE_SECONDS), (self._broker.stop, _LEAVE_SECONDS)):
            with suppress(KafkaError, TimeoutError):
                await asyncio.wait_for(ended(), seconds)

    async def _handle(self, message: Any) -> None:
        """Handle a batch, then commit its offsets. What cannot be handled now is read again; a fault ends the bus."""
        records = [self._record(raw) for raw in message.raw_message]
        self._firsts = {TopicPartition(raw.topic, raw.partition): raw.offset for raw in reversed(message.raw_message)}
        try:
            await self._consumer.handle(await redeem(self._pool, records))
        except Transient:
            raise NackMessage from None  # the consumer has waited
        except Exception as error:
            if is_away(error):
                await self._outage.wait(self._name, error)
                raise NackMessage from None
            self._error = error
            self._subscriber.running = False  # else the same batch would come again at once
            self._broken.set()
            raise NackMessage from error
        await self._commit(message)

    async def _commit(self, message: Any) -> None:
        try:
            async with asyncio.timeout(_COMMIT_SECONDS):
                await message.ack()
        except (KafkaError, TimeoutError) as error:
            # The rows are written: what comes again is known to the inbox.
            log.warning("offsets not committed", stage=self._name, error=where(error))
            raise NackMessage from None

    def _record(self, raw: Any) -> Record:
        topic = raw.topic.removeprefix(self._settings.kafka_prefix)
        return Record(topic, raw.partition, raw.offset, raw.key, raw.value, tuple(raw.headers))


class _Batch:
    """Whether a batch is in hand. Marked by a middleware: marking in the handler alone leaves gaps on both sides."""

    def __init__(self) -> None:
        self._none = asyncio.Event()
        self._none.set()

    @property
    def in_hand(self) -> bool:
        return not self._none.is_set()

    async def finished(self) -> None:
        await self._none.wait()

    def middleware(self, message: Any, *, context: Any) -> BaseMiddleware[Any, Any]:
        return _Mark(message, self._none, context=context)


class _Mark(BaseMiddleware[Any, Any]):
    """Clears an event while a batch is on its way through FastStream."""

    def __init__(self, message: Any, none: asyncio.Event, *, context: Any) -> None:
        super().__init__(message, context=context)
        self._none = none

    async def on_receive(self) -> None:
        self._none.clear()

    async def after_processed(
        self,
        exc_type: type[BaseException] | None = None,
        exc_val: BaseException | None = None,
        exc_tb: TracebackType | None = None,
    ) -> bool | None:
        del exc_type, exc_val, exc_tb
        self._none.set()
        return False


class _Membership(ConsumerRebalanceListener):  # type: ignore[misc] # aiokafka ships no types
    """Lets a batch in hand finish before its partitions go to another replica, and knows whether we have any.

    No heartbeat is sent meanwhile: `seconds` must stay below the session's.
    """

    def __init__(self, batch: _Batch, *, seconds: float) -> None:
        self._batch = batch
        self._seconds = seconds
        self.assigned: frozenset[TopicPartition] | None = None
        self._since = time.monotonic()

    def joining(self) -> None:
        """Count from now."""
        self._since = time.monotonic()

    async def on_partitions_revoked(self, revoked: Sequence[TopicPartition]) -> None:
        """Wait for the batch."""
        del revoked
        with suppress(TimeoutError):
            await asyncio.wait_for(self._batch.finished(), self._seconds)
        self.assigned = None
        self.joining()

    async def on_partitions_assigned(self, assigned: Sequence[TopicPartition]) -> None:
        """Remember what is ours; nothing, where there are more replicas than partitions."""
        self.assigned = frozenset(assigned)

    def seconds_without(self) -> float:
        """Return for how long this member has belonged to no group, 0 where it does."""
        return time.monotonic() - self._since if self.assigned is None else 0.0


async def _as_it_came(message: tuple[Any, ...], original: Callable[[tuple[Any, ...]], Awaitable[Any]]) -> Any:
    """Keep the headers from FastStream: it fails on those that are no text, and skips the whole batch."""
    parsed = await original(tuple(dataclasses.replace(record, headers=()) for record in message))
    parsed.raw_message = message
    return parsed


async def _whole(message: Any) -> Any:
    """Hand the message itself to the handler, undecoded."""
    return message


async def _first(*waits: Awaitable[Any]) -> None:
    """Wait until one of these is done, and cancel the others."""
    tasks = [asyncio.ensure_future(wait) for wait in waits]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)
