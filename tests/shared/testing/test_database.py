"""The databases of the tests: fresh for each, and nothing left behind, even by a run that was killed."""

import pathlib
import signal
import subprocess
import sys

import pytest

from shared.database import embedded
from shared.database.migrate import demand_current
from shared.ops.settings import CommonSettings
from shared.testing.database import copied_database, data_folder, pool_on, server


async def test_each_copy_has_all_tables_and_nothing_of_another(database_template):
    """Two tests cannot see each other's rows."""
    async with (
        copied_database(database_template) as one,
        copied_database(database_template) as two,
        pool_on(one) as first,
        pool_on(two) as second,
    ):
        await demand_current(first)
        await first.execute("insert into inbox values ('parse', '1', gen_random_uuid())")
        assert await second.fetchval("select count(*) from inbox") == 0


PROGRAM = """
import os, pathlib, signal
from shared.testing import database
folders = database.data_folder()
folder = folders.__enter__()
database.embedded.start(folder, allow_root=database.CommonSettings().allow_root)
print(folder, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_the_server_of_a_killed_run_is_cleared_away_by_the_next(monkeypatch):
    """It is stopped and its folder deleted; the server of a run that lives is left alone."""
    monkeypatch.delenv("NIANBAO_TEST_DATABASE", raising=False)
    killed = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False)
    assert killed.returncode == -signal.SIGKILL
    with data_folder() as mine:
        embedded.start(mine, allow_root=CommonSettings().allow_root)
        with server():
            assert not pathlib.Path(killed.stdout.strip()).exists()
            assert (mine / "postgresql/data/postmaster.pid").exists()


@pytest.mark.parametrize("made", [True, False])
def test_a_folder_without_users_is_not_taken_for_abandoned(tmp_path, made):
    """A folder that another run has only just made must not be deleted under it."""
    if made:
        (tmp_path / "postgresql").mkdir()
    assert not embedded.abandoned(tmp_path)
