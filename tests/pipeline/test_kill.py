"""`nianbao up` is killed at random moments while documents flow; afterwards the books balance."""

import asyncio
import collections
import os
import random

from shared.database.pool import connect
from shared.directory import store
from shared.testing.command import Command
from shared.testing.mailserver import mail_server
from shared.testing.season import season
from shared.testing.waiting import until

DOCUMENTS = int(os.environ.get("NIANBAO_TEST_DOCUMENTS", "200"))
KILLS = int(os.environ.get("NIANBAO_TEST_KILLS", "6"))

AT_REST = """
select (select count(*) from observation) = $1
   and not exists (select from outbox where published_at is null)
   and not exists (select from notice where status in ('pending', 'sending', 'deferred', 'unknown'))
"""


async def test_nothing_is_lost_or_done_twice_however_often_it_is_killed(database, tmp_path):
    """Every document has one observation, reading, report, judgement and case; no mail goes out a second time."""
    seed = int(os.environ.get("NIANBAO_TEST_SEED", random.randrange(10**6)))
    print(f"seed {seed}")
    chance = random.Random(seed)
    submissions = list(season(DOCUMENTS))
    watched = tmp_path / "reports"
    watched.mkdir()
    async with mail_server() as mails:
        pool = await connect(database)
        async with pool:
            async with pool.acquire() as connection:
                await store.replace(connection, [each.agency for each in submissions], by="test")
            up = Command(("up", "--watch", str(watched)), _settings(database, tmp_path, mails.port), tmp_path / "log")
            for part in range(KILLS):
                for submission in submissions[part::KILLS]:
                    (watched / submission.name).write_bytes(submission.data)
                up.start()
                await asyncio.sleep(chance.uniform(1.0, 6.0))
                assert up.process.poll() is None, up.log.read_text()
                up.kill()
            up.start()
            try:
                await until(lambda: _at_rest(pool), seconds=180)
            finally:
                code = up.stop()
            assert code == 0
            await _reconcile(pool, submissions, mails)


def _settings(database, folder, port):
    return {
        "database": database,
        "data_dir": str(folder / "data"),
        "upload_port": "0",
        "release": "auto",
        "mail": "smtp",
        "mail_from": "office@example.invalid",
        "smtp_host": "127.0.0.1",
        "smtp_port": str(port),
        "smtp_tls": "none",
    }


async def _at_rest(pool):
    # A mail in hand when the process was killed waits for its lease to end; here that time passes at once.
    await pool.execute(
        "update notice set lease_until = now() where status = 'sending' and changed_at < now() - interval '3 s'"
    )
    return await pool.fetchval(AT_REST, DOCUMENTS)


async def _reconcile(pool, submissions, mails):
    faulty = {each.agency.name for each in submissions if each.faulty}
    for table in ("observation", "reading", "report", "judgement", "correction_case"):
        assert await pool.fetchval(f"select count(*) from {table}") == DOCUMENTS, table
    assert await pool.fetchval("select count(*) from dead_letter") == 0
    assert await pool.fetchval("select count(*) from judgement where judgement_no <> 1") == 0
    wrong = await pool.fetch("select agency_name from judgement where verdict = '需更正'")
    assert {row["agency_name"] for row in wrong} == faulty
    notices = await pool.fetch("select status, resent from notice")
    assert {row["status"] for row in notices} == {"sent"}
    assert len(notices) == len(faulty)
    copies = collections.Counter(message["Message-ID"] for message in mails.messages)
    assert len(copies) == len(faulty)
    # The one window: killed between the server's answer and our record, a mail may go out once more, and says so.
    assert sum(copies.values()) - len(copies) <= sum(row["resent"] for row in notices)
    assert max(copies.values()) <= 2
