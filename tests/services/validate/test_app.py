"""Judging with the tables: current versions, numbers, and years of one agency that are judged on each other's figures."""

import asyncio
import contextlib
from dataclasses import replace
from datetime import timedelta
from uuid import NAMESPACE_OID, uuid4, uuid5

import asyncpg
import pytest

from services.parse.store import ReportRow, add_report
from services.validate import store
from services.validate.app import ValidateStage
from services.validate.configuration import Configuration
from shared.model.report import Attachment, Document
from shared.ops.errors import Transient
from shared.stream.consumer import Consumer
from shared.stream.envelope import Record, encode
from shared.stream.events import RawReport, StructuredReport
from shared.stream.stage import Outgoing, Received
from shared.stream.topics import STRUCTURED
from shared.testing.judgements import OBSERVED
from shared.testing.reports import clean_report, edit, year_before
from shared.testing.waiting import until

CARRIED_OUT = "table3/结转下年度/总计"
LATER = clean_report()
EARLIER, CORRECTED = year_before(LATER, {CARRIED_OUT: 8}), year_before(LATER, {})
WAITING = """select from pg_locks join pg_database on pg_database.oid = database
             where locktype = 'advisory' and not granted and datname = current_database()"""
STAGE = ValidateStage()


async def arrive(pool, report, sequence=1, *, agency_id="1", held=False):
    """Write a report version as parse does and return its event."""
    source = f"{report.agency}-{report.year}.txt"
    raw = RawReport(
        observation_id=uuid5(NAMESPACE_OID, f"{source} {sequence}"),
        source=source,
        source_kind="folder",
        sequence=sequence,
        observed_at=OBSERVED + timedelta(days=sequence),
        sha256="0" * 64,
        bytes=1,
        media_type="text/plain",
    )
    document = Document(source, raw.sha256, 1, raw.media_type, "report", None, "test", (report,))
    key = agency_id or report.agency or source
    report_id = uuid5(NAMESPACE_OID, f"report {source} {sequence}")
    async with pool.acquire() as connection:
        await add_report(connection, raw, ReportRow(report_id, key, agency_id, document))
    return StructuredReport(
        report_id=report_id,
        agency_key=key,
        agency_id=agency_id,
        document=document,
        held=held,
        **raw.model_dump(include={"observation_id", "source_kind", "observed_at", "sequence"}),
    )


def received(structured):
    """Return a report's event as a bus delivers it."""
    return Received(uuid4(), structured, structured.agency_key, OBSERVED, correlation_id="c", traceparent=None)


async def judged(pool, structured, stage=STAGE):
    """Judge a report version in its own transaction and return the bodies of the events."""
    async with pool.acquire() as connection, connection.transaction():
        outcome = await stage.commit(connection, received(structured), None)
    return [outgoing.body for outgoing in outcome.events]


async def handled(pool, report, sequence=1, **arrival):
    """Take in a report version and judge it."""
    return await judged(pool, await arrive(pool, report, sequence, **arrival))


async def standing(pool):
    """Return number and whether XY-01 is found, by year, of the judgements that stand."""
    rows = await pool.fetch(
        """select year, judgement_no, exists (select from finding f where f.judgement_id = j.judgement_id and rule = 'XY-01')
           from current_judgement j"""
    )
    return {row["year"]: (row["judgement_no"], row["exists"]) for row in rows}


def said(bodies):
    """Return year, number and cross-year findings of each event."""
    return [
        (body.year, body.judgement_no, [f.expected for f in body.judgement.findings if f.rule == "XY-01"])
        for body in bodies
    ]


async def test_the_year_before_first(pool):
    """The later report is judged on what the earlier one left, once."""
    assert said(await handled(pool, EARLIER)) == [(2023, 1, [])]
    assert said(await handled(pool, LATER)) == [(2024, 1, [8])]


async def test_the_later_year_first(pool):
    """The earlier report's arrival judges the later one again, in the same transaction, with the next number."""
    assert said(await handled(pool, LATER)) == [(2024, 1, [])]
    assert said(await handled(pool, EARLIER)) == [(2023, 1, []), (2024, 2, [8])]
    assert await standing(pool) == {2023: (1, False), 2024: (2, True)}


