"""`nianbao agencies`: faults by row, a diff before anything is written, a template that is never written over."""

import json
import sys

import pytest
from typer.testing import CliRunner

from shared.directory.cli import agencies
from shared.ops.errors import UsageError

LIST = "名称,别名,邮箱\n样例市数据局,市数据局,data@example.invalid\n样例县财政局,,\n"


@pytest.fixture
def run(database, monkeypatch):
    """Give a way to run the command on a fresh database."""
    monkeypatch.setenv("NIANBAO_DATABASE", database)
    monkeypatch.setenv("NIANBAO_OPERATOR", "王工")

    def run(*arguments, answer=None):
        return CliRunner().invoke(agencies, [str(each) for each in arguments], input=answer, catch_exceptions=False)

    return run


@pytest.fixture
def listed(tmp_path):
    """Give a small list."""
    path = tmp_path / "名录.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def test_an_import_shows_the_difference_and_asks(run, listed):
    """No is no; yes writes; the same list again is no change and no question."""
    refused = run("import", listed, answer="n\n")
    assert refused.exit_code == 1
    assert "新增2个，变更0个，移除0个" in refused.stdout
    assert "+ 样例市数据局（邮箱：data@example.invalid）" in refused.stdout
    assert run("list", "--format", "json").stdout == ""
    assert run("import", listed, answer="y\n").exit_code == 0
    assert run("import", listed).stdout == "名录没有变化。\n"


def test_a_dry_run_writes_nothing(run, listed):
    """Only the difference is shown."""
    assert "新增2个" in run("import", listed, "--dry-run").stdout
    assert run("list", "--format", "json").stdout == ""


def test_changes_are_told_field_by_field(run, listed):
    """An operator sees which mailbox becomes which."""
    run("import", listed, "--yes")
    listed.write_text("名称,邮箱\n样例市数据局,new@example.invalid\n", encoding="gb18030")
    shown = run("import", listed, "--yes").stdout.splitlines()
    assert shown[1:] == [
        "~ 样例市数据局：别名 市数据局 → 空，邮箱 data@example.invalid → new@example.invalid",
        "- 样例县财政局",
    ]


def test_json_is_one_object_a_line(run, listed):
    """A program reads the difference and the list."""
    lines = [json.loads(line) for line in run("import", listed, "--yes", "--format", "json").stdout.splitlines()]
    assert [(line["change"], line["agency"]["name"]) for line in lines] == [
        ("new", "样例市数据局"),
        ("new", "样例县财政局"),
    ]
    names = [json.loads(line)["name"] for line in run("list", "--format", "json").stdout.splitlines()]
    assert sorted(names) == ["样例县财政局", "样例市数据局"]


def test_every_faulty_row_is_a_line(run, listed):
    """All at once, by number; nothing is written."""
    listed.write_text("名称,层级,邮箱\n甲局,镇,x\n乙局,市,y\n", encoding="utf-8")
    with pytest.raises(UsageError, match="名录有3处错误，没有导入"):
        run("import", listed, "--yes")


def test_a_file_that_is_not_there_is_one_line(run, tmp_path):
    """No traceback for a slip of the hand."""
    with pytest.raises(UsageError, match="读不了"):
        run("import", tmp_path / "没有.xlsx")


@pytest.mark.skipif(sys.platform == "win32", reason="a path prints with backslashes there")
def test_the_template_is_written_once(run, tmp_path):
    """A filled-in list is never written over; the path stands alone on its line."""
    path = tmp_path / "名录.xlsx"
    assert run("template", path).stdout == f"{path}\n"
    with pytest.raises(UsageError, match="已经存在"):
        run("template", path)
