"""Publishes one service's outbox to Kafka, in the order written for each key; a row is marked when the broker has it.

Killed between the two, it publishes the row again: the consumers' inboxes absorb it.
"""

import asyncio
import time
from contextlib import suppress
from typing import Any

from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError, KafkaTimeoutError, MessageSizeTooLargeError

from shared.database.pool import Pool, is_away
from shared.stream import inbox, outbox
from shared.stream.bus import cluster
from shared.stream.claim_check import check_in, is_too_large
from shared.stream.envelope import Record
from shared.stream.outage import Outage
from shared.stream.outbox import shard_of
from shared.stream.relay import Claim, due_of, mark_published
from shared.stream.settings import KafkaSettings
from shared.stream.stage import StageName
from shared.stream.topics import TOPICS

_BATCH = 100
_POLL_SECONDS = 0.5
_STOP_SECONDS = 3
_PRUNE_SECONDS = 86400
_BATCH_BYTES = 512 * 1024
_FRAME_BYTES = 64  # lengths and the like: more than a record or a header takes beside its bytes
_LARGEST = max(topic.max_bytes for topic in TOPICS)


class KafkaRelay:
    """The relay of one service; of several replicas, each shard of keys has one at a time."""

    def __init__(self, pool: Pool, service: StageName, settings: KafkaSettings) -> None:
        self._pool = pool
        self._service = service
        self._settings = settings
        self._ending = asyncio.Event()
        self._outage = Outage(self._ending)
        self._due = asyncio.Event()
        self._claim = Claim(pool, lambda _topic: self._due.set(), service)
        self._producer: Any = None
        self._sent: list[asyncio.Future[Any]] = []
        self._refused: set[int | None] = set()  # outbox ids that the broker found too large
        self._pruned = -float(_PRUNE_SECONDS)

    async def run(self, stop: asyncio.Event) -> None:
        """Publish until `stop` is set, then for 3 s at most what is still due."""
        publishing = asyncio.create_task(self._publish())
        stopping = asyncio.create_task(stop.wait())
        try:
            await asyncio.wait([publishing, stopping], return_when=asyncio.FIRST_COMPLETED)
        finally:
            stopping.cancel()
            self._ending.set()
            self._due.set()
            await asyncio.wait([publishing], timeout=_STOP_SECONDS)
            publishing.cancel()
            await asyncio.gather(publishing, return_exceptions=True)
            await self._stop_producer()
        publishing.cancelled() or publishing.result()

    async def _publish(self) -> None:
        async with self._claim:
            busy = True
            while busy or not self._ending.is_set():
                self._due.clear()
                busy = await self._round_or_wait()
                if not busy and not self._ending.is_set():
                    with suppress(TimeoutError):
                        await asyncio.wait_for(self._due.wait(), _POLL_SECONDS)

    async def _round_or_wait(self) -> bool:
        try:
            busy = await self._round()
        except Exception as error:
            if isinstance(error, KafkaError):
                await self._stop_producer()  # one that failed for good fails for ever
            elif not is_away(error):
                raise
            await self._outage.wait("relay", error)
            return False
        self._outage.over("relay")
        return busy

    async def _round(self) -> bool:
        """Publish what is due; False where nothing was. Raises the first error, having marked what went out before it."""
        await self._prune()
        async with self._claim.held() as (connection, shards):
            records = await due_of(connection, self._service, shards, _BATCH)
        if not records:
            return False
        results = await self._send(records)
        published, error = self._told(records, results)
        async with self._claim.held() as (connection, _):
            await mark_published(connection, published)
        self._refused -= {record.offset for record in published}
        if any(results):
            await self._stop_producer()  # its numbering has a gap where the broker refused something
        if error:
            raise error
        return True

    async def _send(self, records: list[Record]) -> list[BaseException | None]:
        """Send in order and wait for the answers, however long a broker is away; None for what the broker has.

        Ends at the first failure: the rest waits for another round. What would begin a second batch waits for the answers
        to the first: a broker that refuses this one would take that one, out of order.
        """
        producer = await self._started()
        sent: list[asyncio.Future[Any]] = []
        self._sent = sent
        room = _BATCH_BYTES
        for record in records:
            if sent and _bytes_of(record) > room:
                await asyncio.wait(sent)
                if any(answer.exception() for answer in sent):
                    break
                room = _BATCH_BYTES
            room -= _bytes_of(record)
            try:
                sent.append(await self._queued(producer, record))
            except KafkaError as error:
                sent.append(_failed(error))
                break
        await asyncio.wait(sent)
        return [answer.exception() for answer in sent]

    def _told(
        self, records: list[Record], results: list[BaseException | None]
    ) -> tuple[list[Record], BaseException | None]:
        """Return what the broker has, and the first error; a shard ends at its first failure, so that order holds."""
        published, broken, first = [], set(), None
        for record, error in zip(records, results, strict=False):
            shard = shard_of(record.key)
            if error is None and shard not in broken:
                published.append(record)
            elif error is not None:
                broken.add(shard)
                if isinstance(error, MessageSizeTooLargeError) and record.offset not in self._refused:
                    self._refused.add(record.offset)  # the next round sends it without its body
                elif not isinstance(error, KafkaTimeoutError):
                    first = first or error
        return published, first

    async def _queued(self, producer: Any, record: Record) -> "asyncio.Future[Any]":
        """Queue a record and return what will tell when the broker has it."""
        if record.offset in self._refused or is_too_large(record):
            record = check_in(record)
        value = b"" if record.key is None and record.value is None else record.value  # a client must send either
        future: asyncio.Future[Any] = await producer.send(
            self._settings.kafka_prefix + record.topic, value, key=record.key, headers=list(record.headers)
        )
        return future

    async def _started(self) -> Any:
        if self._producer is None:
            producer = AIOKafkaProducer(
                **cluster.client_options(self._settings),
                enable_idempotence=True,
                acks="all",
                linger_ms=5,
                max_batch_size=_BATCH_BYTES,
                max_request_size=_LARGEST,
                compression_type="zstd",
                request_timeout_ms=cluster.REQUEST_MS,
            )
            self._producer = producer
            await producer.start()
        return self._producer

    async def _stop_producer(self) -> None:
        producer, self._producer = self._producer, None
        if producer is not None:
            if not all(answer.done() for answer in self._sent):
                await self._give_up(producer)
            with suppress(TimeoutError, KafkaError):
                await asyncio.wait_for(producer.stop(), _STOP_SECONDS)

    async def _give_up(self, producer: Any) -> None:
        """Let go of what is under way: an idempotent producer's stop() would wait for a broker that is away for ever."""
        # aiokafka has no public way. Its sender answers the first cancelling by waiting for its requests.
        sending = producer._sender.sender_task  # noqa: SLF001
        while sending and not sending.done():
            sending.cancel()
            await asyncio.wait([sending], timeout=0.1)
        producer._message_accumulator.fail_all(KafkaTimeoutError())  # noqa: SLF001
        for answer in self._sent:
            answer.done() and answer.exception()

    async def _prune(self) -> None:
        if time.monotonic() - self._pruned > _PRUNE_SECONDS:
            async with self._pool.acquire(timeout=10) as connection:
                await inbox.prune(connection)
                await outbox.prune(connection)
            self._pruned = time.monotonic()


def _bytes_of(record: Record) -> int:
    headers = sum(_FRAME_BYTES + len(name) + len(value or b"") for name, value in record.headers)
    return _FRAME_BYTES + len(record.key or b"") + len(record.value or b"") + headers


def _failed(error: KafkaError) -> "asyncio.Future[Any]":
    failed = asyncio.get_running_loop().create_future()
    failed.set_exception(error)
    return failed
