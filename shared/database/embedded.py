"""The embedded PostgreSQL: started on first use, shared by our processes, stopped by the last of them.

A server that a killed process left behind is found by its data folder and taken over. Two file locks keep order:
`starting` is held while a process starts, adopts or stops the server, `users` is shared by all that use it. The
operating system drops both when a process dies, however it dies.
"""

import atexit
import errno
import json
import os
import pathlib
import random
import secrets
import shutil
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import fasteners
import psutil

from shared.database.postgres_binaries import VERSION, Binaries, first_error, prepare
from shared.ops.errors import Transient, UsageError, system_said

_USER = "nianbao"
_LOG = "server.log"
_PATIENCE = 60.0
_OPTIONS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "log_error_verbosity": "terse",  # a DETAIL line would quote the row, and so a report
    "log_min_error_statement": "panic",
    "log_min_messages": "warning",
}
_users: dict[pathlib.Path, fasteners.InterProcessReaderWriterLock] = {}


@dataclass(frozen=True, slots=True)
class Access:
    """Port and password of a server: made once, kept in a file that only its owner can read."""

    port: int
    password: str

    @property
    def address(self) -> str:
        """Return the address for a client; the server has no TLS, whatever PGSSLMODE asks of the user's own."""
        return f"postgresql://{_USER}:{self.password}@127.0.0.1:{self.port}/postgres?sslmode=disable"


def start(data_dir: pathlib.Path, *, allow_root: bool, options: Mapping[str, str] | None = None) -> str:
    """Return the address of the server below `data_dir`, started or adopted; it stops with the last process using it.

    Raises UsageError where it must not run here, Transient where it does not come up. `options` are server settings.
    """
    home = _home(data_dir)
    binaries = prepare(home, allow_root=allow_root)
    with _starting(home):
        _use(home)
        if not (home / "data").exists():
            _initialise(binaries)
        _demand_version(home)
        if _adopted(binaries):
            return _access(home).address
        return _launch(binaries, {**_OPTIONS, **(options or {})}).address


def stop(data_dir: pathlib.Path) -> None:
    """Stop the server below `data_dir` if this process uses it and no other does."""
    home = _home(data_dir)
    users = _users.pop(home, None)
    if users is not None:
        binaries = prepare(home, allow_root=True)
        with _starting(home):
            users.release_read_lock()
            _stop_unused(binaries)


def lost(data_dir: pathlib.Path) -> bool:
    """Return whether the server below `data_dir`, which this process uses, has ended: killed, or of a disk that was full."""
    home = _home(data_dir)
    return home in _users and not _runs(home / "data")


def abandoned(data_dir: pathlib.Path) -> bool:
    """Return whether no process uses the server below `data_dir`; one that was left running is stopped."""
    home = _home(data_dir)
    if home in _users or not (home / "users").exists():
        return False
    binaries = prepare(home, allow_root=True)
    with _starting(home):
        return _stop_unused(binaries)


def access_file(data_dir: pathlib.Path) -> pathlib.Path:
    """Return the file that holds port and password of the server below `data_dir`."""
    return _home(data_dir) / "access.json"


def _stop_unused(binaries: Binaries) -> bool:
    users = fasteners.InterProcessReaderWriterLock(binaries.home / "users")
    try:
        unused: bool = users.acquire_write_lock(blocking=False)
        if unused:
            binaries.run("pg_ctl", "stop", "-D", str(binaries.home / "data"), "-m", "fast", "-w")
        return unused
    finally:
        users.release_write_lock()  # also closes the file of a lock that was not got


def _home(data_dir: pathlib.Path) -> pathlib.Path:
    return data_dir.expanduser().resolve() / "postgresql"


@contextmanager
def _starting(home: pathlib.Path) -> Iterator[None]:
    with fasteners.InterProcessLock(home / "starting"):
        yield


def _use(home: pathlib.Path) -> None:
    if home in _users:
        return
    users = fasteners.InterProcessReaderWriterLock(home / "users")
    users.acquire_read_lock()
    _users[home] = users
    atexit.register(_stop_in, os.getpid(), home.parent)


def _stop_in(pid: int, data_dir: pathlib.Path) -> None:
    if os.getpid() == pid:  # a forked child inherits the registration, not the server
        stop(data_dir)


