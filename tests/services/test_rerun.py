"""Reading and judging again: nothing doubles, a changed input is judged anew, and its notices wait."""

from shared.directory import store
from shared.testing.command import run
from shared.testing.season import season

SUBMISSIONS = list(season(2))


async def test_a_rerun_without_a_change_changes_nothing(database, process, pool, tmp_path):
    """The same documents, parser, rules and directory give the same events, which the inbox drops."""
    await process(SUBMISSIONS)
    settings = {"database": database, "data_dir": str(tmp_path)}
    for what in ("parse", "validate"):
        done = run("rerun", what, "--all", settings=settings)
        assert "2份" in done.stdout, done.stderr
        await process([])
    for table, rows in (("report", 2), ("judgement", 2), ("notice", 1)):
        assert await pool.fetchval(f"select count(*) from {table}") == rows, table


async def test_a_rerun_after_a_directory_import_judges_anew_and_holds_the_notice(database, process, pool, tmp_path):
    """The agency is known now: its report is judged again, and the notice waits for release as a rerun's."""
    await process(SUBMISSIONS)
    async with pool.acquire() as connection:
        await store.replace(connection, [each.agency for each in SUBMISSIONS], by="test")
    run("rerun", "parse", "--all", settings={"database": database, "data_dir": str(tmp_path)})
    await process([])
    held = await pool.fetch("select hold_reason, agency_id from notice where status = 'held'")
    assert [(row["hold_reason"], row["agency_id"]) for row in held] == [("rerun", SUBMISSIONS[0].agency.id)]


def test_a_rerun_of_everything_must_be_asked_for(database, tmp_path):
    """Without a filter nothing is rerun by accident."""
    done = run("rerun", "validate", settings={"database": database, "data_dir": str(tmp_path)})
    assert done.returncode == 2
    assert "--all" in done.stderr
