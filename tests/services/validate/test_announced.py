"""What an introduction says the report consists of."""

from dataclasses import replace

import pytest

from services.validate.announced import announced
from services.validate.passages import Prose
from shared.forms.chapters import CHAPTERS, heading
from shared.model.report import Section
from shared.testing.reports import clean_report

SIX = "总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、政府信息公开行政复议、行政诉讼情况、存在的主要问题及改进情况、其他需要报告的事项"
OLD = "概述，主动公开政府信息情况，依申请公开政府信息情况，政府信息公开的收费及减免情况，因政府信息公开申请行政复议、提起行政诉讼的情况，存在的主要问题及改进措施"


def _announced(introduction):
    start = len(introduction) + 1
    text = f"{introduction}\n{heading(1)}\n"
    section = Section(*CHAPTERS[1], start, len(text), chapter=1, body=len(text))
    return announced(Prose(replace(clean_report(), text=text, sections=(section,))))


@pytest.mark.parametrize(
    ("introduction", "number", "said", "strange"),
    [
        (f"本报告由{SIX}六个部分组成。", 6, True, ()),
        (f"全文包括:{SIX}。", 6, False, ()),
        (f"现将2024年工作报告如下。报告按照{SIX}等6个部分编制。", 6, True, ()),
        (f"本报告由{SIX}等七部分组成。", 7, True, ()),
        (f"全文包括{OLD}。", 6, False, ("政府信息公开的收费及减免情况",)),
        (f"全文包括{SIX}和附表，现将报告公布如下。", 6, False, ()),
        (
            f"全文包括：依申请公开政府信息情况，{SIX.replace('改进情况、其', '改进情况及其')}。",
            7,
            False,
            ("依申请公开政府信息情况",),
        ),
        (f"报告由{SIX.replace('收到和处理', '收到、处理')}六部分组成。", 6, True, ()),
        (f"报告包括总体情况（含主动公开情况、监督保障情况）、{SIX[5:]}，共六部分。", 6, True, ()),
        (f"报告由{'”“'.join(('“总体情况', *SIX.split('、')[1:]))}”六个部分组成。", 6, True, ()),
        (f"本报告由{SIX.replace('问题及改进', '问题、改进')}组成。", 6, False, ()),
        (f"报告包括{SIX}、信息管理情况、平台建设情况。", 6, False, ()),
    ],
)
def test_the_parts_of_an_introduction(introduction, number, said, strange):
    """How many parts are announced, and which are no chapter of the official format."""
    found = _announced(introduction)
    assert (found.number, found.said, found.strange) == (number, said, strange)


@pytest.mark.parametrize(
    "introduction",
    [
        "根据《中华人民共和国政府信息公开条例》，编制本报告。",
        "信息公开内容包括机构职能、领导分工、财政预决算。",
        f"请参阅《{SIX}六个部分组成的格式》。",
        "培训由主动公开、依申请公开两部分组成。",
    ],
)
def test_an_introduction_that_announces_nothing(introduction):
    """A sentence that lists something else announces no parts."""
    assert _announced(introduction) is None
