"""What Windows lacks is not needed. Nothing here is a run on Windows; README says so."""

import os
import pathlib
import re
import subprocess
import sys

import pytest

from shared.testing.command import environment

ROOT = pathlib.Path(__file__).parents[2]
SAMPLES = ROOT / "shared" / "testing" / "samples"
WITHOUT_UNIX = pathlib.Path(__file__).parent / "without_unix"
BIN = pathlib.Path(sys.executable).parent
GUARDED = {
    "services/parse/worker.py": {"setrlimit", "RLIMIT_AS", "RLIMIT_CPU", "getrlimit", "getrusage", "RUSAGE_SELF"},
    "shared/database/postgres_binaries.py": {"chown", "geteuid", "getpwnam"},
    "shared/testing/kafka.py": {"SIGSTOP", "SIGCONT", "SIGKILL"},
}
"""What the standard library has on Unix alone and is used all the same: behind a question for the system, or in tests."""


@pytest.fixture
def without_unix(tmp_path):
    """Give a way to run Python without Unix's modules, and the list of processes that did."""
    log = tmp_path / "processes"

    def run(*arguments):
        settings = environment({}) | {"PYTHONPATH": str(WITHOUT_UNIX), "WITHOUT_UNIX_LOG": str(log)}
        return subprocess.run(
            [sys.executable, *arguments],
            capture_output=True,
            text=True,
            encoding="utf-8",
            env=settings,
            cwd=tmp_path,
            timeout=120,
            check=False,
        )

    return run, lambda: log.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("name", ["fcntl", "resource", "pwd", "termios"])
def test_the_modules_are_away(without_unix, name):
    """The law below is one: a program that needs such a module fails."""
    run, _ = without_unix
    assert f"No module named '{name}'" in run("-c", f"import {name}").stderr


def test_check_needs_none_of_unix(without_unix):
    """`nianbao check` reads and judges all samples as it does with them."""
    run, _ = without_unix
    checked = run("-m", "services", "check", str(SAMPLES))
    assert checked.returncode == 3, checked.stderr
    assert re.search("共15个文件，1[12]份报告", checked.stdout)  # one more where recognition is installed


def test_demo_needs_none_of_unix(without_unix):
    """`nianbao demo` runs all four services, worker processes included, and writes its mails."""
    run, processes = without_unix
    shown = run("-m", "services", "demo")
    assert shown.returncode == 0, shown.stderr
    assert re.search(r"写出了[1-9]\d*封邮件", shown.stdout)
    assert any("spawn_main" in each for each in processes())


def test_nothing_is_used_that_windows_has_not():
    """The type checker, told that this is Windows, misses nothing but what is behind a guard."""
    command = [str(BIN / "mypy"), "--platform", "win32", "--cache-dir", os.devnull, "--no-error-summary"]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout
    missed = {path: set() for path in GUARDED}
    for path, name in re.findall(r'^(\S+?):\d+: error: Module has no attribute "(\w+)"', told, re.MULTILINE):
        missed.setdefault(pathlib.PurePath(path).as_posix(), set()).add(name)
    assert missed == GUARDED, told


def test_every_text_file_has_its_encoding():
    """No file is opened in the encoding of the machine, which on a Chinese Windows is GBK."""
    command = [str(BIN / "ruff"), "check", "--isolated", "--no-cache", "--preview", "--select", "PLW1514"]
    found = subprocess.run([*command, "services", "shared"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout
