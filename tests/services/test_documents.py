"""Every document that came in is listed with its status."""

import json

from shared.model.agency import Agency
from shared.testing.command import run
from shared.testing.season import Submission, season

NOBODY = Agency(id="x", name="")


async def test_reports_and_what_is_none_are_listed_with_their_reason(database, process, tmp_path):
    """A report, a news page and an empty file each have one line; a status, in words or by its code, narrows the list to those that are so now."""
    news = Submission(NOBODY, "news.txt", "样例市召开2024年政务公开工作会议。".encode(), faulty=False)
    await process([*season(1), news, Submission(NOBODY, "empty.txt", b"", faulty=False)])
    settings = {"database": database, "data_dir": str(tmp_path)}

    def listed(*options):
        done = run("documents", "list", "--format", "json", *options, settings=settings)
        assert done.returncode == 0, done.stderr
        return {row["source"]: row["status"] for row in map(json.loads, done.stdout.splitlines())}

    everything = listed()
    assert everything == {next(season(1)).name: "report", "news.txt": "not_a_report", "empty.txt": "empty"}
    assert listed("--status", "empty") == listed("--status", "空文件") == {"empty.txt": "empty"}
    await process([Submission(NOBODY, "empty.txt", news.data, faulty=False)])
    assert listed("--status", "empty") == {}
    assert run("documents", "list", "--status", "lost", settings=settings).returncode == 2
