"""Reading and mapping a report, as ratios to a bare scan of its figures and to pandas.read_html, alternating in one run.

Run `python tests/bench/bench_read.py`; pandas and lxml are in the dependency group `bench` (without them that line is left out).
"""

import importlib.util
import io
import random
import re
import time
from collections.abc import Callable

from services.parse.readers import html, text
from services.parse.tables import read_tables
from shared.forms import FORMS
from shared.testing.formats.html import write
from shared.testing.formats.portal import portal
from shared.testing.layouts import outline, render

ROUNDS = 60
FIGURE = re.compile(r"\d+")


def drawn():
    """Return figures as departments print them: mostly zeros."""
    spread = random.Random(20250131)
    return {
        (number, *address): str(spread.choice((0, 0, 0, spread.randrange(200))))
        for number, table in FORMS["2021"].tables.items()
        for address in table.addresses
    }


CHAPTERS = dict.fromkeys((1, 5, 6), "一年来，本机关依法公开政府信息，规范办理公开申请。" * 60)


def report(style):
    """Return a made report in this layout, with prose of the usual length."""
    return render(drawn(), "2021", style, chapters=CHAPTERS)


def page(variant):
    """Return the same report on a portal's page, its tables plain or pasted from a word processor."""
    written = write(outline(drawn(), chapters=CHAPTERS), variant).decode()
    head, _, rest = written.partition("<body")
    opening, _, body = rest.partition(">")
    return f"{head}<body{opening}>{portal(body.removesuffix('</body></html>'))}</body></html>"


def scan(source: str) -> int:
    """Do the least that finds the figures at all."""
    return sum(len(FIGURE.findall(line)) for line in source.splitlines())


def medians(*jobs: Callable[[], object]) -> list[float]:
    """Return the median milliseconds of each job, the jobs taking turns."""
    times: list[list[float]] = [[] for _ in jobs]
    for _ in range(ROUNDS):
        for job, taken in zip(jobs, times, strict=True):
            start = time.perf_counter()
            job()
            taken.append((time.perf_counter() - start) * 1000)
    return [sorted(taken)[ROUNDS // 2] for taken in times]


def pasted() -> None:
    """Print pasted text against the bare scan, in each usual layout."""
    for style in ("row_pipes", "cell_pipes", "lines", "tab_led", "markdown"):
        source = report(style)
        data = source.encode()
        ours, bare = medians(lambda data=data: read_tables(text.read(data), 2024), lambda source=source: scan(source))
        print(f"{style:12} read and map {ours:6.2f} ms   bare scan {bare:5.2f} ms   ratio {ours / bare:6.1f}")


def pages() -> None:
    """Print web pages against pandas.read_html, which gives grids and maps nothing."""
    if importlib.util.find_spec("pandas") is None or importlib.util.find_spec("lxml") is None:
        print("html         pandas or lxml is not installed: not compared")
        return
    import pandas as pd  # noqa: PLC0415 - only where it is installed

    text_data = report("row_pipes").encode()
    for variant in ("plain", "word"):
        source = page(variant)
        data = source.encode()
        ours, pasted_text, theirs = medians(
            lambda data=data: read_tables(html.read(data), 2024),
            lambda: read_tables(text.read(text_data), 2024),
            lambda source=source: pd.read_html(io.StringIO(source)),
        )
        print(
            f"{variant:12} {len(data) // 1024:4} KiB  read and map {ours:6.2f} ms   pandas.read_html {theirs:6.2f} ms   ratio {theirs / ours:5.1f}"
            f"   (the same report pasted: {pasted_text:5.2f} ms, ratio {theirs / pasted_text:5.1f})"
        )


if __name__ == "__main__":
    pasted()
    pages()
