"""`nianbao up` is killed at random moments while documents flow; afterwards the books balance."""

import asyncio
import os

from shared.directory import store
from shared.testing.books import balance, through
from shared.testing.command import Command
from shared.testing.mailserver import mail_server
from shared.testing.season import season
from shared.testing.waiting import until

DOCUMENTS = int(os.environ.get("NIANBAO_TEST_DOCUMENTS", "200"))
KILLS = int(os.environ.get("NIANBAO_TEST_KILLS", "6"))


async def test_nothing_is_lost_or_done_twice_however_often_it_is_killed(pool, database, tmp_path, chance):
    """Every document has one observation, reading, report, judgement and case; no mail goes out a second time."""
    submissions = list(season(DOCUMENTS))
    watched = tmp_path / "reports"
    watched.mkdir()
    async with mail_server() as mails:
        async with pool.acquire() as connection:
            await store.replace(connection, [each.agency for each in submissions], by="test")
        settings = {
            "database": database,
            "data_dir": str(tmp_path / "data"),
            "upload_port": "0",
            "http_port": "0",
            **mails.settings,
        }
        up = Command(("up", "--watch", str(watched)), settings, tmp_path / "log")
        for part in range(KILLS):
            for submission in submissions[part::KILLS]:
                (watched / submission.name).write_bytes(submission.data)
            up.start()
            await asyncio.sleep(chance.uniform(1.0, 6.0))
            assert up.process.poll() is None, up.log.read_text()
            up.kill()
        up.start()
        try:
            await until(lambda: through(pool, DOCUMENTS), seconds=180)
        finally:
            await up.listening()
            code = up.stop()
        assert code == 0
        await balance(pool, submissions, mails)