async def test_a_correction_of_the_year_before_closes_the_finding(pool):
    """And a relapse to the old figure opens it again: a judgement on what was judged two times before is new."""
    await handled(pool, EARLIER)
    await handled(pool, LATER)
    assert said(await handled(pool, CORRECTED, 2)) == [(2023, 2, []), (2024, 2, [])]
    assert said(await handled(pool, EARLIER, 3)) == [(2023, 3, []), (2024, 3, [8])]
    assert await standing(pool) == {2023: (3, False), 2024: (3, True)}


async def test_the_figure_of_the_year_before_may_go_away(pool):
    """A correction that leaves the cell blank leaves nothing to hold against."""
    await handled(pool, EARLIER)
    await handled(pool, LATER)
    blank = year_before(LATER, {CARRIED_OUT: None})
    assert said(await handled(pool, blank, 2)) == [(2023, 2, []), (2024, 2, [])]
    assert await pool.fetchval("select count(*) from operand where year = 2023") == 0


async def test_a_change_elsewhere_leaves_the_following_year_alone(pool):
    """Another version with the same figure judges only itself."""
    await handled(pool, EARLIER)
    await handled(pool, LATER)
    assert said(await handled(pool, year_before(LATER, {CARRIED_OUT: 8, "table2/规章": 1}), 2)) == [(2023, 2, [])]


async def test_the_same_event_again_changes_nothing(pool):
    """Neither the report itself nor its following year is judged twice on the same grounds."""
    later, earlier = await arrive(pool, LATER), await arrive(pool, EARLIER)
    for structured in (later, earlier):
        await judged(pool, structured)
    before = await standing(pool)
    for structured in (later, earlier, later):
        assert await judged(pool, structured) == []
    assert await standing(pool) == before


async def test_another_rule_set_judges_again(pool):
    """What an office sets is among a judgement's inputs: new settings judge anew, the same ones and a return to them too."""
    structured = await arrive(pool, edit(LATER, {"table2/行政许可/本年处理决定数量": "/"}))
    milder = ValidateStage(Configuration(version="1", severities={"C-02": "I"}))
    assert milder.version != STAGE.version
    for stage, verdict in ((STAGE, "请核实"), (milder, "合格"), (STAGE, "请核实")):
        (body,) = await judged(pool, structured, stage)
        assert body.judgement.verdict == verdict
        assert stage.version == f"{body.judgement.ruleset.version}-{body.judgement.ruleset.hash[:12]}"
        assert await judged(pool, structured, stage) == []
    assert await standing(pool) == {2024: (3, False)}


async def test_an_overtaken_version_hands_nothing_on(pool):
    """A version that is not current is judged without a number and alters no other year; seen again it is one row."""
    await handled(pool, LATER)
    await handled(pool, CORRECTED, 2)
    overtaken = await arrive(pool, EARLIER, 1)
    for _ in range(2):
        assert await judged(pool, overtaken) == []
    assert await standing(pool) == {2023: (1, False), 2024: (2, False)}
    assert await pool.fetchval("select count(*) from judgement where judgement_no is null") == 1


async def test_a_following_year_whose_own_event_is_to_come_is_left_to_it(pool):
    """Its event finds the figures in place; it is judged once, with its own event's marks."""
    later = await arrive(pool, LATER, held=True)
    assert said(await handled(pool, EARLIER)) == [(2023, 1, [])]
    (body,) = await judged(pool, later)
    assert said([body]) == [(2024, 1, [8])]
    assert body.held


async def test_a_rerun_holds_what_follows_from_it(pool):
    """The following year's judgement waits for an operator where the rerun of the year before brought it about."""
    await handled(pool, LATER)
    assert [body.held for body in await handled(pool, EARLIER, held=True)] == [True, True]


@pytest.mark.parametrize(("state", "waiting"), [("awaited", True), ("unread", False), ("read", False)])
async def test_a_report_waits_for_what_is_still_being_fetched(pool, state, waiting):
    """The judgement says so, and nothing else makes it wait."""
    report = edit(LATER, {"report": {"attachments": (Attachment("https://h.invalid/1.docx", state),)}})
    (body,) = await handled(pool, report)
    assert body.waiting is waiting


async def test_a_report_that_waits_leaves_the_following_year_alone(pool):
    """The figures that it handed on stand until its attachment is there or given up."""
    for report in (EARLIER, LATER):
        await handled(pool, report)
    lacking = edit(EARLIER, {"table3": {"state": "absent"}})
    for sequence, state in enumerate(("awaited", "unread"), start=2):
        bodies = await handled(pool, edit(lacking, {"report": {"attachments": (Attachment("1", state),)}}), sequence)
        assert [body.year for body in bodies] == ([2023] if state == "awaited" else [2023, 2024])


async def test_an_agency_that_is_not_known_has_no_other_year(pool):
    """Two reports of one source without an agency's name are not held against each other."""
    earlier, later = (replace(report, agency=None) for report in (EARLIER, LATER))
    for report in (earlier, later):
        structured = await arrive(pool, report, agency_id=None)
        await judged(pool, structured.model_copy(update={"agency_key": "collection.txt"}))
    assert await pool.fetchval("select count(*) from operand") == 0


@pytest.mark.parametrize("order", [(EARLIER, LATER), (LATER, EARLIER)], ids=["earlier first", "later first"])
async def test_two_years_at_the_same_moment_never_miss_each_other(pool, order):
    """Two transactions at once, neither seeing the other's report judged: the second waits and sees it."""
    first, second = [await arrive(pool, report) for report in order]
    async with pool.acquire() as connection:
        transaction = connection.transaction()
        await transaction.start()
        await STAGE.commit(connection, received(first), None)
        other = asyncio.create_task(judged(pool, second))
        await until(lambda: pool.fetchval(f"select exists ({WAITING})"))
        assert not other.done()
        await transaction.commit()
    assert (await other)[-1].year == 2024
    assert (await standing(pool))[2024][1]


async def test_many_agencies_at_once(pool):
    """Both years of twenty agencies, all at the same moment: every later year has its finding."""
    structured = [
        await arrive(pool, replace(report, agency=f"样例市第{n}局"), agency_id=str(n))
        for n in range(20)
        for report in (EARLIER, LATER)
    ]
    await asyncio.gather(*(judged(pool, each) for each in structured))
    found = await pool.fetchval(
        "select count(*) from current_judgement join finding using (judgement_id) where rule = 'XY-01' and year = 2024"
    )
    assert found == 20


def delivered(structured):
    """Return a report's event as a record of a bus."""
    outgoing = Outgoing(STRUCTURED, structured, str(structured.report_id), structured.agency_key, inputs="i")
    headers = encode("parse", outgoing, time=OBSERVED, correlation_id="c", causation_id=None, traceparent=None)
    body = structured.model_dump_json().encode()
    return Record(STRUCTURED.name, 0, 1, structured.agency_key.encode(), body, headers)


async def test_two_batches_that_block_each_other_are_both_handled(pool):
    """Two replicas that lock the same two agencies in opposite order: the database ends one, which is done again."""
    structured = [await arrive(pool, replace(LATER, agency=f"样例市第{n}局"), agency_id=str(n)) for n in range(2)]
    batch = [delivered(each) for each in structured]
    handling = None
    async with pool.acquire() as connection:
        with contextlib.suppress(asyncpg.DeadlockDetectedError):
            async with connection.transaction():
                await store.lock_agency(connection, "1")
                handling = asyncio.create_task(_handled_at_last(Consumer(STAGE, pool), batch))
                await until(lambda: pool.fetchval(f"select exists ({WAITING})"))
                await store.lock_agency(connection, "0")
    await handling
    assert await standing(pool) == {2024: (1, False)}
    assert await pool.fetchval("select count(*) from judgement") == 2
    assert await pool.fetchval("select count(*) from dead_letter") == 0


async def _handled_at_last(consumer, batch):
    while True:
        with contextlib.suppress(Transient):
            return await consumer.handle(batch)
