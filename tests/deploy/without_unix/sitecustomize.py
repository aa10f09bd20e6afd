"""Makes Python do without the modules that Windows lacks: every process with this folder on PYTHONPATH runs it at its start."""

import builtins
import os
import pathlib
import sys

ABSENT = {
    "crypt",
    "curses",
    "fcntl",
    "grp",
    "nis",
    "pty",
    "pwd",
    "readline",
    "resource",
    "spwd",
    "syslog",
    "termios",
    "tty",
    "uvloop",
}
ELSEWHERE = {
    ("fasteners.process_mechanism", "fcntl"),  # on Windows it locks with msvcrt and LockFileEx
    ("psutil._pslinux", "resource"),  # on Windows it is psutil._pswindows
    ("shared.database.postgres_binaries", "pwd"),  # reached only as root, which Windows has not
}
"""Who asks for what, behind a question for the operating system that is answered here with "not Windows"."""

_import = builtins.__import__


def _import_as_on_windows(name, *where, **named):
    variables, _, _, level = (*where, *(None,) * 4)[:4]
    asking = (variables or named.get("globals") or {}).get("__name__")
    if not (level or named.get("level")) and name in ABSENT and (asking, name) not in ELSEWHERE:
        raise ModuleNotFoundError(f"No module named {name!r}", name=name)
    return _import(name, *where, **named)


builtins.__import__ = _import_as_on_windows
if "WITHOUT_UNIX_LOG" in os.environ:
    with pathlib.Path(os.environ["WITHOUT_UNIX_LOG"]).open("a", encoding="utf-8") as log:
        log.write(f"{os.getpid()} {sys.orig_argv}\n")
