"""The attachments of pages: fetched one after the other, tried again for as long as a report may wait for them."""

import asyncio
import contextlib
from datetime import UTC, datetime, timedelta

import structlog

from services.ingest import attachment_store as errands
from services.ingest import store
from services.ingest.attachment_store import Errand
from services.ingest.core import is_final, retry_at
from services.ingest.settings import IngestSettings
from services.ingest.sources.url import Fetched, Visits
from shared.database.pool import is_away
from shared.documents import Problem
from shared.ops import metrics
from shared.ops.errors import where
from shared.stream.stage import Connection

_log = structlog.get_logger("nianbao.ingest")

_LOOK_SECONDS = 2.0
_LONGEST_PAUSE = 15.0
_BESIDE_FETCHING = 120.0  # seconds: waiting for the host's turn, storing


class Attachments:
    """Fetches what parse has listed; what is open is known to the database, not here."""

    def __init__(self, pool: Connection, settings: IngestSettings, visits: Visits) -> None:
        self._pool = pool
        self._visits = visits
        self._wait = timedelta(hours=settings.attachment_wait_hours)
        self._lease = settings.fetch_seconds + _BESIDE_FETCHING

    async def run(self, stop: asyncio.Event) -> None:
        """Fetch what is due until told to stop; what is being fetched then is left to the next start."""
        running, stopped = asyncio.create_task(self._run()), asyncio.create_task(stop.wait())
        await asyncio.wait({running, stopped}, return_when=asyncio.FIRST_COMPLETED)
        stopped.cancel()
        running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running

    async def _run(self) -> None:
        """Fetch what is due; a database that is away is waited for, and said once."""
        pause, away = _LOOK_SECONDS, False
        while True:
            try:
                worked = await self.step()
            except Exception as fault:
                if not is_away(fault):
                    raise
                if not away:
                    _log.warning("attachments_wait", why=where(fault))
                worked, away, pause = False, True, min(2 * pause, _LONGEST_PAUSE)
            else:
                pause, away = _LOOK_SECONDS, False
            if not worked:
                await asyncio.sleep(pause)

    async def step(self) -> bool:
        """Fetch one attachment that is due; return whether there was one."""
        errand = await errands.next_errand(self._pool, self._lease)
        if errand is None:
            return False
        try:
            fetched = await self._visits.fetch(errand.source)
            if fetched.data is not None:
                await self._take(errand, fetched, fetched.data)
            else:
                await self._put_off(errand, fetched.problem or "failed")
        except Exception as fault:
            if is_away(fault):
                raise
            _log.error("attachment_failed", source=errand.source, error=where(fault))
            await self._give_up(errand, "failed")
        return True

    async def _take(self, errand: Errand, fetched: Fetched, data: bytes) -> None:
        await store.take(
            self._pool,
            data,
            source=errand.source,
            source_kind="attachment",
            name=fetched.address,
            observed_at=datetime.now(UTC),
            address=fetched.address,
        )
        await self._settle(errand, None)

    async def _put_off(self, errand: Errand, problem: Problem) -> None:
        due_at = retry_at(errand.attempts, datetime.now(UTC), errand.begun_at + self._wait)
        if due_at and not is_final(problem):
            await errands.put_off(self._pool, errand, due_at, problem)
        else:
            await self._give_up(errand, problem)

    async def _give_up(self, errand: Errand, problem: Problem) -> None:
        await self._settle(errand, problem)
        metrics.refused(problem)
        _log.warning("attachment_unread", source=errand.source, problem=problem, attempts=errand.attempts)

    async def _settle(self, errand: Errand, problem: Problem | None) -> None:
        async with self._pool.acquire() as connection:
            await errands.settle(connection, errand, problem)
