"""Title lines: what the page prints around them is no part of them."""

import pytest

from services.parse.titles import read_title


@pytest.mark.parametrize(
    "before",
    [
        "",
        "标题：",
        "名 称: ",
        "- 标 题: ",
        "标      题 ",
        "标　题　",
        "* 名称：",
        "样例市人民政府门户网站 部门 ",
        "【字体：大 中 小】",
    ],
)
def test_a_name_of_a_field_is_no_part_of_a_title(before):
    """The table of metadata above a report names the title's field, spaced or listed; the title is what stands behind."""
    title = read_title(f"{before}样例市数据局2024年政府信息公开工作年度报告")
    assert title is not None
    assert (title.printed, title.agency, title.year) == (
        "样例市数据局2024年政府信息公开工作年度报告",
        "样例市数据局",
        2024,
    )
