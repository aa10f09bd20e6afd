"""Watched folders: a file is taken once it has been left alone for a while. Files are never moved, changed or deleted."""

import asyncio
import contextlib
import os
import pathlib
import time
from collections import Counter, defaultdict
from collections.abc import AsyncGenerator, Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime

import structlog

from services.ingest import store
from services.ingest.core import Sighting, Stamp, look, numbered, settled, source_name
from services.ingest.store import Refusal
from shared.documents import Found, documents_in, files_in, read_file
from shared.ops.errors import Transient, UsageError, where
from shared.stream.stage import Connection

_log = structlog.get_logger("nianbao.ingest")

_LONGEST_PAUSE = 15.0


def refuse_missing(folders: Iterable[pathlib.Path]) -> None:
    """Raise UsageError with the first of the folders to be watched that is not there, before anything starts."""
    for folder in folders:
        if not folder.is_dir():
            raise UsageError(f"找不到要监视的文件夹：{folder}")


class Watcher:
    """One watched folder, looked at by polling, so that network shares work too.

    What was taken is known to the database, not here: after a restart every file is read once more and found known.
    """

    def __init__(self, folder: pathlib.Path, pool: Connection, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Raise UsageError where there is no such folder."""
        refuse_missing([folder])
        # Absolute, so that two folders never share a source; links stay, so that a source is the path that a person knows.
        self._folder = pathlib.Path(os.path.abspath(folder))  # noqa: PTH100 - resolve() would follow links
        self._pool = pool
        self._clock = clock
        self._sightings: dict[str, Sighting] = {}
        self._refused: dict[str, set[Refusal]] | None = None
        self._away: str | None = None

    async def watch(self, stop: asyncio.Event, poll_seconds: float) -> None:
        """Look again and again until told to stop; a folder or database that is away is waited for, and said once."""
        _log.info("watching", folder=str(self._folder))
        pause = poll_seconds
        while not stop.is_set():
            try:
                await self.look(stop)
                pause = poll_seconds
            except Transient as fault:
                self._say_away(str(fault))
                pause = min(2 * pause, _LONGEST_PAUSE)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), pause)

    async def look(self, stop: asyncio.Event | None = None) -> int:
        """Look once and take what is settled; return how many new documents there were."""
        began = self._clock()
        try:
            stamps = await asyncio.to_thread(_stamps, self._folder)
        except OSError as fault:
            raise Transient(f"watched folder is away: {fault.strerror or type(fault).__name__}") from fault
        self._sightings = look(self._sightings, stamps, self._clock())
        await self._forget_gone(stamps)
        new = 0
        for path in settled(self._sightings, began):
            if stop is not None and stop.is_set():
                break
            new += await self._take(path)
        self._say_away(None)
        return new

    async def _take(self, path: str) -> int:
        """Take one file; one that the program fails on is told and does not keep the others waiting."""
        try:
            return await self._take_file(path)
        except Transient:
            raise
        except Exception as fault:  # noqa: BLE001 - the boundary between one file and the next
            file = _source(path)
            _log.error("take_failed", source=file, error=where(fault))
            await self._refuse(file, {Refusal(file, file, "failed", None)})
            self._sightings[path] = replace(self._sightings[path], done=True)
            return 0

    async def _take_file(self, path: str) -> int:
        """Take a file, or every document of the archive that it is; return how many were new."""
        seen, observed_at = self._sightings[path], datetime.now(UTC)
        file = await asyncio.to_thread(_read, path, seen.stamp)
        if file is None:
            return 0
        new, refusals = 0, set()
        async with contextlib.aclosing(_documents(file)) as documents:
            async for found in documents:
                if found.data is None:
                    refusals.add(Refusal(found.source, file.source, found.problem or "failed", found.bytes))
                else:
                    new += await self._take_document(found.data, found.source, observed_at)
        await self._refuse(file.source, refusals)
        # What cannot be read now (no right, a lock) is tried again at every look; all else only when it changes.
        self._sightings[path] = replace(seen, done=file.problem != "no_access")
        return new

    async def _take_document(self, data: bytes, source: str, observed_at: datetime) -> bool:
        name = source.rpartition("/")[2]
        taken = await store.take(
            self._pool, data, source=source, source_kind="folder", name=name, observed_at=observed_at
        )
        return taken.new

    async def _refuse(self, file: str, refusals: set[Refusal]) -> None:
        known = await self._known_refusals()
        if refusals == known.get(file, set()):
            return
        for refusal in await store.set_refusals(self._pool, file, refusals):
            _log.warning("refused", source=refusal.source, problem=refusal.problem, bytes=refusal.bytes)
        if refusals:
            known[file] = refusals
        else:
            del known[file]

    async def _forget_gone(self, stamps: dict[str, Stamp]) -> None:
        """Take back the refusals of files that are gone: they wait for nobody."""
        known = await self._known_refusals()
        files = {_source(path) for path in stamps} if known else set()
        for file in known.keys() - files:
            await store.set_refusals(self._pool, file, set())
            del known[file]

    async def _known_refusals(self) -> dict[str, set[Refusal]]:
        if self._refused is None:
            folder = _source(str(self._folder)).rstrip("/") + "/"
            refused: defaultdict[str, set[Refusal]] = defaultdict(set)
            for refusal in await store.refusals(self._pool):
                if refusal.file.startswith(folder):
                    refused[refusal.file].add(refusal)
            self._refused = dict(refused)
        return self._refused

    def _say_away(self, why: str | None) -> None:
        if why and not self._away:
            _log.warning("watch_waits", folder=str(self._folder), why=why)
        elif self._away and not why:
            _log.info("watch_goes_on", folder=str(self._folder))
        self._away = why


def _source(path: str) -> str:
    return source_name(pathlib.Path(path).as_posix())


def _stamps(folder: pathlib.Path) -> dict[str, Stamp]:
    """Return the stamp of every file under a folder; raise OSError where the folder itself cannot be listed."""
    os.scandir(folder).close()
    return {str(path): stamp for path in files_in(folder) if path != folder and (stamp := _stamp(path))}


def _stamp(path: str | pathlib.Path) -> Stamp | None:
    try:
        status = os.stat(path)  # noqa: PTH116 - a million times on a large share
    except FileNotFoundError:
        return None
    except OSError:
        return Stamp(-1, 0)  # it is there and cannot be looked at: reading it will say so
    return Stamp(status.st_size, status.st_mtime_ns)


def _read(path: str, stamp: Stamp) -> Found | None:
    """Read a file; None where it changed or went away meanwhile, so that no half of a file is taken."""
    found = read_file(pathlib.Path(path), _source(path))
    return found if _stamp(path) == stamp else None


async def _documents(file: Found) -> AsyncGenerator[Found, None]:
    if file.data is None:
        yield file
        return
    seen: Counter[str] = Counter()
    documents = documents_in(file.data, file.source)
    while (found := await asyncio.to_thread(next, documents, None)) is not None:
        seen[found.source] += 1
        yield replace(found, source=source_name(numbered(found.source, seen[found.source])))
