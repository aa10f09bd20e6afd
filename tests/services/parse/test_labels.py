"""Official labels are recognised squeezed, at the end of what stands before the figures, set off as a label."""

import sys

import pytest

from services.parse.labels import SLOTS, ending, may_precede, mentions, names_row, squeeze, unexplained
from services.parse.numerals import read_cell
from services.parse.tokens import is_figure
from shared.forms import FORMS
from shared.forms.form import Column

COLUMN = Column("数量", "数量")


def test_every_official_label_is_found():
    """Each row label of both editions ends in its own row, printed with or without enumerator and remark."""
    for form in FORMS.values():
        for number in ("2", "3"):
            for row in form.tables[number].rows:
                slot, _ = ending(squeeze(row.label))
                assert row in slot.rows.values()
                assert names_row(row.label)


def test_both_editions_share_one_order():
    """The rows of each edition stand in the common order."""
    for form in FORMS.values():
        for number in ("2", "3"):
            paths = [slot.rows[form.edition].path for slot in SLOTS[number] if form.edition in slot.rows]
            assert paths == [row.path for row in form.tables[number].rows]


@pytest.mark.parametrize(
    "printed",
    ["(一) 予以 公开", "㈠予以公开", "（一）予以\n公开", "（一）予以公開", "（一）予以<br/>公开", "“（一）予以公开”"],
)
def test_spelling_does_not_hide_a_label(printed):
    """Spaces, brackets, line breaks, ligatures and traditional characters are the same label."""
    assert squeeze(printed) == "一予以公开"
    assert names_row(printed)


@pytest.mark.parametrize("printed", ["不予以公开", "部门规章", "非行政许可", "其他", "总计", "规章制度"])
def test_a_longer_word_is_no_row(printed):
    """A label inside another word is not the label; 其他 and 总计 alone are columns too."""
    assert not names_row(printed)


def test_groups_and_heads_may_stand_before_a_label():
    """A group label or a column head in the same cell does not hide the row; other words do."""
    assert names_row("三、本年度办理结果 （一）予以公开")
    assert names_row("（三）不予公开1.属于国家秘密")
    assert not may_precede("说明")


def test_mentions_come_in_order():
    """All labels in a stretch of text, for rows whose figures vanished."""
    assert [slot.label for slot in mentions("1属于国家秘密2其他法律行政法规禁止公开")] == [
        "1.属于国家秘密",
        "2.其他法律行政法规禁止公开",
    ]


@pytest.mark.parametrize(
    ("printed", "label"),
    [
        ("规章（设区的市、自治州人民政府填写）", "规章"),
        ("规范性文件(决定、公告、通知等公文,一般情况下属于规范性文件)", "规范性文件"),
        ("上一年项目数量 (指2019年事项数)", "上一年项目数量"),
    ],
)
def test_an_explanation_in_brackets_is_no_part_of_a_label(printed, label):
    """A circular explains who fills in an official row or column, and how; the label before it is the label."""
    assert unexplained(printed) == label


@pytest.mark.parametrize(
    "printed",
    [
        "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
        "本年收费金额（单位：万元）",
        "其他主动公开文件（含以办公室名义印发的）",
    ],
)
def test_what_belongs_to_a_label_stays(printed):
    """The brackets of an official label, a unit, and those behind words that are no official label."""
    assert unexplained(printed) == squeeze(printed)


def test_an_explained_row_is_a_row():
    """With its explanation, but not where other words stand before the bracket."""
    assert names_row("行政许可（指2020年办件量，含不予许可）")
    assert not names_row("其他主动公开文件（不含规范性文件）")


@pytest.mark.parametrize("read", [squeeze, unexplained, names_row, is_figure, lambda text: read_cell(text, COLUMN)])
def test_long_texts_are_not_kept(read):
    """What is no label and no figure by its length fills no memory once it is read."""
    text = "样例市公开" * 100
    held = sys.getrefcount(text)
    read(text)
    assert sys.getrefcount(text) == held
