"""The embedded PostgreSQL: closed to others, kept through kill -9, stopped by its last user; on the real server."""

import asyncio
import json
import os
import pathlib
import signal
import socket
import stat
import subprocess
import sys

import asyncpg
import psutil
import pytest

from shared.database import embedded, postgres_binaries
from shared.ops.errors import Transient, UsageError
from shared.ops.settings import CommonSettings
from shared.testing.waiting import until

ALLOW_ROOT = CommonSettings().allow_root


def start(folder: pathlib.Path) -> str:
    """Start or adopt the server of a folder."""
    return embedded.start(folder, allow_root=ALLOW_ROOT)


def server_pid(folder: pathlib.Path) -> int:
    """Return the process number of the server of a folder."""
    return int((folder / "postgresql/data/postmaster.pid").read_text().split()[0])


def is_up(address: str) -> bool:
    """Return whether a server answers."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", int(address.rsplit(":", 1)[1].split("/", 1)[0]))) == 0


async def ask(address: str, question: str):
    """Return one value."""
    connection = await asyncpg.connect(address)
    try:
        return await connection.fetchval(question)
    finally:
        await connection.close()


async def test_every_connection_needs_the_password_and_comes_from_this_machine(data_dir):
    """Scram for every kind of connection, one address to listen on, UTF-8, and errors that quote no row."""
    address = await asyncio.to_thread(start, data_dir)
    assert await ask(address, "select array_agg(distinct auth_method) from pg_hba_file_rules") == ["scram-sha-256"]
    assert await ask(address, "show listen_addresses") == "127.0.0.1"
    assert await ask(address, "show server_encoding") == "UTF8"
    assert await ask(address, "show log_error_verbosity") == "terse"
    password = address.split(":")[2].split("@", 1)[0]
    with pytest.raises(asyncpg.InvalidPasswordError):
        await ask(address.replace(password, "guess"), "select 1")


def test_folders_are_opened_no_further_than_passage(data_dir):
    """Nothing becomes readable for others, the folders above the temporary one keep their modes, secrets are private."""
    above = {path: path.stat().st_mode for path in data_dir.parents if path.parent in {*data_dir.parents}}
    start(data_dir)
    for path, mode in above.items():
        assert path.stat().st_mode & ~0o001 == mode & ~0o001
    assert stat.S_IMODE((data_dir / "postgresql/data").stat().st_mode) == 0o700
    assert stat.S_IMODE((data_dir / "postgresql/access.json").stat().st_mode) == 0o600
    assert not (data_dir / "postgresql/password.part").exists()


def test_a_new_data_folder_is_closed_to_others(data_dir):
    """Mails and tokens are kept beside the database; the server's account gets passage and no more."""
    postgres_binaries.prepare(data_dir / "new" / "postgresql", allow_root=ALLOW_ROOT)
    assert stat.S_IMODE((data_dir / "new").stat().st_mode) & ~0o001 == 0o700


def test_what_the_environment_says_of_other_servers_is_not_meant(data_dir, monkeypatch):
    """PGSSLMODE and the like are for the user's own servers; the built-in one has no TLS."""
    monkeypatch.setenv("PGSSLMODE", "require")
    monkeypatch.setenv("PGHOST", "db.example.invalid")
    assert asyncio.run(ask(start(data_dir), "select 1")) == 1


def test_data_and_address_stay_when_it_is_stopped_and_started(data_dir):
    """The port is kept, so that a pool finds the server again."""
    address = start(data_dir)
    asyncio.run(ask(address, "create table kept as select 1 as n"))
    embedded.stop(data_dir)
    assert not is_up(address)
    assert start(data_dir) == address
    assert asyncio.run(ask(address, "select n from kept")) == 1


def test_another_port_is_taken_where_the_old_one_is_gone(data_dir):
    """A stranger on the port is not fought."""
    address = start(data_dir)
    embedded.stop(data_dir)
    with socket.socket() as stranger:
        stranger.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        stranger.bind(("127.0.0.1", int(address.rsplit(":", 1)[1].split("/", 1)[0])))
        stranger.listen()
        other = start(data_dir)
    assert other != address
    assert asyncio.run(ask(other, "select 1")) == 1


PROGRAM = """
import os, pathlib, signal, sys
from shared.database import embedded
print(embedded.start(pathlib.Path(sys.argv[1]), allow_root=sys.argv[2] == "True"), flush=True)
if sys.argv[3] == "die":
    os.kill(os.getpid(), signal.SIGKILL)
sys.stdin.read()
"""


def another(folder: pathlib.Path, then: str) -> "subprocess.Popen[str]":
    """Start a process that uses the server of a folder, then dies by kill -9 or waits for its input to end."""
    arguments = [sys.executable, "-c", PROGRAM, str(folder), str(ALLOW_ROOT), then]
    return subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def test_a_server_left_behind_by_kill_9_is_adopted(data_dir):
    """The same server goes on under the next process, and stops with it."""
    with another(data_dir, "die") as process:
        address = process.communicate()[0].strip()
    assert process.returncode == -signal.SIGKILL
    left = server_pid(data_dir)
    assert start(data_dir) == address
    assert server_pid(data_dir) == left
    embedded.stop(data_dir)
    assert not is_up(address)