def _initialise(binaries: Binaries) -> None:
    """Make the data folder; one half made by a killed process is thrown away."""
    home = binaries.home
    part, password_file = home / "data.part", home / "password.part"
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(mode=0o700)
    access = Access(free_port(), secrets.token_urlsafe(24))
    _write_private(password_file, access.password)
    for path in (part, password_file):
        binaries.give(path)
    code, output = binaries.run(
        "initdb", "-D", str(part), "-U", _USER, f"--pwfile={password_file}", "--auth=scram-sha-256", "--encoding=UTF8",
        "--no-locale", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions",
    )  # fmt: skip
    password_file.unlink()
    if code:
        raise Transient(f"内置数据库没有建成：{_why(output) or output}")
    _keep(home, access)
    part.rename(home / "data")


def _demand_version(home: pathlib.Path) -> None:
    found = (home / "data" / "PG_VERSION").read_text().strip()
    if found != VERSION:
        raise UsageError(
            f"内置数据库的数据属于 PostgreSQL {found}，本程序带的是 {VERSION}：请用旧版程序 nianbao db backup，"
            f"移走 {home}，再用本程序 nianbao db restore"
        )


def _adopted(binaries: Binaries) -> bool:
    """Return whether a server runs on the data already; one that is still coming up or going down is waited for."""
    data = binaries.home / "data"
    until = time.monotonic() + _PATIENCE
    while _runs(data):
        if _answers(binaries):
            return True
        if time.monotonic() > until:
            raise Transient(f"内置数据库没有应答，原因见日志：{data / _LOG}")
        time.sleep(0.1)
    # Its number may belong to another process since the machine went down, and PostgreSQL would then refuse to start.
    # An orphan of the dead server that still works on the data keeps it off all the same: by its shared memory.
    (data / "postmaster.pid").unlink(missing_ok=True)
    return False


def _runs(data: pathlib.Path) -> bool:
    """Return whether the process that the data folder names is a server on this very folder."""
    try:
        process = psutil.Process(int((data / "postmaster.pid").read_text().split()[0]))
        # as paths: on Windows pg_ctl starts it with forward slashes, and names there have no case
        return data in map(pathlib.Path, process.cmdline())
    except (FileNotFoundError, IndexError, ValueError, psutil.NoSuchProcess):
        return False
    except psutil.AccessDenied:  # zombies and foreign accounts; waiting is safer than a second server on the data
        return True


def _answers(binaries: Binaries) -> bool:
    return binaries.run("pg_isready", "-h", "127.0.0.1", "-p", str(_access(binaries.home).port))[0] == 0


def _launch(binaries: Binaries, options: Mapping[str, str]) -> Access:
    data, access = binaries.home / "data", _access(binaries.home)
    if not _is_free(access.port):
        access = Access(free_port(), access.password)
        _keep(binaries.home, access)
    settings = " ".join(f"-c {name}={value}" for name, value in {**options, "port": str(access.port)}.items())
    log = data / _LOG
    before = log.stat().st_size if log.exists() else 0
    code, _ = binaries.run(
        "pg_ctl", "start", "-D", str(data), "-l", str(log), "-w", "-t", str(int(_PATIENCE)), "-o", settings
    )
    if code:
        why = _why(log.read_bytes()[before:].decode(errors="replace")) if log.exists() else None
        raise Transient(f"内置数据库没有启动（{why or '原因不明'}），详见日志：{log}")
    return access


def free_port() -> int:
    """Return a free port below the ephemeral range: a client that retries there may connect to itself."""
    return next(port for port in random.sample(range(20000, 32000), 200) if _is_free(port))


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        if os.name == "posix":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def _access(home: pathlib.Path) -> Access:
    return Access(**json.loads((home / "access.json").read_text()))


def _keep(home: pathlib.Path, access: Access) -> None:
    _write_private(home / "access.part", json.dumps({"port": access.port, "password": access.password}))
    (home / "access.part").replace(home / "access.json")


def _write_private(path: pathlib.Path, text: str) -> None:
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _why(said: str) -> str | None:
    """Return in a few words what the programs gave as the reason."""
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    return system_said(full) if str(full.strerror) in said else first_error(said)
