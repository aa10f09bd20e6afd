"""The fee for handling information, under the names that offices give it."""

from dataclasses import replace

import pytest

from services.validate.fees import fee_told
from services.validate.subject import Subject
from shared.testing.reports import clean_report


def _told(text):
    return fee_told(Subject(replace(clean_report(), sections=(), text=text)))


@pytest.mark.parametrize(
    "text",
    [
        "本机关本年度未收取信息处理费。",
        "依据《政府信息公开信息处理费管理办法》，2024年度无收取情况。",
        "未收取任何政府信息公开费用。",
        "全年未出现政府信息公开的收费及减免情况",
        "（三）政府信息公开的收费情况\n未收取任何费用。",
        "2024年依申请公开收费0元。",
        "本年度对依申请公开政府信息未收取任何费用。",
        "我镇2024年未产生政府信息公开申请费用。",
        "全市实际收取信息处理费共计400元。",
        "提供政府信息公开申请服务全部免费。",
        "收费及减免情况：无。",
        "我局本年度未收取政府信\n息公开信息处\n理费。",
        "本年度未因政府信息公開收取費用。",
        "全年发出收费通知0件，总金额0元，实际收取0元。",
    ],
)
def test_each_way_of_telling_it(text):
    """However an office tells the fee, it is told."""
    assert _told(text)


@pytest.mark.parametrize(
    "text",
    [
        "没有其他需要报告的事项。",
        "公开行政事业性收费、涉企收费清单3项。",
        "未发生违规收费问题。",
        "全年公开政府信息20条，未公开行政事业性收费目录。",
        "行政事业性收费0万元。",
        "及时公开收费标准，杜绝乱收费。",
        "清理学校、物业收费通知公告栏2处。",
        "公开“三公”经费情况，无超支。",
    ],
)
def test_other_charges_are_no_such_fee(text):
    """Charges of table 2 and others tell nothing of the fee for handling information."""
    assert not _told(text)