def test_the_last_user_stops_it_and_no_other(data_dir):
    """Two processes on one server: the first to leave does not pull it from under the second."""
    address = start(data_dir)
    with another(data_dir, "wait") as process:
        assert process.stdout.readline().strip() == address
        embedded.stop(data_dir)
        assert is_up(address)
        process.communicate("")
    assert process.returncode == 0
    assert not is_up(address)


def test_two_processes_starting_at_once_share_one_server(data_dir):
    """One makes and starts it, the other finds it."""
    processes = [another(data_dir, "wait") for _ in range(2)]
    addresses = {process.stdout.readline() for process in processes}
    for process in processes:
        process.communicate("")
    assert len(addresses) == 1
    assert [process.returncode for process in processes] == [0, 0]


def test_a_process_number_taken_by_a_stranger_is_no_server(data_dir):
    """After a power cut the number in the lock file may be any process: it is neither waited for nor in the way."""
    start(data_dir)
    lock = data_dir / "postgresql/data/postmaster.pid"
    lines = lock.read_text().splitlines()
    embedded.stop(data_dir)
    lock.write_text("\n".join([str(os.getpid()), *lines[1:]]))
    assert asyncio.run(ask(start(data_dir), "select 1")) == 1


def test_a_lock_file_that_a_power_cut_left_empty_is_not_in_the_way(data_dir):
    """The server itself would refuse to start on it."""
    start(data_dir)
    embedded.stop(data_dir)
    (data_dir / "postgresql/data/postmaster.pid").write_text("")
    assert asyncio.run(ask(start(data_dir), "select 1")) == 1


ENDLESS = "do $$ begin loop null; end loop; end $$"


async def test_data_that_an_orphan_still_works_on_are_left_alone(data_dir):
    """The server was killed, a process of its own computes on: no second server on the data until that has ended."""
    address = await asyncio.to_thread(start, data_dir)
    connection = await asyncpg.connect(address)
    orphan = psutil.Process(await connection.fetchval("select pg_backend_pid()"))
    endless = asyncio.create_task(connection.execute(ENDLESS))
    await until(lambda: ask(address, f"select exists (select from pg_stat_activity where query = '{ENDLESS}')"))
    server = psutil.Process(server_pid(data_dir))
    server.kill()
    await asyncio.to_thread(server.wait)
    with pytest.raises(Transient, match="shared memory block"):
        await asyncio.to_thread(start, data_dir)
    orphan.kill()
    with pytest.raises((asyncpg.PostgresError, asyncpg.InterfaceError, OSError)):
        await endless
    assert await ask(await asyncio.to_thread(start, data_dir), "select 1") == 1


def test_a_folder_with_spaces_and_chinese_characters_serves_as_well(data_dir):
    """Programs, log and data are named in command lines."""
    assert asyncio.run(ask(start(data_dir / "样例市 数据局's (2025)"), "select '年报'")) == "年报"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ('FATAL:  could not write to file "xlogtemp.1": No space left on device\ninitdb: removing "/x"', "磁盘已满"),
        ("LOG:  starting\nFATAL:  lock file is empty\nHINT:  x", "FATAL:  lock file is empty"),
        ("LOG:  starting", None),
    ],
)
def test_why_it_did_not_start_is_the_first_error(said, told):
    """Not the last line, which only says that it gave up; a full disk in the words of all our messages."""
    assert embedded._why(said) == told


def test_a_folder_half_made_is_made_anew(data_dir):
    """Killed in initdb, the next start begins again."""
    part = data_dir / "postgresql/data.part"
    part.mkdir(parents=True)
    (part / "PG_VERSION").write_text("18\n")
    assert asyncio.run(ask(start(data_dir), "select 1")) == 1


def test_data_of_another_version_is_refused_in_one_line(data_dir):
    """The message names both versions and the way over: backup by the old program, restore by this one; nothing is touched."""
    data = data_dir / "postgresql/data"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("17\n")
    with pytest.raises(UsageError, match=r"PostgreSQL 17.*18.*db backup.*db restore"):
        start(data_dir)
    assert [path.name for path in data.iterdir()] == ["PG_VERSION"]


def test_root_is_refused_with_a_sentence_that_says_what_to_do(tmp_path, monkeypatch):
    """Root must be allowed, and then only in folders that may be opened; nothing is made before."""
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    with pytest.raises(UsageError, match="NIANBAO_ALLOW_ROOT=1"):
        embedded.start(tmp_path, allow_root=False)
    with pytest.raises(UsageError, match="NIANBAO_DATA_DIR=/var/lib/nianbao"):
        embedded.start(pathlib.Path("/nowhere"), allow_root=True)
    assert list(tmp_path.iterdir()) == []
    assert not pathlib.Path("/nowhere").exists()


def test_programs_out_of_reach_are_copied_and_run_from_the_copy(tmp_path):
    """A checkout below /root stays closed: the account gets a copy instead."""
    copy = postgres_binaries._copied(postgres_binaries.installed(), tmp_path)
    code, output = postgres_binaries.Binaries(copy, tmp_path, None).run("initdb", "--version")
    assert (code, output.split()[:2]) == (0, ["initdb", "(PostgreSQL)"])
    assert [path.name for path in tmp_path.iterdir()] == [copy.relative_to(tmp_path).parts[0]]
    assert postgres_binaries._copied(postgres_binaries.installed(), tmp_path) == copy


def test_the_password_is_long_and_each_folder_has_its_own(data_dir):
    """It is generated; nothing of it is in the code."""
    start(data_dir)
    assert len(json.loads((data_dir / "postgresql/access.json").read_text())["password"]) >= 32
