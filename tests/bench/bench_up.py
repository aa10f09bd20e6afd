"""Reports per second through `nianbao up` against its cores called in a bare loop, in one run.

Both read, judge, decide and write the same mails; `up` also keeps every step in an embedded PostgreSQL with its ordinary
settings. Rates are taken between the first and the last row, so that starting counts for neither.
"""

import asyncio
import contextlib
import itertools
import os
import time
from dataclasses import dataclass
from datetime import UTC, datetime

from services.ingest.settings import IngestSettings
from services.ingest.store import take
from services.notify import store
from services.notify.case import decide
from services.notify.message import compose
from services.notify.settings import NotifySettings
from services.parse.core import parse
from services.parse.settings import ParseSettings
from services.up import run
from services.validate.core import judge
from services.validate.subject import Subject
from shared.database.pool import database
from shared.directory.store import replace
from shared.ops import logs
from shared.testing.database import data_folder
from shared.testing.season import season
from shared.testing.waiting import until

REPORTS = int(os.environ.get("NIANBAO_BENCH_REPORTS", "600"))

_AT_REST = """
select (select count(*) from correction_case) = $1
   and not exists (select from outbox where published_at is null)
   and not exists (select from notice where status <> 'sent')
"""

_SPAN = """
select count(*) filter (where read_at > first) as reports, extract(epoch from last - first)::float as seconds
from reading, (select min(read_at) as first from reading) as begun,
     (select greatest((select max(changed_at) from correction_case), (select max(changed_at) from notice)) as last) as done
group by first, last
"""


@dataclass(frozen=True)
class Run:
    """What one run came to: reports per second, and what the cores need to do it again by themselves."""

    rate: float
    violations: list
    notices: list


async def through_up(submissions, folder, workers):
    """Run the documents through `up` with so many parse workers."""
    common = {"data_dir": folder, "database": "embedded", "allow_root": True}
    ingest = IngestSettings(**common, upload_port=0, watch=())
    settings = (
        ingest,
        ParseSettings(**common, parse_workers=workers),
        NotifySettings(**common, release="auto", mail="folder", mail_folder=folder / "mails"),
    )
    async with database(ingest) as pool:
        async with pool.acquire() as connection:
            await replace(connection, [each.agency for each in submissions], by="bench")
        for each in submissions:
            await take(
                pool, each.data, source=each.name, source_kind="folder", name=each.name, observed_at=datetime.now(UTC)
            )
        stop = asyncio.Event()
        pipeline = asyncio.create_task(run(pool, stop, *settings, folders=()))
        await until(lambda: pool.fetchval(_AT_REST, len(submissions)), seconds=600)
        stop.set()
        await pipeline
        span = await pool.fetchrow(_SPAN)
        ids = [row["notice_id"] for row in await pool.fetch("select notice_id from notice")]
        notices = [await store.get(pool, id_) for id_ in ids]
        return Run(span["reports"] / span["seconds"], [notice.violations for notice in notices], notices)


def bare_loop(submissions, judged, notices):
    """Call the cores one after the other in this process; return seconds by core."""
    office = NotifySettings().office
    marks = [time.perf_counter()]
    documents = [parse(each.data, source=each.name) for each in submissions]
    marks.append(time.perf_counter())
    for document, each in zip(documents, submissions, strict=True):
        judge(Subject(report=document.reports[0], agency=each.agency))
    marks.append(time.perf_counter())
    for violations, each in zip(judged, submissions, strict=False):
        decide(None, violations, each.agency, "auto")
    for notice in notices:
        compose(notice, "a@example.invalid", office).as_bytes()
    marks.append(time.perf_counter())
    return dict(zip(("parse", "validate", "notify"), (b - a for a, b in itertools.pairwise(marks)), strict=True))


def main():
    """Print the rates and their ratios."""
    submissions = list(season(REPORTS))
    rates = {}
    for workers in sorted({1, os.cpu_count() or 1}):
        with data_folder() as folder, (folder / "log").open("w") as log, contextlib.redirect_stderr(log):
            logs.configure()
            done = asyncio.run(through_up(submissions, folder, workers))
        rates[f"up, {workers} parse workers"] = done.rate
    seconds = bare_loop(submissions, done.violations, done.notices)
    bare = REPORTS / sum(seconds.values())
    print(f"\nbench_up: {REPORTS} reports, {len(done.notices)} mails")
    print(f"  {'bare loop of the cores, 1 process':40} {bare:7.0f} reports/s   1.00")
    for name, rate in rates.items():
        print(f"  {name:40} {rate:7.0f} reports/s   {rate / bare:.2f}")
    print("  the bare loop, ms a report: ", {core: round(1000 * took / REPORTS, 2) for core, took in seconds.items()})


if __name__ == "__main__":
    main()
