"""Documents are read in processes that can be killed: one over its deadline or out of memory harms nobody else."""

import asyncio
import contextlib
import math
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Protocol, Self, TypeVar

from services.parse.archive import read as read_document
from services.parse.core import unread
from services.parse.memory import keep_freed
from services.parse.readers.recognition import begins
from shared.model.report import Document
from shared.ops.errors import Transient

try:
    import resource
except ImportError:  # Windows has no resource limits; the deadline holds there too
    resource = None  # type: ignore[assignment]

T = TypeVar("T")

DEADLINE = 60.0
PAGE, LONGEST = 1 / 6, 5.0
"""Parts of the deadline: what each page that is recognised adds to it, and what it comes to at most."""

MEMORY = 1024 * 1024 * 1024
RECYCLE = 500
_START_LIMIT = 60.0
_PAGE_BEGINS = "page"
_SPAWN = multiprocessing.get_context("spawn")
_STARTING = threading.Lock()


class Read(Protocol):
    """What a worker runs: `services.parse.archive.read`, or an importable function of the same shape."""

    def __call__(self, data: bytes, *, source: str, mark_key: bytes | None = None) -> Document:
        """Return the document that these bytes are."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a worker process may use: seconds a document, bytes of address space, documents before it is replaced."""

    deadline: float
    memory: int
    recycle: int

    def seconds(self, pages: int) -> float:
        """Return the time for a document of which so many pages have been, or are being, recognised."""
        return self.deadline * min(1 + PAGE * pages, LONGEST)


def serve(pipe: Connection, read: Read, limits: Limits) -> None:
    """Answer requests in a worker process until the parent closes the pipe or is gone. Ctrl-C is the parent's business."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # where pages are recognised: each of its threads takes address space
    _limit_memory(limits.memory)
    keep_freed()
    begins.set(lambda: pipe.send(_PAGE_BEGINS))
    pipe.send("ready")
    with contextlib.suppress(EOFError, BrokenPipeError):
        while True:
            data, source, mark_key = pipe.recv()
            _limit_processor_time(limits.deadline * LONGEST)
            try:
                answer = read(data, source=source, mark_key=mark_key)
            except MemoryError:
                answer = unread(data, source=source, code="too_much_memory")
            pipe.send(answer)


def _limit_memory(memory: int) -> None:
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _limit_processor_time(seconds: float) -> None:
    """End an endless loop whose parent is gone; while the parent lives, its clock is faster."""
    if resource is not None:
        used = resource.getrusage(resource.RUSAGE_SELF)
        allowed = math.ceil(used.ru_utime + used.ru_stime + seconds) + 5
        resource.setrlimit(resource.RLIMIT_CPU, (allowed, resource.getrlimit(resource.RLIMIT_CPU)[1]))


@dataclass
class _Process:
    """A running worker process and our end of its pipe. All methods but `kill` block, and belong in a thread."""

    process: BaseProcess
    pipe: Connection
    documents: int = 0
    pages: int = 0  # of its document, that are recognised

    @classmethod
    def start(cls, read: Read, limits: Limits) -> Self:
        """Start a process and wait until it is ready; Transient where it cannot start."""
        ours, theirs = _SPAWN.Pipe()
        process = _SPAWN.Process(target=serve, args=(theirs, read, limits), name="nianbao-parse", daemon=True)
        with _STARTING:
            process.start()
        theirs.close()
        started = cls(process, ours)
        with contextlib.suppress(EOFError, OSError):
            if ours.poll(_START_LIMIT) and ours.recv() == "ready":
                return started
        started.end()
        raise Transient("a worker process of parse cannot start")

    def answer(self, data: bytes, source: str, mark_key: bytes | None) -> Document | None:
        """Return the document read, None where the process ends first."""
        try:
            self.pipe.send((data, source, mark_key))
            while (answer := self.pipe.recv()) == _PAGE_BEGINS:
                self.pages += 1
        except (EOFError, OSError):
            return None
        self.documents += 1
        document: Document = answer
        return document

    def kill(self) -> None:
        """End the process at once, from any thread; one that has ended is left alone."""
        with contextlib.suppress(ValueError):
            self.process.kill()

    def end(self) -> None:
        """End the process and give back what it held."""
        self.process.kill()
        self.process.join()
        self.process.close()
        self.pipe.close()


@dataclass(eq=False)
class _Slot:
    """Room for one worker process, which is started at need and replaced when it has ended."""

    read: Read
    limits: Limits
    threads: ThreadPoolExecutor
    running: _Process | None = None
    timer: asyncio.TimerHandle | None = None
    late: bool = False
    closed: bool = False

    async def parse(self, data: bytes, source: str, mark_key: bytes | None) -> Document:
        """Return the document; a process that dies is given a second try, since something else may have killed it."""
        for _ in range(2):
            document = await self._attempt(data, source, mark_key)
            if document is not None:
                return document
            if self.late:
                return unread(data, source=source, code="timeout")
        return unread(data, source=source, code="crashed")

    async def _attempt(self, data: bytes, source: str, mark_key: bytes | None) -> Document | None:
        running = await self._in_thread(self._ready)
        self.late, running.pages = False, 0
        self._watch(running, asyncio.get_running_loop().time())
        try:
            return await self._in_thread(self._answer, running, data, source, mark_key)
        finally:
            if self.timer:
                self.timer.cancel()

    async def _in_thread(self, blocking: Callable[..., T], *arguments: object) -> T:
        """Return what a function returns in a thread; a caller that is cancelled still waits until the thread lets go."""
        if self.closed:
            raise Transient("the workers of parse are closed")
        work = asyncio.get_running_loop().run_in_executor(self.threads, blocking, *arguments)
        try:
            return await asyncio.shield(work)
        except asyncio.CancelledError:
            self.kill()
            await asyncio.wait([work])
            work.exception()
            raise

    def _watch(self, running: _Process, start: float) -> None:
        """End the process when its time is over, which began at `start` of the loop's clock; else look again then."""
        loop = asyncio.get_running_loop()
        left = start + self.limits.seconds(running.pages) - loop.time()
        if left > 0:
            self.timer = loop.call_later(left, self._watch, running, start)
            return
        self.late = True
        self.kill()

    def kill(self) -> None:
        """End the process that is running, if any; does not wait."""
        if self.running:
            self.running.kill()

    def _ready(self) -> _Process:
        """Return a running process. In a thread."""
        if self.running and not self.running.process.is_alive():
            self.discard()
        if self.running is None:
            self.running = _Process.start(self.read, self.limits)
        return self.running

    def _answer(self, running: _Process, data: bytes, source: str, mark_key: bytes | None) -> Document | None:
        """Return the answer of the process, and end it where it should answer no more. In a thread."""
        document = running.answer(data, source, mark_key)
        full = document is not None and document.reason is not None and document.reason.code == "too_much_memory"
        if document is None or full or running.documents >= self.limits.recycle:
            self.discard()
        return document

    def discard(self) -> None:
        """End the process and forget it. In a thread."""
        if self.running:
            self.running.end()
            self.running = None


