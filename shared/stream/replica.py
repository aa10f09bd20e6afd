"""One replica of a service on Kafka: it waits for what it leans on, works until told to stop, and tells how it is."""

import asyncio
import os
import threading
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from dataclasses import dataclass
from socket import socket
from typing import Any, TypeVar

import structlog

from shared.database.pool import Pool, database, is_away
from shared.ops import http, metrics
from shared.ops.errors import why_away
from shared.ops.health import Health, Watch, application
from shared.ops.running import stop_on_signals, together
from shared.ops.settings import CommonSettings
from shared.stream import topics_admin
from shared.stream.bus import cluster
from shared.stream.bus.kafka import KafkaBus
from shared.stream.bus.kafka_relay import KafkaRelay
from shared.stream.outage import Outage
from shared.stream.settings import KafkaSettings
from shared.stream.stage import StageName

_END_SECONDS = 34

T = TypeVar("T")
Part = Callable[[asyncio.Event], Coroutine[Any, Any, None]]

_log = structlog.get_logger("nianbao.serve")


@dataclass(frozen=True, slots=True)
class Service:
    """What a service runs until told to stop, beside its relay: a consumer or none, and other parts."""

    bus: KafkaBus | None
    parts: tuple[Part, ...] = ()


Opened = AbstractAsyncContextManager[Service]


class _StoppedError(Exception):
    """Told to stop while still waiting."""


class Replica:
    """A service `open_`ed on a pool once database, tables, cluster and topics are there.

    `look` asks the database, again and again, what is to be shown of it.
    """

    def __init__(
        self,
        name: StageName,
        settings: CommonSettings,
        kafka: KafkaSettings,
        open_: Callable[[Pool], Opened],
        look: Callable[[Pool], Awaitable[object]],
    ) -> None:
        self._name = name
        self._settings = settings
        self._kafka = kafka
        self._open = open_
        self._look = look
        self._stop = asyncio.Event()
        self._outage = Outage(self._stop)
        self._watch = Watch()
        self._obstacle: str | None = "starting"
        self._health = Health(name, alive={"loop": self._watch.late}, ready={"start": lambda: self._obstacle})

    async def run(self, listener: socket) -> None:
        """Run until SIGTERM or Ctrl-C; 34 s after that the process ends in any case, with exit code 1.

        Raises UsageError where tables or topics are missing, Halted where the consumer halted itself.
        """
        over = asyncio.Event()
        stop_on_signals(self._stop)
        ending = asyncio.create_task(self._end_in_time())
        _log.info("listening", service=self._name, address=http.address_of(listener))
        answering = asyncio.create_task(http.serve(application(self._health), listener, over))
        watching = asyncio.create_task(self._watch.run(over))
        try:
            await self._work()
        except _StoppedError:
            pass
        finally:
            over.set()
            await asyncio.gather(answering, watching)
            ending.cancel()
        _log.info("stopped", service=self._name)

    async def _work(self) -> None:
        async with AsyncExitStack() as stack:
            pool = await self._waited(lambda: stack.enter_async_context(database(self._settings)))
            await self._waited(self._cluster_is_there)
            service = await stack.enter_async_context(self._open(pool))
            self._look_after(pool, service)
            _log.info("started", service=self._name)
            over = asyncio.Event()
            relay = KafkaRelay(pool, self._name, self._kafka)
            # The relay goes on until the last batch is through, so that its events leave with it.
            try:
                await together(over, self._until(over, service), relay.run(over))
            finally:
                self._watch.look_away()

    async def _until(self, over: asyncio.Event, service: Service) -> None:
        """Run consumer and parts until told to stop; also where the relay has ended."""
        ended = asyncio.create_task(_copied(over, self._stop))
        try:
            parts = [part(self._stop) for part in service.parts]
            await together(self._stop, *([service.bus.run(self._stop)] if service.bus else []), *parts)
        finally:
            ended.cancel()

    async def _waited(self, attempt: Callable[[], Awaitable[T]]) -> T:
        """Try until it succeeds; said once, however long it takes."""
        while not self._stop.is_set():
            try:
                found = await attempt()
            except Exception as error:
                if not is_away(error):
                    raise
                self._obstacle = f"waiting: {why_away(error)}"
                await self._outage.wait(self._name, error)
            else:
                self._obstacle = "starting"
                self._outage.over(self._name)
                return found
        raise _StoppedError

    async def _cluster_is_there(self) -> None:
        async with asyncio.timeout(10), cluster.admin(self._kafka) as admin:
            await topics_admin.demand_topics(admin, self._kafka)

    def _look_after(self, pool: Pool, service: Service) -> None:
        ready, bus = self._health.ready, service.bus
        ready["database"] = self._watch.look_at("database", lambda: self._look(pool))
        ready["broker"] = self._watch.look_at("broker", lambda: self._ask_broker(bus))
        if bus:
            ready["consumer"], self._health.alive["consumer"] = bus.unready, bus.stuck
        self._obstacle = None

    async def _ask_broker(self, bus: KafkaBus | None) -> None:
        metrics.partitions_gone()
        for each in bus.positions() if bus else ():
            metrics.partition_at(each.group, each.topic, each.partition, offset=each.offset, lag=each.lag)
        # One deleted under a consumer is no error to it: it has nothing assigned, and waits.
        await self._cluster_is_there()

    async def _end_in_time(self) -> None:
        await self._stop.wait()
        self._obstacle = "stopping"
        timer = threading.Timer(_END_SECONDS, _end, [self._name, asyncio.get_running_loop()])
        timer.daemon = True
        timer.start()


def _end(name: str, loop: asyncio.AbstractEventLoop) -> None:
    # What is in hand is neither committed nor acknowledged, or is known to the inbox when it comes again.
    held_up = sorted({_where(task) for task in asyncio.all_tasks(loop)})
    _log.error("ended by force", service=name, seconds=_END_SECONDS, held_up=held_up)
    os._exit(1)


def _where(task: "asyncio.Task[Any]") -> str:
    """Return where a task waits: each function that awaits the next, and the line."""
    places: list[str] = []
    waiting: Any = task.get_coro()
    while (frame := getattr(waiting, "cr_frame", None)) is not None:
        places.append(f"{frame.f_globals.get('__name__')}:{frame.f_lineno}")
        waiting = waiting.cr_await
    return " > ".join(places)


async def _copied(event: asyncio.Event, other: asyncio.Event) -> None:
    await event.wait()
    other.set()
