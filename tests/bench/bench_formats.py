"""Reading and mapping each format beside the libraries that people take instead: milliseconds and figures, in one run.

Run `python tests/bench/bench_formats.py`; `pip install --group peers` brings the peers, and one that is not installed is a line.
Documents are made reports of 200 random figures. Times are processor time, the least of several rounds in which all take turns,
each a few times in a row, as a service reads one report after another; memory that was freed is kept, as in a worker. A peer is
timed as it reads; what it gives (grids, HTML, Markdown) then goes through our mapper, untimed, and `figures` counts the cells that
come out as printed. Ours is timed as it reads and maps. docling is compared by hand only: it is 6 GB and takes its models from a
hub.
"""

import asyncio
import logging
import multiprocessing
import pathlib
import random
import re
import time
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from typing import Any

from peers import PEERS

from services.parse.core import READERS, parse
from services.parse.memory import keep_freed
from services.parse.tables import read_tables
from services.parse.worker import Workers
from shared.media import media_type
from shared.testing.figures import drawn, misread, unread
from shared.testing.formats import doc as doc_writer
from shared.testing.formats import docx as docx_writer
from shared.testing.formats import html as html_writer
from shared.testing.formats import pdf as pdf_writer
from shared.testing.formats import sheet as sheet_writer
from shared.testing.formats.libreoffice import installed, libreoffice
from shared.testing.layouts import outline

ROUNDS, IN_A_ROW = 5, 4
REPORTS = 3
YEAR = 2024
WORKER_DOCUMENTS = 60
PROSE = dict.fromkeys((1, 5, 6), "一年来，本机关依法公开政府信息，规范办理公开申请。" * 60)

Figures = dict[tuple[str, str, str], str]


def documents() -> dict[str, list[tuple[bytes, Figures]]]:
    """Return made reports in every compared format; also PDFs of LibreOffice's where it is installed."""
    chance = random.Random(20250131)
    figures = [drawn(chance) for _ in range(REPORTS)]
    parts = [outline(each, chapters=PROSE) for each in figures]
    made = {
        "html": [html_writer.write(each, "portal") for each in parts],
        "html, tables of Word in a portal": [html_writer.write(each, "word_in_portal") for each in parts],
        "html of Word": [html_writer.write(each, "word") for each in parts],
        "docx": [docx_writer.write(each) for each in parts],
        "doc": [doc_writer.write(each) for each in parts],
        "xlsx": [sheet_writer.write(each) for each in parts],
        "pdf": [pdf_writer.write(each) for each in parts],
    }
    if installed():
        with libreoffice() as office:
            printed = office.converted({f"{n}.docx": data for n, data in enumerate(made["docx"])}, "pdf")
        made["pdf of LibreOffice"] = [printed[str(n)] for n in range(REPORTS)]
    return {name: list(zip(each, figures, strict=True)) for name, each in made.items()}


def least(jobs: Sequence[Callable[[bytes], object]], files: Sequence[bytes]) -> list[float]:
    """Return the least milliseconds of each job on the files, on average over these, the jobs taking turns."""
    times = [[float("inf")] * len(files) for _ in jobs]
    for _ in range(ROUNDS):
        for number, data in enumerate(files):
            for job, taken in zip(jobs, times, strict=True):
                for _ in range(IN_A_ROW):
                    start = time.thread_time()
                    job(data)
                    taken[number] = min(taken[number], (time.thread_time() - start) * 1000)
    return [sum(taken) / len(taken) for taken in times]


def ours(data: bytes) -> Any:
    """Read and map a document."""
    return read_tables(READERS[media_type(data, "")].read(data), YEAR)


def right(tables: Any, figures: Figures) -> int:
    """Return how many cells say what was printed there."""
    return len(figures) - len(misread(tables.tables, figures)) - len(unread(tables.tables))


def compare(kind: str, made: Sequence[tuple[bytes, Figures]]) -> dict[str, float]:
    """Print one format: ours, and every peer that is installed. Return milliseconds by name, ours under ""."""
    known = PEERS[media_type(made[0][0], "")]
    peers = [peer for peer in known if all(map(find_spec, peer.needs))]
    lacking = [peer.name for peer in known if peer not in peers]
    files = [data for data, _ in made]
    mine, whole, *theirs = least([ours, lambda data: parse(data, source="a"), *(peer.read for peer in peers)], files)
    total = sum(len(figures) for _, figures in made)
    found = sum(right(ours(data), figures) for data, figures in made)
    print(
        f"\n{kind} ({sum(map(len, files)) // len(files) // 1024} KB)                 ms   to ours   figures of {total}"
    )
    print(f"  {'read and map':30} {mine:8.2f}             {found:6}")
    print(f"  {'parse, all that a service does':30} {whole:8.2f} {whole / mine:8.2f}")
    for peer, taken in zip(peers, theirs, strict=True):
        figures = (
            ""
            if peer.content is None
            else sum(right(read_tables(peer.content(peer.read(data)), YEAR), each) for data, each in made)
        )
        print(f"  {peer.name:30} {taken:8.2f} {taken / mine:8.2f}    {figures:6}")
    for name in lacking:
        print(f"  {name:30} is not installed: not compared")
    return {"": mine} | {peer.name: taken for peer, taken in zip(peers, theirs, strict=True)}


def print_together(kinds: Sequence[dict[str, float]]) -> None:
    """Print what all kinds of web page take together, beside ours."""
    whole = {name: sum(taken[name] for taken in kinds) for name in kinds[0]}
    print(f"\nall kinds of html together            {whole['']:8.2f}")
    for name, taken in whole.items():
        if name:
            print(f"  {name:30} {taken:8.2f} {taken / whole['']:8.2f}")


async def resident(files: Sequence[bytes]) -> int | None:
    """Return the most memory that a worker process held for all these documents, in MiB; None where the system does not say."""
    async with Workers(1) as workers:
        for number in range(WORKER_DOCUMENTS):
            await workers.parse(files[number % len(files)], source="a")
        [worker] = [each for each in multiprocessing.active_children() if each.name == "nianbao-parse"]
        return await asyncio.to_thread(_most_held, worker.pid)


def _most_held(process: int | None) -> int | None:
    status = pathlib.Path(f"/proc/{process}/status")
    most = re.search(r"VmHWM:\s+(\d+) kB", status.read_text()) if status.exists() else None
    return int(most[1]) // 1024 if most else None


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    keep_freed()
    made = documents()
    taken = {kind: compare(kind, reports) for kind, reports in made.items()}
    print_together([each for kind, each in taken.items() if kind.startswith("html")])
    held = asyncio.run(resident([data for reports in made.values() for data, _ in reports]))
    print(f"\na worker after {WORKER_DOCUMENTS} documents of all formats held at most {held} MiB")
