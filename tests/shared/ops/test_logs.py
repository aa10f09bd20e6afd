"""Log lines: JSON on standard error, one for each unit of work."""

import json
import logging

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
    try:
        raise ValueError("样例市的报告")
    except ValueError:
        library.exception("it broke")
    library.info("not worth a line")
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [line["said"] for line in lines] == ["no connection to node 0", "it broke"]
    assert lines[1]["error"] == "ValueError"
    assert "样例市" not in str(lines)
