"""`nianbao rules`."""

import json

from typer.testing import CliRunner

from services.validate.cli import rules
from services.validate.rules import RULES
from shared.ops.errors import UsageError

RUN = CliRunner()


def test_list_shows_every_rule_once():
    """A line a rule, in the order of the rule book."""
    lines = RUN.invoke(rules, ["list"]).output.splitlines()
    assert [line.split()[0] for line in lines] == [rule.id for rule in RULES]


def test_list_as_json_is_an_object_a_line():
    """Programs read id, severity, title and basis."""
    objects = [json.loads(line) for line in RUN.invoke(rules, ["list", "--format", "json"]).output.splitlines()]
    assert [each["id"] for each in objects] == [rule.id for rule in RULES]
    assert objects[0].keys() == {"id", "severity", "title", "basis"}


def test_list_can_be_of_a_family_and_of_a_severity():
    """In small letters too; a family that is not there fails loudly."""
    t4 = RUN.invoke(rules, ["list", "--family", "t4"]).output.splitlines()
    assert [line.split()[0] for line in t4] == [rule.id for rule in RULES if rule.family == "T4"]
    errors = RUN.invoke(rules, ["list", "--severity", "E", "--family", "C"]).output.splitlines()
    assert errors
    assert {(line[0], line.split()[1]) for line in errors} == {("C", "E")}
    assert isinstance(RUN.invoke(rules, ["list", "--family", "Z"]).exception, UsageError)


def test_explain_says_what_why_and_by_which_law():
    """Also for an id in small letters; several at once."""
    output = RUN.invoke(rules, ["explain", "t3-01", "F-04"]).output
    assert "T3-01 表三一行的合计与总计不符" in output
    assert "为什么：" in output
    assert "国办公开办函〔2021〕30号，2021-09-26" in output
    assert "F-04 缺少表格" in output


def test_explain_as_json():
    """The same parts for programs."""
    (line,) = RUN.invoke(rules, ["explain", "T3-06", "--format", "json"]).output.splitlines()
    details = json.loads(line)
    assert (details["id"], details["severity"], details["tables"]) == ("T3-06", None, ["3"])
    assert details["breaks"][0].keys() == {"what", "known", "differences"}
    assert details["answer"] == "不单独成为问题，不需要答复。"


def test_an_unknown_id_is_one_clear_line():
    """Asking for a rule that is not there fails loudly, also among others that are."""
    result = RUN.invoke(rules, ["explain", "T3-01", "T9-99"])
    assert isinstance(result.exception, UsageError)
    assert "T9-99" in str(result.exception)
    assert result.output == ""
