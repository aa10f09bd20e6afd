"""Documents named on the command line, found and read in their order, without infrastructure."""

import asyncio
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from services.parse.core import PARSER, parse
from shared.documents import LIMIT, PROBLEMS, Found, documents_at, documents_in
from shared.model.report import Document, Reason
from shared.ops.errors import UsageError

# A small document is read here, in milliseconds; a large one in a process that can be killed, whatever is wrong with it.
_SMALL = 128 * 1024


def read(paths: Sequence[str], *, in_parallel: bool = False) -> list[Document]:
    """Return every document in order; the first large one, and all that comes after it, with worker processes.

    `in_parallel`: all are read by worker processes, which pays for many. UsageError for what is no path, before any is read.
    """
    _refuse_addresses(paths)
    small = 0 if in_parallel else _SMALL
    documents: list[Document] = []
    found = _found(paths)
    for each in found:
        if _large(each, small) is not None:
            documents += asyncio.run(_read_large(chain([each], found), len(documents), small))
            break
        documents.append(_read_here(each))
        _progress(f"已读取{len(documents)}个文件")
    _progress("")
    return documents


def refused(found: Found) -> Document:
    """Return the document that stands for one that could not be taken from where it stands."""
    problem = found.problem or "missing"
    reason = Reason(problem, PROBLEMS[problem])
    return Document(found.source, None, found.bytes, None, "unreadable", reason, PARSER)


def _refuse_addresses(paths: Sequence[str]) -> None:
    for path in paths:
        if "://" in path:
            raise UsageError(f"不能直接读取网址，请先把网页或附件保存为文件：{path}")


def _found(paths: Sequence[str]) -> Iterator[Found]:
    for path in paths:
        empty = True
        for found in _standard_input() if path == "-" else documents_at(path):
            empty = False
            yield found
        if empty:
            _progress("")
            print(f"{path} 中没有可以核验的文件", file=sys.stderr)  # noqa: T201 - one line, so that silence is no pass


def _standard_input() -> Iterator[Found]:
    data = sys.stdin.buffer.read(LIMIT + 1)
    if len(data) > LIMIT:
        yield Found("-", problem="too_large")
    else:
        yield from documents_in(data, "-")


async def _read_large(found: Iterable[Found], before: int, small: int) -> list[Document]:
    """Return the documents in order; only so many are held as bytes at a time."""
    from services.parse.worker import Workers  # noqa: PLC0415 - loaded where it is needed

    room = asyncio.Semaphore(2 * (os.cpu_count() or 1))

    async def read(each: Found) -> Document:
        try:
            data = _large(each, small)
            return _read_here(each) if data is None else await workers.parse(data, source=each.source)
        finally:
            room.release()

    async with Workers() as workers:
        tasks: list[asyncio.Task[Document]] = []
        for each in found:
            await room.acquire()
            tasks.append(asyncio.create_task(read(each)))
            _progress(f"已读取{before + len(tasks)}个文件")
        return await asyncio.gather(*tasks)


def _large(found: Found, small: int) -> bytes | None:
    """Return the bytes of a document above the size of small ones, None for a small one and for one without bytes."""
    return found.data if found.data is not None and len(found.data) > small else None


def _read_here(found: Found) -> Document:
    return refused(found) if found.data is None else parse(found.data, source=found.source)


def _progress(line: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\033[K{line}")
        sys.stderr.flush()