class Workers:
    """A fixed number of worker processes (`size`, by default one a core), started at need.

    `async with Workers() as workers` closes them. A document whose process exceeds the deadline or the memory, or dies,
    is unreadable with reason timeout, too_much_memory or crashed. Each page that is recognised adds PAGE of the deadline, up to
    LONGEST times it. The event loop never waits for a process.
    """

    def __init__(
        self,
        size: int | None = None,
        *,
        deadline: float = DEADLINE,
        memory: int = MEMORY,
        recycle: int = RECYCLE,
        read: Read = read_document,
    ) -> None:
        size = size or os.cpu_count() or 1
        limits = Limits(deadline, memory, recycle)
        self._threads = ThreadPoolExecutor(size, thread_name_prefix="nianbao-parse")
        self._slots = [_Slot(read, limits, self._threads) for _ in range(size)]
        self._free: asyncio.LifoQueue[_Slot] = asyncio.LifoQueue()
        for slot in self._slots:
            self._free.put_nowait(slot)

    async def parse(self, data: bytes, *, source: str, mark_key: bytes | None = None) -> Document:
        """Return the document that these bytes are; Transient where no process can be started or all are closed."""
        slot = await self._free.get()
        try:
            return await slot.parse(data, source, mark_key)
        finally:
            self._free.put_nowait(slot)

    async def close(self) -> None:
        """End all processes; a document being read is given up with Transient, so that it is read again later."""
        for slot in self._slots:
            slot.closed = True
            slot.kill()
        await asyncio.to_thread(self._close)

    def _close(self) -> None:
        self._threads.shutdown(wait=True)
        for slot in self._slots:
            slot.discard()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()
