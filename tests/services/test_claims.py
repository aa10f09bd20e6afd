"""`nianbao claims`: what the prose says, a row a claim."""

import json
import pathlib

import pytest

from services.__main__ import main
from services.parse.core import parse
from shared.forms.metrics import metric_title
from shared.model.number import as_json

SAMPLES = pathlib.Path(__file__).parents[2] / "shared" / "testing" / "samples"
CLEAN = SAMPLES / "样例市数据局-2024.txt"


def run(*arguments: object, capfd: pytest.CaptureFixture[str]) -> tuple[int | str | None, str, str]:
    """Return exit code, standard output and standard error of `nianbao claims`."""
    with pytest.raises(SystemExit) as ended:
        main(["claims", *map(str, arguments)])
    return ended.value.code, *capfd.readouterr()


def test_json_has_every_claim_of_the_report(capfd: pytest.CaptureFixture[str]):
    """One object a claim, as the core reads it, with the metric's Chinese title."""
    code, told, _ = run(CLEAN, "--format", "json", capfd=capfd)
    (report,) = parse(CLEAN.read_bytes(), source=CLEAN.name).reports
    rows = [json.loads(line) for line in told.splitlines()]
    assert code == 0
    assert len(rows) == len(report.claims) > 3
    for row, claim in zip(rows, report.claims, strict=True):
        same = ("metric", "unit", "year", "scope", "section", "quote", "confidence")
        assert [row[name] for name in same] == [getattr(claim, name) for name in same]
        assert row["value"] == as_json(claim.value)
        assert row["title"] == metric_title(claim.metric)
        assert row["source"] == str(CLEAN)


def test_text_speaks_chinese(capfd: pytest.CaptureFixture[str]):
    """A row has the figure with what it is about and its words; a statement is 是, the scope is told in words."""
    _, told, _ = run(CLEAN, capfd=capfd)
    heading, *rows = [line.split() for line in told.splitlines()]
    assert heading == ["文件", "部分", "说的是", "数值", "单位", "年度", "范围", "把握", "原文", "代号"]
    assert ["表三“一、本年新收·总计”", "42", "件", "2024", "本机关"] in [row[2:7] for row in rows]
    assert ["没有收取信息处理费", "是", "2024", "本机关"] in [row[2:6] for row in rows]


def test_what_cannot_be_read_is_told(capfd: pytest.CaptureFixture[str]):
    """A document that cannot be read is a line on standard error and exit code 3; one that is no report has no claims."""
    code, _, said = run(SAMPLES / "空文件.txt", capfd=capfd)
    assert code == 3
    assert "空文件.txt" in said
    assert run(SAMPLES / "新闻-年度报告发布.html", capfd=capfd) == (0, "没有读到正文中的数据\n", "")
