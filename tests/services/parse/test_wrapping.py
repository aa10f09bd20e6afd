"""Prose broken to a width: nothing firm is said that the unbroken prose does not say."""

import re

import pytest

from services.parse.core import parse
from services.parse.wrapping import broken
from shared.model.cell import Span
from shared.testing.layouts import CHAPTERS, blank_figures, render

PROSE = (
    "2024年，本机关共收到政府信息公开申请120件，其中自然人申请100件，法人或其他组织申请20件；上年结转15件。"
    "全年办结128件，结转下年度7件。予以公开22件，部分公开14件。被申请行政复议4件、提起行政诉讼15件。制发行政规范性文件5件。"
)
FIRM = 0.9


def firm(prose: str) -> set[tuple[str, object]]:
    """Return what a report whose first chapter has this prose claims for certain."""
    page = render(blank_figures(printed="0"), chapters={**CHAPTERS, 1: prose})
    (report,) = parse(page.encode(), source="report.txt").reports
    return {(claim.metric, claim.value) for claim in report.claims if claim.confidence >= FIRM}


@pytest.mark.parametrize("width", range(8, 60))
def test_no_line_break_makes_a_figure(width):
    """Wherever the lines end, within words and within figures, what is sure is also sure in one line."""
    assert firm("\n".join(re.findall(f".{{1,{width}}}", PROSE))) <= firm(PROSE)


def test_paragraphs_are_not_doubted():
    """What ends with its line, under a heading or indented, is as sure as in one line."""
    paragraphs = PROSE.replace("。", "。\n")
    assert firm(f"（一）依申请公开工作情况\n{paragraphs}") >= firm(PROSE.partition("。")[0])
    assert firm(f"    {PROSE}") == firm(f"工作情况\n{PROSE}") == firm(PROSE)


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("", []),
        ("收到申请60件,其中自\n然人50件。", [(False, True), (True, False)]),
        ("收到申请60件,\n其中50件。", [(False, True), (True, False)]),
        ("收到申请60件。\n办结50件。", [(False, False)] * 2),
        ("总体情况\n收到申请60件,办结50件。", [(False, False)] * 2),
        ("全年公开,成效明显\n\n收到申请60件。", [(False, False)] * 2),
        ("全年公开,成效明显\n  收到申请60件。", [(False, False)] * 2),
        ("全年公开,成效明显\n(二)收到申请60件。", [(False, False)] * 2),
        ("本机关收到\n信息公开申\n请60件及其\n他5件。", [(False, True), (True, True), (True, True), (True, False)]),
    ],
)
def test_which_sentences_go_on(text, cut):
    """A line goes on in the next where its sentence is open, unless that one begins something new."""
    lines = [Span(*match.span()) for match in re.finditer(r"[^\n]+", text)]
    assert [(before, after) for _, before, after in broken(text, lines)] == cut
