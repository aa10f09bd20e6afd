"""Rows as a person, a program and a spreadsheet get them."""

import io
import json
import pathlib
import sys
from datetime import UTC, datetime
from uuid import UUID

import openpyxl
import pytest
from rich.cells import cell_len

from shared.ops.errors import UsageError
from shared.output.table import Column, base_name, code_of, short_id, write_table

ID = UUID("7d0e3c1a-9a55-5a3e-8a51-0a7d0f2f6c11")
SOURCE = "/srv/incoming/" + "很长的文件夹/" * 30 + "年报.html"
COLUMNS = (
    Column("id", "编号", short=short_id),
    Column("status", "状态", words={"held": "待放行"}.__getitem__),
    Column("source", "来源", short=base_name),
    Column("at", "时间"),
)
ROWS = [{"id": ID, "status": "held", "source": SOURCE, "at": datetime(2025, 1, 20, tzinfo=UTC)}]


def test_a_pipe_gets_a_row_a_line(capsys: pytest.CaptureFixture[str]):
    """Nothing is wrapped, codes are words, ids and sources short."""
    wide = [{**ROWS[0], "status": None, "source": "长" * 400}]
    write_table(COLUMNS, ROWS + wide, "text")
    _, line, other = capsys.readouterr().out.splitlines()
    assert line.split()[:3] == ["7d0e3c1a", "待放行", "年报.html"]
    assert "长" * 400 in other


def test_programs_get_codes_and_all_of_it(capsys: pytest.CaptureFixture[str]):
    """JSON keeps values as they are."""
    write_table(COLUMNS, ROWS, "json")
    row = json.loads(capsys.readouterr().out)
    assert (row["id"], row["status"], row["source"]) == (str(ID), "held", SOURCE)


def test_a_workbook_gets_words_and_all_of_it(tmp_path: pathlib.Path):
    """A person reads it, and looks for the whole path."""
    write_table(COLUMNS, ROWS, "xlsx", tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO((tmp_path / "a.xlsx").read_bytes())).active
    assert [cell.value for cell in sheet[2]][:3] == [str(ID), "待放行", SOURCE]
    with pytest.raises(UsageError, match="--output"):
        write_table(COLUMNS, ROWS, "xlsx")


def test_a_narrow_terminal_leaves_out_what_matters_less_and_says_so(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    """A column of four characters is read by nobody; the last minor one goes first, and none where all can be read."""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    columns = (
        Column("id", "编号", short=short_id),
        Column("a", "甲", minor=True),
        Column("b", "乙"),
        Column("c", "丙", minor=True),
    )
    rows = [{"id": ID, "a": "字" * 20, "b": "字" * 20, "c": "字" * 20}]
    for width, left_out in ((50, []), (49, ["丙"]), (36, ["丙"]), (35, ["甲", "丙"]), (20, ["甲", "丙"])):
        monkeypatch.setenv("COLUMNS", str(width))
        write_table(columns, rows, "text")
        heading, *lines = capsys.readouterr().out.splitlines()
        assert [name for name in "甲乙丙" if name not in heading] == left_out
        told = lines[-1:] if left_out else []
        assert told == ([f"（窗口太窄，没有显示：{'、'.join(left_out)}）"] if left_out else [])
        assert max(map(cell_len, lines[: -1 if left_out else None])) <= width


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("a/b.zip/c.txt", "c.txt"),
        ("C:\\年报\\a.txt", "a.txt"),
        ("a.txt", "a.txt"),
        ("folder/", "folder"),
        ("https://www.example.invalid/2024/report.html", "https://www.example.invalid/2024/report.html"),
    ],
)
def test_a_file_is_known_by_its_name(source: str, name: str):
    """A web address by all of it."""
    assert base_name(source) == name


@pytest.mark.parametrize("named", ["held", "待放行"])
def test_a_code_is_named_by_its_words_or_by_itself(named: str):
    """A person copies what a table shows; a slip is told with all there are."""
    words = {"held": "待放行", "sent": "已发送"}
    assert code_of(named, words) == "held"
    with pytest.raises(UsageError, match="待放行、已发送"):
        code_of(named[:2], words)
