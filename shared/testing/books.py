"""The books of a season: whether all of it went through, and whether each report is in them exactly once."""

import collections
from collections.abc import Sequence

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


async def balance(pool: Pool, submissions: Sequence[Submission], mails: MailServer) -> None:
    """Raise AssertionError where a report was lost, misjudged or entered twice, or a mail is missing or doubled."""
    faulty = {each.agency.name for each in submissions if each.faulty}
    counts = await rows(pool)
    assert counts == {**dict.fromkeys(_TABLES, len(submissions)), "notice": len(faulty)}, counts
    assert await pool.fetchval("select count(*) from dead_letter") == 0
    assert await pool.fetchval("select count(*) from judgement where judgement_no is distinct from 1") == 0
    wrong = await pool.fetch("select agency_name from judgement where verdict = '需更正'")
    assert {row["agency_name"] for row in wrong} == faulty
    notices = await pool.fetch("select status, resent from notice")
    assert {row["status"] for row in notices} <= {"sent"}
    copies = collections.Counter(message["Message-ID"] for message in mails.messages)
    assert len(copies) == len(faulty)
    # The one window: killed between the server's answer and our record, a mail may go out once more, and says so.
    assert sum(copies.values()) - len(copies) <= sum(row["resent"] for row in notices)
    assert max(copies.values(), default=0) <= 2
