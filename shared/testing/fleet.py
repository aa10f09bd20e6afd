"""The services as processes of their own on Kafka, several replicas of each: started, stopped, killed."""

import asyncio
import json
import pathlib
import signal
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx2

from shared.stream.settings import KafkaSettings
from shared.stream.stage import StageName
from shared.testing.command import Command

SERVICES: tuple[StageName, ...] = ("ingest", "parse", "validate", "notify")
GONE_SECONDS = 36.0
"""So long after SIGTERM a service may take to be gone, whatever is down."""
_LAST_WORDS = 20


@dataclass
class Fleet:
    """Replicas of `nianbao serve …` by service; `reports` is the folder that ingest watches."""

    reports: pathlib.Path
    replicas: dict[StageName, list[Command]] = field(default_factory=dict)

    def __getitem__(self, service: StageName) -> list[Command]:
        return self.replicas[service]

    @property
    def all(self) -> list[Command]:
        """Every replica of every service."""
        return [replica for replicas in self.replicas.values() for replica in replicas]

    def start(self) -> None:
        """Start every replica."""
        for replica in self.all:
            replica.start()

    async def stop(self, *replicas: Command) -> set[int]:
        """Tell these, or all that run, to end at once, and return their exit codes; TimeoutExpired where one ends too late.

        One that is still starting is waited for. Waits in a thread: what the services lean on may run in the loop of the test.
        Prints the last words of one that ends with another code than 0: a test that fails then shows why.
        """
        running = [replica for replica in replicas or self.all if replica.is_running]
        for replica in running:
            await replica.listening()
        for replica in running:
            assert replica.process is not None
            replica.process.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + GONE_SECONDS
        codes = [await asyncio.to_thread(replica.wait, deadline - time.monotonic()) for replica in running]
        for replica, code in zip(running, codes, strict=True):
            if code:
                print(*replica.arguments, "ended with", code, *replica.said.splitlines()[-_LAST_WORDS:], sep="\n")  # noqa: T201
        return set(codes)

    async def ready(self) -> bool:
        """Return whether every replica says that it is ready."""
        return not [why for replica in self.all if (why := await unready(replica))]


def lines(replica: Command, event: str) -> list[dict[str, Any]]:
    """Return the log lines of one kind that a replica has written."""
    return [
        line
        for text in replica.said.splitlines()
        if text.startswith("{") and (line := json.loads(text))["event"] == event
    ]


async def unready(replica: Command) -> str | None:
    """Return why a replica is not ready, by its own word where it answers."""
    listening = lines(replica, "listening")
    if not listening or not replica.is_running:
        return "not running"
    try:
        async with httpx2.AsyncClient(trust_env=False, timeout=30) as client:
            answer = await client.get(f"http://{listening[-1]['address']}/readyz")
    except httpx2.TransportError as fault:
        return type(fault).__name__
    return None if answer.is_success else answer.text


@contextmanager
def fleet(
    folder: pathlib.Path,
    database: str,
    kafka: KafkaSettings,
    settings: Mapping[str, str],
    *,
    services: Sequence[StageName] = SERVICES,
    replicas: int = 1,
    named: bool = False,
) -> Iterator[Fleet]:
    """Give replicas that are not started yet, with logs, data and watched reports in a folder; all are dead afterwards.

    Where `named`, each is a static member of its consumer group.
    """
    made = Fleet(folder / "reports")
    made.reports.mkdir(exist_ok=True)
    common = {**_common(folder, database, kafka, made.reports), **settings}
    for service in services:
        names = [f"{service}-{number}" for number in range(replicas)]
        made.replicas[service] = [
            Command(("serve", service), common | ({"kafka_instance": name} if named else {}), folder / f"{name}.log")
            for name in names
        ]
    try:
        yield made
    finally:
        for replica in made.all:
            if replica.is_running:
                replica.kill()


def _common(folder: pathlib.Path, database: str, kafka: KafkaSettings, reports: pathlib.Path) -> dict[str, str]:
    return {
        "database": database,
        "data_dir": str(folder / "data"),
        "watch": str(reports),
        "upload_port": "0",
        "http_port": "0",
        "parse_workers": "1",
        "kafka": kafka.kafka,
        "kafka_prefix": kafka.kafka_prefix,
        "kafka_session_seconds": str(kafka.kafka_session_seconds),
    }
