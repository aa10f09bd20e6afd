"""Pasted text is cut into the same tokens in whatever way its cells are separated."""

import contextlib

import pytest

from services.parse.document import Unreadable
from services.parse.tokens import MOST_TOKENS, is_figure, tokenise


def cut(text):
    """Return the tokens as (kind, text)."""
    return [(token.kind, token.text) for token in tokenise(text, 0, len(text))]


@pytest.mark.parametrize(
    "line",
    [
        "规章 | 0 | 7 | / |",
        "规章\t0\t7\t/",
        "规章 0 7 /",
        "规章\n0\n7\n/",
        "规章 |\n0 |\n7 |\n/ |",
        "\t规章\n\t0\n\t7\n\t/",
        "｜规章｜0｜7｜/｜\n｜规章｜0｜7｜/｜\n｜规章｜0｜7｜/｜",
        "规章 | **0** | 7 | / |",
    ],
)
def test_cells_are_cells_however_separated(line):
    """Pipes, tabs, spaces, lines and mixtures give the same label and figures."""
    assert cut(line)[:4] == [("label", "规章"), ("figure", "0"), ("figure", "7"), ("figure", "/")]


def test_what_follows_the_last_pipe_is_no_cell():
    """Padding pipes are empty cells, the end of the line is none."""
    assert cut("行政许可 | 117 | ||") == [("label", "行政许可"), ("figure", "117"), ("blank", ""), ("blank", "")]


def test_a_tab_led_cell_goes_on_in_the_next_line():
    """A label or a figure broken inside its cell is one cell; a row ends at an empty line."""
    text = "\t商业\n企业\n\t科研\n\n\t\n0\n\t7\n"
    assert cut(text) == [("label", "商业 企业"), ("label", "科研"), ("figure", "0"), ("figure", "7")]


def test_text_behind_a_row_label_in_its_line_is_a_cell():
    """In a printed row everything behind the row label stands where figures should."""
    assert cut("行政许可 | 详见附件 |") == [("label", "行政许可"), ("figure", "详见附件")]


def test_numbers_that_belong_to_labels_are_no_figures():
    """Enumerators split from their label, and a row's serial number."""
    assert cut("1\n.属于国家秘密") == [("label", "1"), ("label", ".属于国家秘密")]
    assert cut("1. | 属于国家秘密 | 0 |")[0] == ("label", "1.")
    assert cut("1 | 属于国家秘秘 | 0 |")[0] == ("label", "1")


def test_ornaments_are_no_tokens():
    """Markdown's rules and page numbers disappear."""
    assert cut("|---|:--:|\n— 3 —\n---\n第 3 页 共 5 页\n规章") == [("label", "规章")]


def test_prose_is_told_from_labels():
    """A sentence is prose, figures in it are no cells."""
    assert [kind for kind, _ in cut("全年收到申请 60 件，办结 54 件。\n规章 0")] == ["prose", "label", "figure"]


@pytest.mark.parametrize(
    "cell",
    [
        "0",
        "\uff15",
        "1,234",
        "8.83",
        "-3",
        "/",
        "—",
        "无",
        "N/A",
        "0件",
        "70487元",
        "58①",
        "58[1]",
        "减3",
        "十五",
        "1O",
        "12 3",
        "0/0",
    ],
)
def test_what_stands_where_a_figure_should(cell):
    """Numbers, numbers with units and marks, placeholders."""
    assert is_figure(cell)


@pytest.mark.parametrize("cell", ["1.", "2、", "（一）", "2024年", "规章", "第3页", "", "三、本年度办理结果"])
def test_what_is_no_figure(cell):
    """Enumerators, dates and words."""
    assert not is_figure(cell)


def test_more_cells_than_any_report_are_refused():
    """Made text cannot keep a worker busy."""
    with pytest.raises(Unreadable):
        tokenise("1\n" * (MOST_TOKENS + 2), 0, 2 * MOST_TOKENS + 4)


@pytest.mark.parametrize(
    "unit", ["1", "|", "1 ", "规章", "（七）总计\n", "\t", " ", "-", "1,", "行政复议 行政诉讼 结果维持\n", "（", "\n"]
)
def test_made_text_ends(unit):
    """A megabyte of anything that looks like cells is cut or refused; no expression runs away on it."""
    text = unit * (1_000_000 // len(unit))
    with contextlib.suppress(Unreadable):
        assert len(tokenise(text, 0, len(text))) <= MOST_TOKENS


@pytest.mark.parametrize(
    ("line", "label", "figures"),
    [
        ("规章000", "规章", ["0", "0", "0"]),
        ("三、本年度办理结果（一）予以公开0000000", "三、本年度办理结果（一）予以公开", ["0"] * 7),
        ("行政许可117", "行政许可", ["117"]),
        ("行政事业性收费9.63", "行政事业性收费", ["9.63"]),
        ("（三）不予公开1.属于国家秘密1000001", "（三）不予公开1.属于国家秘密", ["1000001"]),
    ],
)
def test_figures_right_behind_a_row_label(line, label, figures):
    """A row that lost what parted its cells: zeros are one figure each, for no number begins with one; others stay together."""
    assert cut(line) == [("label", label), *(("figure", figure) for figure in figures)]


def test_a_row_of_zeros_without_a_label():
    """Fifteen zeros together are the row of table 4; words that no row is named by keep the number behind them."""
    assert cut("0" * 15) == [("figure", "0")] * 15
    assert cut("样例路12") == [("label", "样例路12")]


def test_a_digit_behind_a_row_label_is_no_row_of_several_cells():
    """What has fewer digits than the row has cells is something else: a menu, a number of a note."""
    assert cut("规章1") == [("label", "规章1")]
    assert cut("予以公开12") == [("label", "予以公开12")]
    assert cut("行政许可 +3")[1:] != [("figure", "3")]
