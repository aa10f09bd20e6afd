"""Debian's PostgreSQL 15 with TLS, as an office's server has it: every connection encrypted and with a password."""

import dataclasses
import pathlib
import secrets
import subprocess
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass

import asyncpg

from shared.database.embedded import free_port
from shared.database.postgres_binaries import Binaries, prepare
from shared.ops.settings import CommonSettings
from shared.testing.certificate import self_signed
from shared.testing.database import data_folder
from shared.testing.kafka import die_with_parent

PROGRAMS = pathlib.Path("/usr/lib/postgresql/15/bin")

_ENCRYPTED_ONLY = "hostssl all all 127.0.0.0/8 scram-sha-256\n"
_START_SECONDS = 30


@dataclass(frozen=True, slots=True)
class EncryptedServer:
    """The server's port on this machine, the certificate that vouches for it, and its superuser's password."""

    port: int
    certificate: pathlib.Path
    password: str

    def address(self, user: str, name: str, *, host: str = "localhost") -> str:
        """Return the address of a database; its client takes no other server for this one."""
        query = f"sslmode=verify-full&sslrootcert={self.certificate}"
        return f"postgresql://{user}:{self.password}@{host}:{self.port}/{name}?{query}"


@contextmanager
def encrypted_server() -> Iterator[EncryptedServer]:
    """Give a running server of our own with empty data; it ends with the test, or with a test run that is killed."""
    with data_folder() as folder:
        programs = dataclasses.replace(
            prepare(folder / "server", allow_root=CommonSettings().allow_root), folder=PROGRAMS
        )
        server = EncryptedServer(free_port(), folder / "cert.pem", secrets.token_urlsafe(16))
        _initialise(programs, server)
        process = _start(programs, server)
        try:
            yield server
        finally:
            process.terminate()
            process.wait(_START_SECONDS)


@asynccontextmanager
async def office_database(server: EncryptedServer) -> AsyncIterator[str]:
    """Give the address of a new, empty database of an ordinary account; it is dropped afterwards."""
    name = f"nianbao_{secrets.token_hex(4)}"
    connection = await asyncpg.connect(server.address("postgres", "postgres"))
    try:
        await connection.execute(f"create role {name} login password '{server.password}'")
        await connection.execute(f"create database {name} owner {name}")
        yield server.address(name, name)
        await connection.execute(f"drop database {name} with (force)")
        await connection.execute(f"drop role {name}")
    finally:
        await connection.close()


def _initialise(programs: Binaries, server: EncryptedServer) -> None:
    data, password = programs.home / "data", programs.home / "password"
    data.mkdir(mode=0o700)
    password.write_text(server.password)
    for path in (data, password):
        programs.give(path)
    code, output = programs.run(
        "initdb", "-D", str(data), "-U", "postgres", f"--pwfile={password}", "--encoding=UTF8", "--no-locale",
        "--auth=scram-sha-256", "--no-sync",
    )  # fmt: skip
    assert code == 0, output
    (data / "pg_hba.conf").write_text(_ENCRYPTED_ONLY)
    certificate, key = self_signed(programs.home)
    key.chmod(0o600)
    for path in (certificate, key):
        programs.give(path)
    server.certificate.write_bytes(certificate.read_bytes())


def _start(programs: Binaries, server: EncryptedServer) -> "subprocess.Popen[bytes]":
    home, account = programs.home, programs.account
    settings = {
        "port": server.port,
        "listen_addresses": "127.0.0.1,127.0.0.2",
        "unix_socket_directories": "",
        "ssl": "on",
        "ssl_cert_file": home / "cert.pem",
        "ssl_key_file": home / "key.pem",
        "fsync": "off",
    }
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    with (home / "log").open("wb") as log:
        process = subprocess.Popen(
            [str(PROGRAMS / "postgres"), "-D", str(home / "data"), *options],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=home,
            preexec_fn=die_with_parent,  # noqa: PLW1509 - one call into libc
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
        )
    until = time.monotonic() + _START_SECONDS
    while programs.run("pg_isready", "-h", "127.0.0.1", "-p", str(server.port))[0]:
        assert process.poll() is None, (home / "log").read_text()
        assert time.monotonic() < until
        time.sleep(0.1)
    return process
