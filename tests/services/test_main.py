import os
import pathlib
import subprocess
import sys
from importlib.metadata import version

import pytest
import typer

from services.__main__ import COMMANDS, build, main
from shared.ops.errors import Halted, Transient, UsageError

NIANBAO = [sys.executable, "-m", "services"]


def code_of(arguments: list[str]) -> int | str | None:
    """Return the exit code of the command."""
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    return ended.value.code


def test_every_command_can_be_mounted():
    """Each entry of the table names a module and an attribute that are there, and the help lists them all."""
    names = set(typer.main.get_command(build()).commands)  # type: ignore[attr-defined]
    assert names == set(COMMANDS)


def test_version(capsys: pytest.CaptureFixture[str]):
    """--version prints name and version."""
    assert code_of(["--version"]) == 0
    assert capsys.readouterr().out == f"nianbao {version('nianbao')}\n"


def test_unknown_command_and_missing_argument_are_usage(capsys: pytest.CaptureFixture[str]):
    """What cannot be understood is exit code 2, said on standard error."""
    assert code_of(["chekc"]) == 2
    assert code_of(["check"]) == 2
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("fault", "code"), [(UsageError("请换一个"), 2), (Transient("数据库没有运行"), 4), (Halted("parse 已自行停下"), 4)]
)
def test_an_expected_fault_is_one_line(
    fault: Exception, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    """A fault of the person's is exit code 2, of the environment's 4; each one line on standard error, no traceback."""

    def failing(paths: list[str]) -> None:
        assert paths == ["x"]
        raise fault

    monkeypatch.setattr("services.check.check", failing)
    assert code_of(["check", "x"]) == code
    assert capsys.readouterr().err == f"nianbao: {fault}\n"


def test_a_slip_in_the_settings_file_stops_a_command(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    """A setting that does not exist is refused before the command does anything."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "nianbao.toml").write_text('relese = "auto"', encoding="utf-8")
    assert code_of(["reports", "list"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_full_disk_is_the_environments_fault():
    """Output that cannot be written is exit code 4 and one line."""
    if not os.path.exists("/dev/full"):  # noqa: PTH110 - a device, not a file of ours
        return
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        run = subprocess.run(
            [*NIANBAO, "check", "--format", "json", "-"], input=b"x", stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert (run.returncode, run.stderr.count(b"\n")) == (4, 1)


def test_a_reader_that_has_gone_is_no_fault():
    """`nianbao … | head` ends quietly."""
    process = subprocess.Popen([*NIANBAO, "rules", "list"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.close()
    _, errors = process.communicate()
    assert errors == b""


def test_check_needs_no_database_library(tmp_path: pathlib.Path):
    """`check` runs where neither the database's nor the broker's library can be loaded, and loads neither."""
    guard = "import sys\nfor name in ('asyncpg','aiokafka','faststream','pydantic_settings','rich','jinja2'):\n    sys.modules[name] = None\n"
    (tmp_path / "empty.txt").touch()
    program = f"{guard}from services.__main__ import main\nmain(['check', {str(tmp_path)!r}])"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert (run.returncode, run.stderr) == (3, b"")
