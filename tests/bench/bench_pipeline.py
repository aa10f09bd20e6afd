"""The whole pipeline on real Kafka, one process a service: reports per second, and where the time of each goes.

From the first document taken out of the watched folder to the last mail handed to a mail server. Processor time is
that of the processes themselves, with their workers; `in hand` is what nianbao_stage_duration_seconds adds up, waiting
for a worker included: parse has up to eight documents in hand at once.
"""

import asyncio
import os
import re

import httpx2
import psutil
from office import office

from shared.testing.books import balance, through
from shared.testing.fleet import SERVICES, fleet, lines
from shared.testing.mailserver import mail_server
from shared.testing.season import season
from shared.testing.waiting import until

REPORTS = int(os.environ.get("NIANBAO_BENCH_REPORTS", "600"))

_SPAN = """
select extract(epoch from greatest((select max(changed_at) from correction_case), (select max(changed_at) from notice))
                          - (select min(observed_at) from observation))::float
"""
_IN_HAND = re.compile(r'^nianbao_stage_duration_seconds_sum\{stage="(\w+)"\} (\S+)$', re.MULTILINE)


def processor_seconds(process):
    """Return the processor time of a process and all that it started."""
    processes = [process, *process.children(recursive=True)]
    return sum(sum(each.cpu_times()[:2]) for each in processes)


async def in_hand(replica):
    """Return for how many seconds a replica's stages had events in hand."""
    async with httpx2.AsyncClient(trust_env=False) as client:
        shown = await client.get(f"http://{lines(replica, 'listening')[-1]['address']}/metrics")
    return {stage: float(seconds) for stage, seconds in _IN_HAND.findall(shown.text)}


async def measure():
    """Return the seconds of the whole, and for each part the milliseconds a report of processor time and in hand."""
    submissions = list(season(REPORTS))
    async with office(submissions) as place, mail_server() as mails:
        topics = await place.topics()
        with fleet(place.folder, place.server.address, topics, mails.settings) as running:
            running.start()
            await until(running.ready, seconds=60)
            parts = {service: psutil.Process(running[service][0].process.pid) for service in SERVICES}
            parts |= {"Kafka": psutil.Process(place.broker.process.pid), "PostgreSQL": place.server.process}
            before = {part: processor_seconds(process) for part, process in parts.items()}
            for each in submissions:
                (running.reports / each.name).write_bytes(each.data)
            await until(lambda: _through(place.pool), seconds=600)
            used = {part: processor_seconds(process) - before[part] for part, process in parts.items()}
            held = {service: (await in_hand(running[service][0])).get(service) for service in SERVICES}
            assert await running.stop() == {0}
        await balance(place.pool, submissions, mails)
        return await place.pool.fetchval(_SPAN), used, held


async def _through(pool):
    await asyncio.sleep(0.5)  # asking costs the database time that is measured
    return await through(pool, REPORTS)


def main():
    """Print the rate and the table."""
    seconds, used, held = asyncio.run(measure())
    print(
        f"\nbench_pipeline: {REPORTS} reports in {seconds:.1f} s, {REPORTS / seconds:.0f} reports/s, {os.cpu_count()} cores"
    )
    print(f"  {'ms a report':14} {'processor':>10} {'share':>6} {'in hand':>9}")
    for part, cpu in used.items():
        wall = held.get(part)
        shown = f"{1000 * wall / REPORTS:9.1f}" if wall else ""
        print(f"  {part:14} {1000 * cpu / REPORTS:10.1f} {cpu / sum(used.values()):6.0%} {shown}")
    print(f"  {'in all':14} {1000 * sum(used.values()) / REPORTS:10.1f}; elapsed {1000 * seconds / REPORTS:.1f}")


if __name__ == "__main__":
    main()
