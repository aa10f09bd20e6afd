"""Documents named on the command line, found and read in their order, without infrastructure; web addresses are fetched."""

import asyncio
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import Annotated

import typer

from services.parse.archive import refused
from services.parse.attachments import fetchable
from services.parse.bundle import joined
from services.parse.core import parse
from shared.documents import LIMIT, Found, documents_at, documents_in, is_archive, never_silent
from shared.media import is_pdf
from shared.model.report import Document
from shared.web import is_web

Paths = Annotated[
    list[str],
    typer.Argument(metavar="PATH|URL", help="文件、文件夹、ZIP压缩包或网址；“-”为标准输入。", show_default=False),
]
"""The documents that a command is given."""

# A small document is read here, in milliseconds; a large one in a process that can be killed, whatever is wrong with it.
# A small PDF may unpack to anything, by a library that ends the process where memory does.
_SMALL = 128 * 1024


def read(paths: Sequence[str], *, in_parallel: bool = False) -> list[Document]:
    """Return every document in order, pages joined with their attachments, which for a page of the web are fetched.

    `in_parallel`: all are read by worker processes, which pays for many. UsageError where what is set for fetching is wrong.
    """
    small = 0 if in_parallel else _SMALL
    pages = _fetched([path for path in paths if is_web(path)])
    documents = _read_all(_found(paths, pages), small)
    wanted = dict.fromkeys(_wanted(documents))
    attachments = {each.source: each for each in _read_all(_fetched(list(wanted)), small)}
    return joined(_behind_their_pages(documents, attachments))


def _read_all(found: Iterable[Found], small: int) -> list[Document]:
    """Return every document; the first large one, and all that comes after it, with worker processes."""
    documents: list[Document] = []
    left = iter(found)
    for each in left:
        if _large(each, small) is not None:
            documents += asyncio.run(_read_large(chain([each], left), len(documents), small))
            break
        documents.append(_read_here(each))
        _progress(f"已读取{len(documents)}个文件")
    _progress("")
    return documents


def _fetched(addresses: Sequence[str]) -> list[Found]:
    """Return what stands at web addresses, in their order."""
    if not addresses:
        return []
    from services.ingest.settings import IngestSettings  # noqa: PLC0415 - loaded where something is fetched
    from services.ingest.sources.url import fetch_each  # noqa: PLC0415

    _progress(f"正在读取{len(addresses)}个网址")
    fetched = asyncio.run(fetch_each(addresses, IngestSettings()))
    return [Found(each.source, each.data, each.problem, address=each.address) for each in fetched]


def _wanted(documents: Sequence[Document]) -> Iterator[str]:
    """Yield the attachments of pages of the web that are not among the documents."""
    known = {document.source for document in documents}
    for page in documents:
        yield from (source for source in page.attachments if source not in known and fetchable(source, page.source))


def _behind_their_pages(documents: Sequence[Document], attachments: dict[str, Document]) -> Iterator[Document]:
    for page in documents:
        yield page
        yield from (attachments.pop(source) for source in page.attachments if source in attachments)


def _found(paths: Sequence[str], fetched: Sequence[Found]) -> Iterator[Found]:
    pages = iter(fetched)
    for path in paths:
        yield from never_silent(_at(path, pages), path)


def _at(path: str, pages: Iterator[Found]) -> Iterable[Found]:
    if is_web(path):
        page = next(pages)
        return [page] if page.data is None or not is_archive(page.data) else documents_in(page.data, page.source)
    return _standard_input() if path == "-" else documents_at(path)


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
            if data is None:
                return _read_here(each)
            return replace(await workers.parse(data, source=each.address or each.source), source=each.source)
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
    """Return the bytes of a document above the size of small ones, a PDF, or an archive; None for others and without bytes."""
    data = found.data
    return data if data is not None and (len(data) > small or is_pdf(data) or is_archive(data)) else None


def _read_here(found: Found) -> Document:
    if found.data is None:
        return refused(found)
    return replace(parse(found.data, source=found.address or found.source), source=found.source)


def _progress(line: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\033[K{line}")
        sys.stderr.flush()
