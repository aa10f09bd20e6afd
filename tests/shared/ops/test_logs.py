"""Log lines: JSON on standard error, one for each unit of work."""

import json

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
