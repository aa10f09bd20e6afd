"""What an example prints otherwise, in whole sentences."""

from services.validate.quotations import Quotation, quotations
from shared.testing.prose import introduction, title


def test_it_stands_in_the_part_that_it_is_printed_in():
    """Title, introduction, and the chapter, each by its name."""
    edits = (
        (title(), title().replace("2024", "2023")),
        ("电话：010-00000000", "电话：010-11111111"),
        ("全年组织业务培训2次", "全年组织业务培训3次"),
    )
    assert [each.place for each in quotations("2021", edits)] == ["标题", "引言", "第一部分"]


def test_a_long_sentence_is_quoted_around_what_differs():
    """What both have in common is left out but for some words."""
    (quotation,) = quotations("2021", (("其他需要报告的事项六个部分组成", "其他需要报告的事项七个部分组成"),))
    assert quotation == Quotation(
        "引言",
        "…况、存在的主要问题及改进情况、其他需要报告的事项七个部分组成。",
        "…况、存在的主要问题及改进情况、其他需要报告的事项六个部分组成。",
    )


def test_edits_that_follow_on_each_other_are_shown_by_their_end():
    """Headings that change places by a third name never show it."""
    five, six = "五、存在的主要问题及改进情况", "六、其他需要报告的事项"
    found = list(quotations("2021", ((five, "待换"), (six, five), ("待换", six))))
    assert found == [Quotation("第五部分", six, five), Quotation("第六部分", five, six)]


def test_nothing_is_quoted_of_an_example_without_text():
    """Both editions have their page."""
    assert list(quotations("2021", ())) == []
    assert "2020年" in introduction("2019")
    (quotation,) = quotations("2019", (("编制本报告", "特编制本报告"),))
    assert quotation.place == "引言"
