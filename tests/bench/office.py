"""Where the benchmarks on Kafka run: a database with the durability of production, a real broker, a season's documents."""

import contextlib
import pathlib
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from services.ingest.store import take
from shared.database.migrate import Pool, migrate
from shared.database.pool import connect
from shared.directory.store import replace
from shared.ops import logs
from shared.stream.bus import cluster
from shared.stream.settings import KafkaSettings
from shared.stream.topics_admin import apply
from shared.testing.database import OwnServer, own_server
from shared.testing.kafka import Broker, broker_from_jars
from shared.testing.season import Submission


@dataclass(frozen=True)
class Office:
    """A server, a broker, and a folder for logs; the directory lists every agency of the season."""

    server: OwnServer
    broker: Broker
    pool: Pool
    folder: pathlib.Path

    async def topics(self, prefix: str = "") -> KafkaSettings:
        """Make all topics under a prefix."""
        settings = KafkaSettings(kafka=self.broker.address, kafka_prefix=prefix)
        async with cluster.admin(settings) as admin:
            await apply(admin, settings)
        return settings

    async def take(self, submissions: list[Submission]) -> None:
        """Store documents and their raw events."""
        for each in submissions:
            now = datetime.now(UTC)
            await take(self.pool, each.data, source=each.name, source_kind="folder", name=each.name, observed_at=now)


@asynccontextmanager
async def office(submissions: list[Submission]) -> AsyncIterator[Office]:
    """Give all that, and clear it away; what the services of this process log lies in the folder."""
    with own_server() as server, broker_from_jars() as broker, tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        logs.configure()
        with (folder / "log").open("w") as log, contextlib.redirect_stderr(log):
            async with await connect(server.address) as pool:
                await migrate(pool)
                async with pool.acquire() as connection:
                    await replace(connection, [each.agency for each in submissions], by="bench")
                yield Office(server, broker, pool, folder)
