"""A free mailbox that the office prints as its own asks; one to which things are to be sent warns."""

import pytest

from services.parse.core import parse
from services.validate.core import judge
from services.validate.subject import Subject
from shared.testing.prose import clean_page

CHECKED = "由专人每周检查"


@pytest.mark.parametrize(
    ("said", "severity"),
    [
        ("。报告的电子版可在政府网站下载，电子邮箱：ylsjjbgs@163.com", "I"),
        ("。如有疑问请联系办公室，电子邮箱：ylsjjbgs@163.com", "I"),
        ("。请各科室将电子版发送至邮箱ylsjjbgs@163.com", "W"),
    ],
)
def test_where_the_report_is_to_be_had_is_no_instruction(said, severity):
    """电子版可在…下载 tells the reader where it is; 将电子版发送至 tells the staff what to do."""
    (report,) = parse(clean_page(edits=((CHECKED, CHECKED + said),)).encode(), source="样例.txt").reports
    found = [finding for finding in judge(Subject(report)).findings if finding.rule == "P-03"]
    assert [finding.severity for finding in found] == [severity]
