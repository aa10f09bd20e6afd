"""Marks in a narrative's prose are its claims, and its figures fill the tables."""

import pytest

from shared.testing.narratives import Stated, narratives, plain

ENTRY = """
[[report]]
id = "001"
agency = "样例市数据局"
year = 2024
figures = "新收 5 1; 结转 1; 公开 3; 不掌握 1 1; 复议 1 0 0 2"
one = "收到{六|新收=6}件，办结{5|办结?}件，{无复议、诉讼|无复议+无诉讼}，{1|当面~信函}件，全市{9|复议@region}件。"
findings = ["N-01~N-17 E 6 -"]
"""


@pytest.fixture
def narrative(tmp_path):
    """Give the narrative of a file."""
    (tmp_path / "001.toml").write_text(ENTRY, encoding="utf-8")
    (read,) = narratives(tmp_path)
    return read


def test_marks_are_claims(narrative):
    """A mark gives metric, value and scope; alternatives, pairs and what is optional are kept apart."""
    assert plain(narrative.chapters[1]) == "收到六件，办结5件，无复议、诉讼，1件，全市9件。"
    assert [(each.ways, each.optional) for each in narrative.expected] == [
        ({Stated("table3/本年新收/总计", 6)}, False),
        ({Stated("table3/总计/总计", 5)}, True),
        ({Stated("statement/未发生行政复议", True)}, False),
        ({Stated("statement/未发生行政诉讼", True)}, False),
        ({Stated("channel/当面", 1), Stated("channel/信函", 1)}, False),
        ({Stated("table4/行政复议/总计", 9, "region")}, False),
    ]


def test_totals_follow_from_the_figures(narrative):
    """Row totals, the total of outcomes, what is carried over and the totals of table 4 are reckoned."""
    figures = narrative.figures
    assert figures["3", "本年新收", "总计"] == "6"
    assert (figures["3", "总计", "自然人"], figures["3", "总计", "总计"]) == ("4", "5")
    assert (figures["3", "结转下年度", "自然人"], figures["3", "结转下年度", "总计"]) == ("2", "2")
    assert figures["4", "行政复议", "总计"] == "3"


def test_contradictions_are_read(narrative):
    """A line of findings names rules, severity, what is read and what is expected; - is not compared."""
    (each,) = narrative.contradictions
    assert (each.rules, each.severities, each.read, each.expected) == ({"N-01", "N-17"}, {"E"}, 6, None)
