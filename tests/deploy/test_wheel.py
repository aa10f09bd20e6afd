"""The wheel: everything in it, nothing beside it, and it runs from an empty environment."""

import pathlib
import re
import subprocess
import sys
import zipfile

import pytest

from shared.testing import database as testing
from shared.testing.command import environment

ROOT = pathlib.Path(__file__).parents[2]
SAMPLE = ROOT / "shared" / "testing" / "samples" / "样例市民政局-2024.txt"
UV = pathlib.Path(sys.executable).with_name("uv")


@pytest.fixture(scope="module")
def wheel(bundle):
    """Give the wheel, among all that it needs."""
    (found,) = bundle.glob("wheels/nianbao-*.whl")
    return found


@pytest.fixture(scope="module")
def tool(wheel):
    """Give the folder of the commands that `uv tool install` makes from the wheel, in an empty environment, without network."""
    with testing.data_folder() as folder:
        places = {
            "UV_TOOL_DIR": str(folder / "tools"),
            "UV_TOOL_BIN_DIR": str(folder / "bin"),
            "UV_CACHE_DIR": str(folder / "cache"),
        }
        command = [
            str(UV),
            "tool",
            "install",
            "--quiet",
            "--offline",
            "--no-index",
            "--no-config",
            "--python",
            sys.executable,
        ]
        made = subprocess.run(
            [*command, "--find-links", str(wheel.parent), str(wheel)],
            capture_output=True, text=True, env=environment({}) | places, check=False,
        )  # fmt: skip
        assert made.returncode == 0, made.stderr
        yield folder / "bin"


def run(tool, *arguments, cwd=None):
    """Run the installed command to its end, away from the sources."""
    return subprocess.run(
        [str(tool / "nianbao"), *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment({}),
        cwd=cwd or tool,
        timeout=120,
        check=False,
    )


def test_all_of_the_code_is_in_it_and_nothing_else(wheel):
    """Templates, migrations and samples are in it; tests, docs and deploy are not."""
    inside = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    kept = {
        path.relative_to(ROOT).as_posix()
        for folder in ("services", "shared")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert inside == kept
    assert {pathlib.PurePath(name).suffix for name in inside} >= {".py", ".sql", ".html", ".css", ".csv", ".typed"}


def test_it_says_its_version(tool, wheel):
    """The version is that of the wheel."""
    assert run(tool, "--version").stdout == f"nianbao {wheel.name.split('-')[1]}\n"


def test_it_checks_a_report(tool):
    """`nianbao check` works where it is installed."""
    checked = run(tool, "check", str(SAMPLE))
    assert checked.returncode == 1, checked.stderr
    assert "需更正" in checked.stdout


def test_it_shows_the_demo(tool, tmp_path):
    """`nianbao demo` finds its samples, tables and mail templates in the wheel, and names itself so that it can be called."""
    shown = run(tool, "demo", cwd=tmp_path)
    assert shown.returncode == 0, shown.stderr
    assert re.search(r"写出了[1-9]\d*封邮件", shown.stdout)
    assert list((tmp_path / "demo-output" / "mails").glob("*.eml"))
