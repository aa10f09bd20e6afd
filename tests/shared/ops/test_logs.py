"""Log lines: JSON on standard error, one for each unit of work."""

import json
import logging
import pathlib
import re
import sys
import uuid

import structlog

from shared.ops import logs


def test_a_line_is_one_json_object_on_standard_error(capsys):
    """Machines read it; Chinese stays Chinese; standard output stays free."""
    logs.configure()
    structlog.get_logger("x").info("event", stage="parse", agency="样例市数据局")
    printed = capsys.readouterr()
    line = json.loads(printed.err)
    assert printed.out == ""
    assert (line["event"], line["stage"], line["level"]) == ("event", "parse", "info")
    assert "样例市数据局" in printed.err
    assert line["timestamp"].endswith("Z")


def test_detail_for_programmers_is_left_out(capsys):
    """Debug lines would be many and say nothing to an operator."""
    logs.configure()
    structlog.get_logger("x").debug("detail")
    assert capsys.readouterr().err == ""


def test_what_libraries_warn_of_is_a_line_of_ours_once_a_minute(capsys):
    """A client that repeats itself while a broker is away fills no disk; an error stands with its type, not its text."""
    library = logging.getLogger("some.library")
    for number in range(3):
        library.warning("no connection to node %s", number)
    library.error("it broke", exc_info=ValueError("样例市的报告"))
    library.info("not worth a line")
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [line["said"] for line in lines] == ["no connection to node 0", "it broke"]
    assert lines[1]["error"] == "ValueError"
    assert "样例市" not in str(lines)


def test_whatever_a_line_carries_is_masked(capsys):
    """File names may be a person's; numbers of records, documents and traces stay, and so do figures."""
    folder, record = pathlib.Path("/样例/13912345678"), uuid.UUID("a1b2c3d4-0000-4000-8000-f13912345678")
    sources = ["张三 13912345678.docx", {"name": "zhangsan8@qq.com.txt"}]
    structlog.get_logger("x").info(
        "taken", source=sources, folder=folder, record=record, document="a13912345678", bytes=1
    )
    logging.getLogger("some.library").warning("cannot read %s", "139-1234-5678.txt")
    printed = capsys.readouterr().err
    taken, overheard = map(json.loads, printed.splitlines())
    assert taken["source"] == ["张三 139****5678.docx", {"name": "zha***an8@qq.com.txt"}]
    assert (taken["folder"], taken["record"], taken["document"]) == ("/样例/139****5678", str(record), "a13912345678")
    assert taken["bytes"] == 1
    assert overheard["said"] == "cannot read 139******5678.txt"


def test_a_person_at_a_terminal_reads_sentences(capsys, monkeypatch):
    """A line with a sentence is that, one with an empty sentence is left out, and one without stays whole; a log file never changes."""
    told = {"taken": "收到：{source}", "step": ""}

    def sentence(line):
        return told[line["event"]].format_map(line) if line["event"] in told else None

    def written():
        for event in ("taken", "step", "trouble"):
            structlog.get_logger("x").info(event, source="13912345678.docx")
        return capsys.readouterr().err.splitlines()

    logs.configure(sentence)
    assert [json.loads(line)["event"] for line in written()] == ["taken", "step", "trouble"]
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    logs.configure(sentence)
    taken, trouble = written()
    assert re.fullmatch(r"\d\d:\d\d:\d\d  收到：139\*\*\*\*5678.docx", taken)
    assert "trouble" in trouble
    monkeypatch.undo()
    logs.configure()
