"""The parse stage on real Kafka against a bare confluent-kafka loop, in one run: the same records, the same parse.

The loop reads each document from the database and writes one row a report, or does neither. The stage (`nianbao serve
parse`) also keeps its inbox, its readings and its outgoing events, and publishes these. Rates are taken from the first
batch to the last, so that starting counts for nobody; of several rounds the best counts: foreign load only slows.
"""

import asyncio
import itertools
import json
import os
import pathlib
import subprocess
import sys

from office import office

from shared.stream.outbox import SHARDS
from shared.stream.relay import due_of
from shared.stream.topics import RAW
from shared.testing.fleet import fleet
from shared.testing.records import send_records
from shared.testing.season import season
from shared.testing.waiting import until

REPORTS = int(os.environ.get("NIANBAO_BENCH_REPORTS", "600"))
ROUNDS = int(os.environ.get("NIANBAO_BENCH_ROUNDS", "2"))
_BARE_LOOP = pathlib.Path(__file__).with_name("bare_loop.py")

_SPAN = """
select count(*) filter (where read_at > first) as reports, extract(epoch from max(read_at) - first)::float as seconds
from reading, (select min(read_at) as first from reading) as begun group by first
"""


async def stage(place, settings, records, replicas):
    """Return reports per second through so many replicas of the stage."""
    await place.pool.execute("truncate inbox, outbox, reading, report")
    with fleet(place.folder, place.server.address, settings, {}, services=["parse"], replicas=replicas) as running:
        running.start()
        await until(running.ready, seconds=60)
        await send_records(settings, records)
        published = "select count(*) = $1 from outbox where published_at is not null"
        await until(lambda: place.pool.fetchval(published, REPORTS), seconds=600)
        assert await running.stop() == {0}
    span = await place.pool.fetchrow(_SPAN)
    return span["reports"] / span["seconds"]


async def bare(place, settings, records, replicas, *, database):
    """Return reports per second through so many bare loops."""
    await place.pool.execute("drop table if exists bare")
    await place.pool.execute("create table bare (observation_id uuid primary key, structured jsonb not null)")
    given = [settings.kafka, settings.kafka_prefix + RAW.name, str(REPORTS), place.server.address if database else "-"]
    loops = [await _started(given) for _ in range(replicas)]
    for loop in loops:
        await loop.stdout.readline()
    await send_records(settings, records)
    told = [(await loop.communicate())[0] for loop in loops]
    spans = [json.loads(lines.splitlines()[-1]) for lines in told]
    seconds = max(span["last"] for span in spans) - min(span["first"] for span in spans)
    return sum(span["reports"] for span in spans) / seconds


async def _started(given):
    return await asyncio.create_subprocess_exec(sys.executable, str(_BARE_LOOP), *given, stdout=subprocess.PIPE)


async def measure():
    """Return the best rate of each way to run it."""
    submissions = list(season(REPORTS))
    async with office(submissions) as place:
        await place.take(submissions)
        records = await due_of(place.pool, "ingest", range(SHARDS), REPORTS)
        ways = {
            "bare loop, no database, 1 process": lambda topics: bare(place, topics, records, 1, database=False),
            "bare loop, 1 process": lambda topics: bare(place, topics, records, 1, database=True),
            "parse stage, 1 process": lambda topics: stage(place, topics, records, 1),
            "bare loop, 2 processes": lambda topics: bare(place, topics, records, 2, database=True),
            "parse stage, 2 processes": lambda topics: stage(place, topics, records, 2),
        }
        best = dict.fromkeys(ways, 0.0)
        for number, (way, run) in itertools.product(range(ROUNDS), ways.items()):
            settings = await place.topics(f"{number}-{list(ways).index(way)}-")
            best[way] = max(best[way], await run(settings))
        return best


def main():
    """Print the rates and their ratios."""
    rates = asyncio.run(measure())
    print(f"\nbench_stage: {REPORTS} reports, best of {ROUNDS} rounds, {os.cpu_count()} cores")
    base = rates["bare loop, 1 process"]
    for way, rate in rates.items():
        print(f"  {way:36} {rate:7.0f} reports/s   {rate / base:.2f}")
    one, two = rates["parse stage, 1 process"], rates["parse stage, 2 processes"]
    print(f"  stage to bare loop with the same database          {one / base:.2f}")
    print(
        f"  stage to bare loop without a database              {one / rates['bare loop, no database, 1 process']:.2f}"
    )
    print(f"  stage, two processes to one                        {two / one:.2f}")
    print(f"  bare loop, two processes to one                    {rates['bare loop, 2 processes'] / base:.2f}")


if __name__ == "__main__":
    main()
