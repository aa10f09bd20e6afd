"""The laptop bundle: whole, for every platform, installed without a network, and it runs."""

import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys

import pypdfium2
import pytest
import typer

from services.__main__ import build
from shared.testing import database as testing
from shared.testing.formats import chromium
from shared.testing.guides import understood
from shared.testing.waiting import until

ROOT = pathlib.Path(__file__).parents[2]
SOURCE = ROOT / "deploy" / "bundle"
SAMPLE = ROOT / "shared" / "testing" / "samples" / "样例市民政局-2024.txt"
SHELL = "/bin/sh"
NOWHERE = "http://127.0.0.1:9"
GUIDE = (SOURCE / "使用说明.html").read_text(encoding="utf-8")
TYPED = [line.split()[1:] for line in re.findall(r"<code>(nianbao [^<]+)</code>", GUIDE)]


def environment(home):
    """Return what a laptop without network has: a home folder, a Python, and no way out."""
    allowed = {name: os.environ[name] for name in ("NIANBAO_ALLOW_ROOT",) if name in os.environ}
    ports = {"NIANBAO_UPLOAD_PORT": "0", "NIANBAO_HTTP_PORT": "0"}
    network = {"PIP_NO_INDEX": "1", "http_proxy": NOWHERE, "https_proxy": NOWHERE, "all_proxy": NOWHERE}
    return (
        {"PATH": os.environ["PATH"], "HOME": str(home), "PYTHON": sys.executable, "PIP_NO_COMPILE": "1"}
        | network
        | ports
        | allowed
    )


