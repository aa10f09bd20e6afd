"""The books of a season: whether all of it went through, and whether each report is in them exactly once."""

import collections
from collections.abc import Sequence

import asyncpg

from shared.database.migrate import Pool
from shared.testing.mailserver import MailServer
from shared.testing.season import Submission

_TABLES = ("observation", "reading", "report", "judgement", "correction_case")

_THROUGH = """
select (select count(*) from correction_case) >= $1
   and not exists (select from outbox where published_at is null)
   and not exists (select from notice where status in ('pending', 'sending', 'deferred', 'unknown'))
"""


async def through(pool: Pool, documents: int) -> bool:
    """Return whether so many documents have become cases and every mail has left.

    A mail in hand when its sender was killed waits for its lease to end; here that time passes at once.
    """
    await pool.execute(
        "update notice set lease_until = now() where status = 'sending' and changed_at < now() - interval '3 s'"
    )
    done: bool = await pool.fetchval(_THROUGH, documents)
    return done


async def rows(pool: Pool) -> dict[str, int]:
    """Return how many rows each service has written."""
    return {table: await pool.fetchval(f"select count(*) from {table}") for table in (*_TABLES, "notice")}


async def contents(address: str) -> dict[str, list[str]]:
    """Return every row of every table and view of a database as text, and where each sequence stands."""
    connection = await asyncpg.connect(address)
    try:
        names = await connection.fetch(
            "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'v')"
        )
        asked = {name: f'select * from "{name}"' for (name,) in names}
        asked["sequences"] = "select sequencename, last_value from pg_sequences"
        return {name: sorted(str(tuple(row)) for row in await connection.fetch(query)) for name, query in asked.items()}
    finally:
        await connection.close()


_STEPS = (("ingest", "parse"), ("parse", "validate"), ("validate", "notify"))

_LEFT = """
select convert_from(payload, 'UTF8')::jsonb ->> 'observation_id' as observation,
    (select header ->> 1 from jsonb_array_elements(headers) as header where header ->> 0 = 'ce_id') as event
from outbox where service = $1
"""

_TOLD = """
select body ->> 'notice_id' as notice
from outbox, lateral (select convert_from(payload, 'UTF8')::jsonb) as decoded (body)
where service = 'notify' and body ->> 'status' = 'sent'
"""


async def _balance_events(pool: Pool) -> None:
    """Raise AssertionError where an observation is not one event of each service, handled once by the next."""
    observations = sorted(str(row["id"]) for row in await pool.fetch("select id from observation"))
    for sender, receiver in _STEPS:
        left = await pool.fetch(_LEFT, sender)
        assert sorted(row["observation"] for row in left) == observations, sender
        arrived = await pool.fetch("select event_id from inbox where consumer = $1", receiver)
        assert sorted(str(row["event_id"]) for row in arrived) == sorted(row["event"] for row in left), receiver
    told = await pool.fetch(_TOLD)
    assert sorted(row["notice"] for row in told) == sorted(
        str(row["notice_id"]) for row in await pool.fetch("select notice_id from notice")
    )


async def _balance_histories(pool: Pool) -> None:
    """Raise AssertionError where a judgement lacks findings, or a notice was not written once and sent once."""
    counted = "select count(*) from finding where finding.judgement_id = judgement.judgement_id"
    assert not await pool.fetch(f"select from judgement where errors + warnings + infos <> ({counted})")
    histories = await pool.fetch(
        """select count(*) filter (where what = 'pending') as written, count(*) filter (where what = 'sent') as sent
        from notice left join case_event using (notice_id) group by notice_id"""
    )
    assert {tuple(row) for row in histories} <= {(1, 1)}


async def balance(pool: Pool, submissions: Sequence[Submission], mails: MailServer) -> None:
    """Raise AssertionError where a report was lost, misjudged or entered twice, or a mail is missing or doubled."""
    faulty = {each.agency.name for each in submissions if each.faulty}
    counts = await rows(pool)
    assert counts == {**dict.fromkeys(_TABLES, len(submissions)), "notice": len(faulty)}, counts
    assert await pool.fetchval("select count(*) from dead_letter") == 0
    assert await pool.fetchval("select count(*) from judgement where judgement_no is distinct from 1") == 0
    await _balance_events(pool)
    await _balance_histories(pool)
    wrong = await pool.fetch("select agency_name from judgement where verdict = '需更正'")
    assert {row["agency_name"] for row in wrong} == faulty
    notices = await pool.fetch("select status, resent from notice")
    assert {row["status"] for row in notices} <= {"sent"}
    copies = collections.Counter(message["Message-ID"] for message in mails.messages)
    assert len(copies) == len(faulty)
    # The one window: killed between the server's answer and our record, a mail may go out once more, and says so.
    assert sum(copies.values()) - len(copies) <= sum(row["resent"] for row in notices)
    assert max(copies.values(), default=0) <= 2
