"""`nianbao rules`."""

import json

import pytest
from typer.testing import CliRunner

from services.validate.cli import rules
from services.validate.rules import RULES
from services.validate.ruleset_file import configuration_of
from shared.ops.errors import UsageError

RUN = CliRunner()


def test_list_shows_every_rule_once():
    """A line a rule, in the order of the rule book."""
    lines = RUN.invoke(rules, ["list"]).output.splitlines()
    assert [line.split()[0] for line in lines] == [rule.id for rule in RULES]


def test_list_as_json_is_an_object_a_line():
    """Programs read id, severity, title, basis, and what keeps the rule from running on every report."""
    objects = [json.loads(line) for line in RUN.invoke(rules, ["list", "--format", "json"]).output.splitlines()]
    assert [each["id"] for each in objects] == [rule.id for rule in RULES]
    assert objects[0].keys() == {"id", "severity", "title", "basis", "gate"}
    assert all(each["gate"] is None for each in objects if each["id"] != "M-03")


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


def test_the_template_changes_nothing_as_it_is_and_is_written_once(tmp_path):
    """It can be checked and used at once; a file that an office has filled in is never written over."""
    path = tmp_path / "ruleset.toml"
    assert RUN.invoke(rules, ["template", str(path)]).output == f"{path}\n"
    assert RUN.invoke(rules, ["check", str(path)]).output.endswith("，与规则原来的规定相同\n")
    assert configuration_of(path).ruleset.version.endswith("+2025-1")
    assert "已经存在" in str(RUN.invoke(rules, ["template", str(path)]).exception)


@pytest.fixture
def ruleset(tmp_path):
    """Give a rule-set file that sets something of each kind."""
    file = tmp_path / "ruleset.toml"
    file.write_text(
        """version = "1"
off = ["T2-08"]
[severity]
T3-09 = "W"
[threshold]
T3-09.cases = 20
[years]
T3-09 = { from = 2021 }
C-08 = { from = 2020, until = 2020 }
""",
        encoding="utf-8",
    )
    return file


def test_list_shows_what_is_in_force(ruleset, monkeypatch):
    """Severities as set, and what is switched off or for some years only; by the option or by the setting."""
    as_written = RUN.invoke(rules, ["list"]).output
    by_option = RUN.invoke(rules, ["list", "--ruleset", str(ruleset)]).output
    monkeypatch.setenv("NIANBAO_RULESET", str(ruleset))
    assert RUN.invoke(rules, ["list"]).output == by_option
    told = {line.split()[0]: line for line in by_option.splitlines()}
    assert told["T3-09"] == "T3-09  W  结转下年度的申请过多（2021年度起适用）"
    assert told["C-08"].endswith("（2020年度适用）")
    assert told["T2-08"].endswith("（停用）")
    assert set(as_written.splitlines()) - set(by_option.splitlines()) == {
        line for line in as_written.splitlines() if line.split()[0] in {"T3-09", "C-08", "T2-08"}
    }
    warnings = RUN.invoke(rules, ["list", "--family", "T3", "--severity", "W"]).output
    assert "T3-09" in warnings


def test_explain_shows_what_is_in_force(ruleset):
    """The severity, the thresholds, and what the office has set otherwise."""
    output = RUN.invoke(rules, ["explain", "T3-09", "--ruleset", str(ruleset)]).output
    assert "请核实 · 表三" in output
    assert "T3-09.cases = 20：" in output
    assert output.endswith("本单位的设定\n  · 级别：提示 → 请核实\n  · cases：10 → 20\n  · 2021年度起适用\n")
    assert "本单位的设定" not in RUN.invoke(rules, ["explain", "T3-01", "--ruleset", str(ruleset)]).output
    (line,) = RUN.invoke(rules, ["explain", "T3-09", "--ruleset", str(ruleset), "--format", "json"]).output.splitlines()
    details = json.loads(line)
    assert (details["severity"], details["gate"]) == ("W", "2021年度起适用")
    assert [(each["name"], each["value"], each["default"]) for each in details["thresholds"]] == [
        ("cases", 20, 10),
        ("percent", 25, 25),
    ]


def test_a_file_is_checked(ruleset):
    """What it sets, under which version and hash; as an object for programs."""
    output = RUN.invoke(rules, ["check", str(ruleset)]).output.splitlines()
    configuration = configuration_of(ruleset)
    assert output[0] == f"可以使用：规则集 {configuration.ruleset.version}（{configuration.ruleset.hash[:12]}）"
    assert output[1:] == [
        "C-08   2020年度适用",
        "T2-08  停用",
        "T3-09  级别：提示 → 请核实；cases：10 → 20；2021年度起适用",
    ]
    told = json.loads(RUN.invoke(rules, ["check", str(ruleset), "--format", "json"]).output)
    assert told["hash"] == configuration.ruleset.hash
    assert told["set"]["T2-08"] == ["停用"]


def test_a_file_that_cannot_be_used_is_refused(ruleset):
    """One line names the file, the line and the key."""
    ruleset.write_text(ruleset.read_text("utf-8").replace("T3-09.cases", "T3-09.case"), "utf-8")
    for command in (["check", str(ruleset)], ["list", "--ruleset", str(ruleset)]):
        refused = RUN.invoke(rules, command)
        assert isinstance(refused.exception, UsageError)
        assert str(refused.exception) == (
            f"规则集文件 {ruleset}：第6行 threshold.T3-09.case：规则T3-09没有名为“case”的限值，是否应为“cases”"
        )