def run(folder, script, *arguments, **changed):
    """Run a script of the bundle to its end."""
    home = folder.parent / "home"
    home.mkdir(exist_ok=True)
    return subprocess.run(
        [SHELL, str(folder / script), *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment(home) | changed,
        timeout=240,
        check=False,
    )


@pytest.fixture(scope="module")
def installed(bundle):
    """Give a copy of the bundle with install.sh run in it, and what that said."""
    with testing.data_folder() as folder:
        place = shutil.copytree(bundle, folder / "nianbao-bundle")
        (
            place / "wheels" / "nianbao-99.0-py3-none-any.whl"
        ).touch()  # left by another bundle that this one was copied over
        yield place, run(place, "install.sh")


def test_it_installs_without_a_network(installed):
    """install.sh needs nothing but what lies beside it, and keeps nothing in the home folder."""
    folder, said = installed
    assert said.returncode == 0, said.stderr
    assert "装好了" in said.stdout
    assert (folder / "报告").is_dir()
    assert not {".cache", ".config", ".local"} & {path.name for path in (folder.parent / "home").iterdir()}


def test_check_writes_its_page_beside_it(installed):
    """check.sh checks the folder of reports and says where the page is; the verdict gives the exit code."""
    folder, _ = installed
    shutil.copy(SAMPLE, folder / "报告")
    checked = run(folder, "check.sh")
    page = folder / "核验结果.html"
    assert checked.returncode == 1, checked.stderr
    assert str(page) in checked.stdout.splitlines()
    assert "样例市民政局" in page.read_text(encoding="utf-8")


@pytest.fixture
def started(installed):
    """Give the folder of a bundle that start.sh was run in, the process and its log."""
    folder, _ = installed
    log = folder / "log"
    shutil.copy(SAMPLE, folder / "报告")
    with log.open("wb") as written:
        process = subprocess.Popen(
            [SHELL, str(folder / "start.sh")], env=environment(folder), stdout=written, stderr=written
        )
    yield folder, process, log
    if process.poll() is None:
        process.kill()


async def test_it_starts_takes_a_report_and_stops(started):
    """start.sh runs all services on data beside it; Ctrl-C ends it with 0, and its database with it."""
    folder, process, log = started
    server = folder / "data" / "postgresql" / "data" / "postmaster.pid"

    async def judged():
        assert process.poll() is None, log.read_text(encoding="utf-8")
        said = log.read_text(encoding="utf-8")
        return '"listening"' in said and '"stage": "notify"' in said

    await until(judged, seconds=90)
    listed = run(folder, "nianbao.sh", "reports", "list", "--format", "json")
    assert json.loads(listed.stdout)["agency_name"] == "样例市民政局"
    assert server.exists()
    process.send_signal(signal.SIGINT)
    assert process.wait(60) == 0, log.read_text(encoding="utf-8")
    assert not server.exists()


def test_a_file_that_was_not_copied_whole_is_noticed(bundle, tmp_path):
    """A wheel that differs by one byte is not installed."""
    folder = shutil.copytree(bundle, tmp_path / "nianbao-bundle")
    with next(folder.glob("wheels/aiosmtplib-*.whl")).open("ab") as wheel:
        wheel.write(b"x")
    said = run(folder, "install.sh")
    assert said.returncode == 1
    assert "HASH" in said.stderr.upper()
    assert said.stderr.splitlines()[-1].startswith("没有装成")


def test_a_missing_folder_and_a_foreign_platform_are_one_clear_line(bundle, tmp_path):
    """Without wheels, or with those of another platform, install.py says so before it makes anything."""
    folder = shutil.copytree(bundle, tmp_path / "nianbao-bundle", ignore=shutil.ignore_patterns("wheels"))
    assert "没有 wheels 文件夹" in run(folder, "install.sh").stderr
    (folder / "wheels").mkdir()
    (folder / "wheels" / "some-1-cp311-cp311-win_amd64.whl").touch()
    assert "不适用于本机的 Python" in run(folder, "install.sh").stderr
    assert not (folder / "venv").exists()


def test_without_python_it_says_what_to_install(bundle, tmp_path):
    """A computer without a Python that fits gets one line, and 1."""
    (tmp_path / "dirname").symlink_to(shutil.which("dirname"))
    said = run(bundle, "install.sh", PATH=str(tmp_path), PYTHON="")
    assert said.returncode == 1
    assert said.stderr.startswith("没有找到 Python 3.11")


def test_before_it_is_installed_the_others_say_so(bundle):
    """start, check and nianbao name install."""
    for script in ("start.sh", "check.sh", "nianbao.sh"):
        said = run(bundle, script)
        assert (said.returncode, said.stderr) == (1, "还没有安装：请先运行 ./install.sh\n")


def test_batch_files_are_what_cmd_reads(bundling, bundle):
    """CRLF, no mark at the start, nothing but ASCII before the code page is UTF-8, and no label after it."""
    for name in bundling.FOR_WINDOWS:
        written = (bundle / name).read_bytes()
        assert written.count(b"\n") == written.count(b"\r\n") > 0
        assert written.startswith(b"@echo off\r\n")
        before, _, after = written.partition(b"chcp 65001")
        assert before.isascii()
        first = next(place for place, byte in enumerate(after) if byte > 127)
        assert not re.search(rb"^:\w", after[first:], re.MULTILINE), name


def test_every_script_names_the_same_pythons(bundling):
    """What install.bat and install.sh look for, and the guide asks for, is what the bundle has wheels for."""
    pythons = bundling.PYTHONS
    batch, shell = ((SOURCE / name).read_text(encoding="utf-8") for name in ("install.bat", "install.sh"))
    assert re.search(r"for %%v in \(([\d. ]+)\)", batch)[1].split() == list(reversed(pythons))
    assert re.findall(r"python(3\.\d+) ", shell.split("; do")[0]) == list(reversed(pythons))
    span = tuple(tuple(map(int, version.split("."))) for version in (pythons[0], pythons[-1]))
    for script in (batch, shell):
        assert f"not {span[0]} <= sys.version_info[:2] <= {span[1]}" in script
    assert f"Python {'、'.join(pythons[:-1])} 或 {pythons[-1]}" in GUIDE


@pytest.mark.parametrize("words", TYPED, ids=" ".join)
def test_the_guide_names_commands_that_are_understood(words):
    """What a clerk types from the page is a command, with all that it needs, or the beginning of one."""
    understood(typer.main.get_command(build()), "nianbao", words)


@pytest.mark.skipif(not chromium.installed(), reason="chromium is not installed")
def test_the_guide_is_one_page():
    """It is printed and laid beside the computer."""
    assert len(pypdfium2.PdfDocument(chromium.printed(GUIDE))) == 1


def test_markers_are_those_of_the_target(bundling, tmp_path):
    """A requirement of Windows, or of an old Python, is downloaded for those alone, wherever the bundle is made."""
    lock = tmp_path / "lock"
    lock.write_text(
        "a==1 ; sys_platform == 'win32' \\\n    --hash=sha256:1\nb==2 ; python_full_version < '3.12' \\\n    --hash=sha256:2 \\\n"
        "    --hash=sha256:3\n    # via a\nc==3 ; platform_machine == 'aarch64' --hash=sha256:4\n",
        encoding="utf-8",
    )
    wanted = {
        platform: [line.split()[0] for line in bundling.requirements(lock, platform, python)]
        for platform, python in (("win_amd64", "3.13"), ("x86_64", "3.11"), ("aarch64", "3.12"))
    }
    assert wanted == {"win_amd64": ["a==1"], "x86_64": ["b==2"], "aarch64": ["c==3"]}
    assert list(bundling.requirements(lock, "x86_64", "3.11")) == ["b==2 --hash=sha256:2 --hash=sha256:3"]


def test_what_has_no_wheel_is_named(bundling, tmp_path, monkeypatch):
    """A package that is there as source only stops the making with its name, the platform and the Python."""
    (tmp_path / "onlysource-1.0.tar.gz").write_bytes(b"")
    lock = tmp_path / "lock"
    lock.write_text(f"onlysource==1.0 --hash=sha256:{'0' * 64}\n", encoding="utf-8")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    with pytest.raises(bundling.MissingWheelError, match=r"onlysource==1\.0 has no wheel for win_amd64, Python 3\.12"):
        bundling.download(lock, "win_amd64", "3.12", tmp_path)
