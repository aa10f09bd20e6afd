"""Figures for a rule, or what stands in their way."""

from services.validate.operands import figures
from services.validate.rule import Unchecked
from services.validate.subject import Subject
from shared.model.finding import CellPlace
from shared.testing.reports import clean_report, edit

ADDRESSES = (("规章", "本年制发件数"), ("行政规范性文件", "现行有效件数"))


def test_figures_come_together_or_not_at_all():
    """One unusable cell is enough, and it is named."""
    assert figures(Subject(clean_report()).filled["2"], ADDRESSES) == [0, 31]
    report = edit(clean_report(), {"table2/规章/本年制发件数": "无"})
    place = CellPlace("2", "规章", "本年制发件数")
    assert figures(Subject(report).filled["2"], ADDRESSES) == Unchecked("operand_placeholder", (place,))
