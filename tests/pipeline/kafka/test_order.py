"""What arrives at once, or in the wrong order: both years are judged on each other, and the newest version stands."""

from dataclasses import replace

import pytest

from shared.stream.topics import STRUCTURED
from shared.testing.books import through
from shared.testing.fleet import lines
from shared.testing.records import committed, send_records
from shared.testing.season import season
from shared.testing.waiting import until

AGENCIES = 20


async def test_two_years_arriving_at_once_on_two_replicas_are_judged_across_years(
    pool, topics, listed, structured, services
):
    """Each year of an agency lies in a partition of another replica: the later one has its finding whoever was first."""
    earlier, later = (list(season(AGENCIES, year=year, faulty_every=AGENCIES)) for year in (2023, 2024))
    await listed(later)
    halves = [await structured(years) for years in (earlier, later)]
    with services(topics, services=["validate"], replicas=2) as running:
        running.start()
        await until(running.ready, seconds=60)
        pairs = zip(*halves, strict=True)
        await send_records(
            topics, [replace(record, partition=part) for pair in pairs for part, record in enumerate(pair)]
        )
        await until(lambda: _judged(topics), seconds=60)
        assert all(lines(replica, "delivery") for replica in running.all)
        assert await running.stop() == {0}
    crossed = await pool.fetch(
        """select agency_key, year from current_judgement join finding using (judgement_id) where rule = 'XY-01'"""
    )
    assert sorted(tuple(row) for row in crossed) == [(each.agency.id, 2024) for each in later]


async def _judged(settings):
    return sum((await committed(settings, "validate", STRUCTURED.name)).values()) == 2 * AGENCIES


@pytest.mark.parametrize("newest_is_faulty", [True, False])
async def test_the_newest_version_wins_whatever_the_order(
    pool, topics, listed, observed, services, mails, newest_is_faulty
):
    """A correction overtakes the version it corrects: the case and the mails are those of the newer one."""
    wrong, right = (next(season(1, faulty_every=every, year=2024)) for every in (1, 2))
    right = replace(right, data=wrong.data.replace(b"| 43 |", b"| 42 |"), faulty=False)
    old, new = (right, wrong) if newest_is_faulty else (wrong, right)
    await listed([old])
    first, second = [*await observed([old]), *await observed([new])]
    await send_records(topics, [replace(record, partition=0) for record in (second, first)])
    with services(topics, services=["parse", "validate", "notify"]) as running:
        running.start()
        await until(lambda: through(pool, 1), seconds=60)
        await until(lambda: pool.fetchval("select count(*) = 2 from judgement"))
        assert await running.stop() == {0}
    current = await pool.fetchrow("select * from current_judgement")
    assert current["verdict"] == ("需更正" if newest_is_faulty else "合格")
    assert await pool.fetchval("select count(*) from judgement where judgement_no is not null") == 1
    case = await pool.fetchrow("select * from correction_case")
    assert case["status"] == ("open" if newest_is_faulty else "clean")
    assert len(mails.taken) == newest_is_faulty
