"""The laws of reading tables: a cell of full confidence is never wrong, and what is doubtful is refused, not guessed."""

import json
import os
import pathlib
import random
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.parse.numerals import read_cell
from services.parse.readers import html, text
from services.parse.tables import read_tables
from shared.forms import FORMS
from shared.testing.layouts import BLANKS_KEPT, STYLES, WHOLE, blank_figures, render

LIVELY = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
PRINTED = st.one_of(
    st.integers(0, 20_000).map(str),
    st.sampled_from(
        ["0", "", "/", "—", "无", "\uff15", "1,234", "0件", "12 3", "十五", "58①", "+3", "-2", "8.83", "251000元"]
    ),
)


def addresses(edition):
    """Return all (table, row, column) of an edition."""
    return [(number, *address) for number, table in FORMS[edition].tables.items() for address in table.addresses]


@st.composite
def reports(draw, printed=PRINTED):
    """Draw an edition and what is printed in each of its cells: a few drawn texts, spread by a drawn seed."""
    edition = draw(st.sampled_from(["2019", "2021"]))
    pool = draw(st.lists(printed, min_size=1, max_size=12))
    spread = random.Random(draw(st.integers(0, 10**6)))
    return edition, {address: spread.choice(pool) for address in addresses(edition)}


def read(page, style="row_pipes", year=None):
    """Read a made report in the reader of its style."""
    reader = html if style.endswith("html") else text
    return read_tables(reader.read(page.encode()), year)


def faults(tables, figures, edition):
    """Return cells that say something else than was printed, with their confidence."""
    wrong = []
    for (number, row, column), printed in figures.items():
        known = {(cell.row, cell.column): cell for cell in tables.tables[number].cells}
        cell = known.get((row, column))
        if cell is None or cell.state in {"missing", "unplaced"}:
            continue
        official = FORMS[edition].tables[number].column(row, column)
        if (cell.state, cell.value, cell.converted) != read_cell(printed, official):
            wrong.append((number, row, column, printed, cell))
    return wrong


def unread(tables):
    """Return the addresses of cells that were refused or lost."""
    return [
        (number, cell.row, cell.column)
        for number, table in tables.tables.items()
        for cell in table.cells
        if cell.state in {"missing", "unplaced"}
    ]


@pytest.mark.parametrize("style", STYLES)
@LIVELY
@given(report=reports())
def test_full_confidence_is_never_wrong(style, report):
    """Whatever is printed, blank or lost, in whatever layout: what is said with full confidence is what was printed."""
    edition, figures = report
    wrong = faults(read(render(figures, edition, style), style), figures, edition)
    assert not [fault for fault in wrong if fault[-1].confidence == 1]


@pytest.mark.parametrize("style", WHOLE)
@LIVELY
@given(report=reports(st.integers(0, 20_000).map(str)))
def test_every_printed_figure_is_read(style, report):
    """With zeros printed, every cell of every layout comes out right, with full confidence, in the right form."""
    edition, figures = report
    tables = read(render(figures, edition, style), style)
    assert not unread(tables)
    assert not faults(tables, figures, edition)
    surely = {cell.confidence for table in tables.tables.values() for cell in table.cells}
    assert surely <= ({1.0, 0.9} if style == "pdf" else {1.0})  # spaces alone do not prove two cells
    assert tables.form == edition
    assert [table.state for table in tables.tables.values()] == ["present"] * 3


@pytest.mark.parametrize("style", ["html", "word_html"])
@LIVELY
@given(report=reports(st.sampled_from(["", "0", "7", "/"])))
def test_every_cell_of_a_real_grid_is_read(style, report):
    """In a page's own table an empty cell is blank, neither zero nor lost, even where all are empty."""
    edition, figures = report
    tables = read(render(figures, edition, style), style)
    assert not unread(tables)
    assert not faults(tables, figures, edition)


@pytest.mark.parametrize("style", BLANKS_KEPT)
def test_a_clear_mixture_of_blanks_and_figures_is_placed(style):
    """Blanks between figures show that the source prints its blanks: then all of them are placed."""
    figures = {address: ("" if place % 3 == 1 else str(place)) for place, address in enumerate(addresses("2021"))}
    tables = read(render(figures, "2021", style), style)
    assert not unread(tables)
    assert not faults(tables, figures, "2021")


def fullwidth(page):
    """Print digits that stand alone in full width."""
    return re.sub(r"(?<![\w.第=\"—] )(?<![\w.第=\"])\d+(?![\w.;%\"])", lambda found: found[0].translate(FULL), page)


FULL = str.maketrans("0123456789", "\uff10\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18\uff19")
LABELS = sorted({row.label for form in FORMS.values() for number in "23" for row in form.tables[number].rows}, key=len)[
    ::-1
]


def broken_labels(page, mark, share=0.5):
    """Put a mark inside half of the row labels."""
    spread = random.Random(7)
    for label in LABELS:
        if len(label) > 3 and label in page and spread.random() < share:
            cut = spread.randrange(2, len(label))
            page = page.replace(label, label[:cut] + mark + label[cut:], 1)
    return page


ALIKE = {
    "full-width digits": fullwidth,
    "CRLF": lambda page: page.replace("\n", "\r\n"),
    "spaces in labels": lambda page: broken_labels(page, " "),
    "no-break spaces in labels": lambda page: broken_labels(page, "\xa0"),
    "invisible characters in labels": lambda page: broken_labels(page, "\u200b"),
    "labels broken over lines": lambda page: broken_labels(page, "\n"),
    "a group label again after a page break": lambda page: page.replace(
        "3.危及", "三、本年度办理结果\n（三）不予公开\n3.危及"
    ),
    "traditional characters": lambda page: page.translate(
        str.maketrans("数请处废现强许机构总计结转关开", "數請處廢現強許機構總計結轉關開")
    ),
}


@pytest.mark.parametrize("style", [style for style in WHOLE if not style.endswith("html")])
@pytest.mark.parametrize("change", ALIKE)
def test_what_changes_no_meaning_changes_no_cell(style, change):
    """The same report in another width, line end, spelling or line break gives the same values."""
    figures = {address: str(place % 9) for place, address in enumerate(addresses("2021"))}
    tables = read(ALIKE[change](render(figures, "2021", style)), style)
    assert not faults(tables, figures, "2021")
    assert len(unread(tables)) <= (7 if change == "labels broken over lines" else 0)


@pytest.mark.parametrize("style", WHOLE)
def test_labels_explained_in_brackets_keep_their_figures(style):
    """What a circular adds in brackets to the labels of rows and heads costs no figure."""
    figures = {("2", *address): str(place) for place, address in enumerate(FORMS["2019"].tables["2"].addresses)}
    page = render(figures, "2019", style)
    for label in ("规章", "规范性文件", "其他对外管理服务事项"):
        page = re.sub(rf"(?<![\u4e00-\u9fff]){label}(?![\u4e00-\u9fff])", f"{label}（指发布的文件和服务事项）", page)
    page = page.replace("上一年项目数量", "上一年项目数量（指2019年事项数）")
    tables = read(page, style)
    assert not faults(tables, figures, "2019")
    assert {cell.state for cell in tables.tables["2"].cells} == {"number"}


@pytest.mark.parametrize("style", WHOLE)
def test_one_wrong_character_in_a_label_costs_certainty_not_the_row(style):
    """A row whose label is only like the official one is read with less confidence, and the label is told."""
    figures = {address: str(place % 9) for place, address in enumerate(addresses("2021"))}
    page = render(figures, "2021", style).replace("重复申请", "重复申靖").replace("行政处罚", "行政处罸")
    tables = read(page, style)
    assert not unread(tables)
    assert not faults(tables, figures, "2021")
    doubtful = {cell.row for table in tables.tables.values() for cell in table.cells if cell.confidence < 0.9}
    assert doubtful == {"不予处理/重复申请", "行政处罚"}
    assert [altered.label for altered in tables.tables["3"].printing.altered] == ["2.重复申请"]


def test_vanished_blanks_are_not_put_back():
    """Two figures of seven without a trace of the empty cells are unplaced: no value, no confidence, but their place."""
    figures = blank_figures() | {("3", "本年新收", "自然人"): "60", ("3", "本年新收", "总计"): "60"}
    page = render(figures, "2021", "paragraphs")
    tables = read(page)
    row = [cell for cell in tables.tables["3"].cells if cell.row == "本年新收"]
    assert {(cell.state, cell.value, cell.confidence) for cell in row} == {("unplaced", None, 0.0)}
    assert page[row[0].at.start : row[0].at.end] == "60\n\n60"


def test_a_row_divided_into_parts_has_no_figures_of_its_own():
    """What stands behind the name of a part is the part's, even where no other row has that name."""
    whole, parts = (
        "其他对外管理服务事项 | 0 | 0 | 0 |",
        "其他对外管理服务事项 | 样例检查 | 5 | 0 | 7 |\n样例确认 | 3 | 0 | 4 |",
    )
    page = render(blank_figures("2019", "0"), "2019")
    assert whole in page
    table = read(page.replace(whole, parts)).tables["2"]
    assert {cell.state for cell in table.cells if cell.row == "其他对外管理服务事项"} == {"unplaced"}
    assert {cell.value for cell in table.cells if cell.row != "其他对外管理服务事项"} == {0}


def test_prose_in_one_line_with_a_table_is_no_part_of_it():
    """Where all lines of a text were joined, its chapters stand in one line with its tables."""
    told = "本机关依法公开政府信息，规范办理公开申请。" * 30
    page = render(blank_figures("2021", "0"), "2021", "pdf", chapters={1: told, 5: told, 6: told}).replace("\n", " ")
    ranges = read(page).ranges
    assert ranges
    assert not any(told in page[span.start : span.end] for span in ranges)


def test_heads_written_downwards_are_heads():
    """An extractor gives their letters line by line: all of them, and none besides, with less than full confidence."""
    head = "行政复议 行政诉讼\n未经复议直接起诉 复议后起诉\n"
    letters = "结 结 其 尚\n结 结 其 尚 结 结 其 尚\n果 果 他 未\n总计 果 果 他 未 总 果 果 他 未 总\n维 纠 结 审\n"
    letters += "维 纠 结 审 计 维 纠 结 审 计\n持 正 果 结\n持 正 果 结 持 正 果 结\n"
    figures = " ".join(map(str, range(15)))
    cells = read(f"{head}{letters}{figures}\n").tables["4"].cells
    assert [(cell.value, cell.confidence) for cell in cells] == [(place, 0.8) for place in range(15)]
    assert read(f"{head}{letters.replace('持', '', 1)}{figures}\n").tables["4"].state != "present"


def test_a_unit_is_read_over_a_row_whose_figures_are_lost():
    """Labels that follow in one run with a row do not hide the head over it."""
    table = read(render(blank_figures("2021", "0"), style="unique_lines")).tables["2"]
    assert table.printing.units == {"行政事业性收费": "万元"}


def test_blanks_that_are_one_empty_line_more_are_placed():
    """Where an empty line parts all cells and an empty cell adds one, rows that all come out even show their blanks."""
    figures = {address: "0" if address[2] == "总计" or address[0] != "3" else "□" for address in addresses("2019")}
    page = render(figures, "2019", "paragraphs").replace("□\n\n", "\n")
    tables = read(page)
    assert {cell.state for cell in tables.tables["3"].cells if cell.column == "总计"} == {"number"}
    assert {cell.state for cell in tables.tables["3"].cells if cell.column != "总计"} == {"blank"}
    uneven = read(page.replace("\n\n\n\n\n\n\n\n0", "\n\n0", 1)).tables["3"]
    assert {cell.state for cell in uneven.cells} == {"unplaced"}


def test_a_collapsed_row_is_ambiguous_unless_it_is_empty():
    """`2 | ||` may be any of three columns; `规章 | |||` is empty for certain."""
    figures = blank_figures() | {("2", "行政规范性文件", "本年废止件数"): "2"}
    table = read(render(figures, "2021", "collapsed_pipes")).tables["2"]
    states = {row: {cell.state for cell in table.cells if cell.row == row} for row in ("规章", "行政规范性文件")}
    assert states == {"规章": {"blank"}, "行政规范性文件": {"unplaced"}}


@pytest.mark.parametrize(
    ("style", "states"),
    [
        ("no_tables", ["absent"] * 3),
        ("layout_table", ["absent"] * 3),
        ("pictures", ["picture"] * 3),
    ],
)
def test_lost_tables_are_said_to_be_lost(style, states):
    """Tables that are not there, or pictures, have all cells of their form, all missing."""
    tables = read(render({}, "2021", style), style, year=2020)
    assert [table.state for table in tables.tables.values()] == states
    assert tables.form is None
    assert [len(table.cells) for table in tables.tables.values()] == [22, 161, 15]
    assert {cell.state for table in tables.tables.values() for cell in table.cells} == {"missing"}
    assert not tables.ranges


def test_a_text_without_its_repeated_lines_is_damaged():
    """An extractor that drops repeated lines leaves no table that can be read."""
    tables = read(render({}, "2021", "unique_lines"))
    assert tables.tables["3"].state == "damaged"


def test_fewer_than_fifteen_rows_are_no_table():
    """Half a table 3 is not an incomplete one: it was not read."""
    lines = render({}, "2021", "row_pipes").split("\n")
    kept = [line for line in lines if not re.match(r"\d\.|（四）|（五）", line)]
    assert read("\n".join(kept)).tables["3"].state == "damaged"


def test_words_of_a_table_without_cells_are_damage_not_absence():
    """Text with all cells run together must not be reported as a missing table."""
    glued = re.sub(r"[|\s]", "", render({}, "2021", "row_pipes"))
    tables = read(glued)
    assert [table.state for table in tables.tables.values()] == ["damaged"] * 3


def test_prose_about_the_tables_is_no_table():
    """Chapter one names rows and figures; that betrays no table."""
    chapters = {
        1: "全年收到申请60件，予以公开18件，部分公开11件；行政许可117件，行政处罚3件。规章0件。\n行政许可 117 件\n收到 3 件"
    }
    tables = read(render({}, "2021", "no_tables", chapters=chapters))
    assert {table.state for table in tables.tables.values()} == {"absent"}


def test_a_table_printed_twice_is_one_table_and_a_copy():
    """The second printing is kept beside the first, cell by cell."""
    first = {("3", "本年新收", "自然人"): "60"}
    again = render({("3", "本年新收", "自然人"): "61"}, "2021", "row_pipes", title=None)
    table = read(render(first, "2021", "row_pipes") + again).tables["3"]
    assert table.state == "repeated"
    assert table.cell("本年新收", "自然人").value == 60
    assert table.printing.copies[0][0].value == 61
    assert {len(copy) for copy in table.printing.copies} == {175}


def test_each_table_has_its_own_form():
    """Tables of two editions in one report make it mixed; the year does not decide."""
    old = render({}, "2019", "row_pipes", without=("3", "4"))
    new = render({}, "2021", "row_pipes", without=("2",))
    tables = read(old + new, year=2024)
    assert tables.form == "mixed"
    assert [table.form for table in tables.tables.values()] == ["2019", "2021", "2021"]
    assert read(render({}, "2019", "row_pipes"), year=2024).form == "2019"


def test_how_a_table_is_printed():
    """Rows in order, units, the balance note, grids told from text."""
    printing = read(render({}, "2021", "html"), "html").tables["3"].printing
    assert printing.gridded
    assert printing.balance_note is True
    assert [(row.row, row.figures) for row in printing.rows] == [
        (row.path, 7) for row in FORMS["2021"].tables["3"].rows
    ]
    page = (
        render({}, "2019", "row_pipes").replace("（本列数据的勾稽关系为", "（注").replace("单位：万元，", "单位：元，")
    )
    page = page.replace("第一项加第二项之和，等于第三项加第四项之和", "")
    tables = read(page).tables
    assert tables["3"].printing.balance_note is False
    assert tables["2"].printing.units == {"政府集中采购": "元"}
    assert not tables["3"].printing.gridded


def test_heads_of_the_other_edition_are_told():
    """Table 2 of the 2021 form under heads of the 2019 form keeps its figures, and its heads count as altered."""
    page = render({("2", "行政许可", "本年处理决定数量"): "5"}, "2021", "paragraphs")
    for head, other in (
        ("本年制发件数", "本年新\n制作数量"),
        ("本年废止件数", "本年新\n公开数量"),
        ("现行有效件数", "对外公开总数量"),
    ):
        page = page.replace(head, other)
    table = read(page).tables["2"]
    assert (table.form, sum(cell.value or 0 for cell in table.cells)) == ("2021", 5)
    assert [(altered.found, altered.label) for altered in table.printing.altered] == [
        ("本年新制作数量", "本年制发件数"),
        ("本年新公开数量", "本年废止件数"),
        ("对外公开总数量", "现行有效件数"),
    ]
    assert not read(render({}, "2019", "paragraphs")).tables["2"].printing.altered


def test_a_row_that_the_form_does_not_have_is_told():
    """An extra row is printed, but belongs to no cell."""
    row = "小计 | 1 | 2 | 3 | 4 | 5 | 6 | 21 | ||"
    page = render({}, "2021", "row_pipes").replace("（四）无法提供 |", f"{row}\n（四）无法提供 |")
    tables = read(page)
    assert [(row.label, row.figures) for row in tables.tables["3"].printing.rows if row.row is None] == [("小计", 7)]
    assert not unread(tables)


@pytest.mark.parametrize("style", WHOLE)
def test_rows_in_another_order_keep_their_figures(style):
    """Two rows exchanged are read under their own labels; how the table is printed shows the order."""
    figures = {address: str(place % 97) for place, address in enumerate(addresses("2021"))}
    page = render(figures, "2021", style)
    one, other = "2.重复申请", "3.要求提供公开出版物"
    table = read(page.replace(one, "□").replace(other, one).replace("□", other), style).tables["3"]
    rows = {row: [cell.value for cell in table.cells if cell.row == f"不予处理/{row[2:]}"] for row in (one, other)}
    first, second = (f"不予处理/{label[2:]}" for label in (one, other))
    assert rows[one] == [
        int(figures["3", second, column.name]) for column in FORMS["2021"].tables["3"].row(second).columns
    ]
    assert rows[other] == [
        int(figures["3", first, column.name]) for column in FORMS["2021"].tables["3"].row(first).columns
    ]
    printed = [row.row for row in table.printing.rows]
    assert printed.index(second) + 1 == printed.index(first)
    assert set(printed) == {row.path for row in FORMS["2021"].tables["3"].rows}


def test_columns_in_another_order_follow_their_heads():
    """Heads printed in another order name the figures below them, with less confidence."""
    figures = {("3", "本年新收", column): str(place) for place, column in enumerate(("自然人", "商业企业", "科研机构"))}
    for style in ("row_pipes", "html"):
        page = render(figures, "2021", style)
        page = page.replace("商业企业", "□").replace("科研机构", "商业企业").replace("□", "科研机构")
        table = read(page, style).tables["3"]
        assert [table.cell("本年新收", column).value for column in ("自然人", "商业企业", "科研机构")] == [0, 2, 1]


def test_struck_out_text_makes_no_figure():
    """A cell with struck-out text is text without a number, at its place; its neighbours stay what they are."""
    places = [("3", "予以公开", "自然人"), ("4", "行政复议", "结果维持")]
    page = render(dict.fromkeys(places, "987"), "2021", "html").replace("987", "<s>3</s>2")
    tables = read(page, "html").tables
    cells = [tables[number].cell(row, column) for number, row, column in places]
    assert [(cell.raw, cell.state, cell.number) for cell in cells] == [("3\u03362", "text", None)] * 2
    assert {cell.value for number in "34" for cell in tables[number].cells if cell not in cells} == {0}


def test_ranges_hold_the_tables_and_no_heading():
    """What the tables occupy can be left out of the prose: from the first head cell to the last figure."""
    for style in ("row_pipes", "cell_pipes", "paragraphs", "tab_led", "markdown"):
        page = render({}, "2021", style)
        content = text.read(page.encode())
        outside, end = "", 0
        for span in read_tables(content, None).ranges:
            outside, end = outside + content.text[end : span.start], span.end
        outside += content.text[end:]
        assert "三、收到和处理政府信息公开申请情况" in outside
        assert "四、政府信息公开行政复议、行政诉讼情况" in outside
        assert not re.search(r"\b0\b|第二十条|申请人情况|结果维持", outside)


def test_places_quote_the_figure():
    """The span of a cell is its raw text."""
    figures = {("3", "本年新收", "自然人"): "60", ("2", "行政许可", "本年处理决定数量"): "1,234"}
    for style in WHOLE:
        if style.endswith("html"):
            continue
        content = text.read(render(figures, "2021", style).encode())
        for table in read_tables(content, None).tables.values():
            for cell in table.cells:
                assert content.text[cell.at.start : cell.at.end] == cell.raw


@given(st.text(alphabet="规章行政许可新收本年、（一）|\t \n0123456789/—总计其他复议诉讼结果尚未", max_size=400))
@settings(max_examples=150, deadline=None)
def test_any_text_has_tables_of_some_state(page):
    """Nothing raises, and every table has all its cells."""
    tables = read(page).tables
    assert [len(table.cells) for table in tables.values()] in (
        [10, 175, 15],
        [22, 161, 15],
        [22, 175, 15],
        [10, 161, 15],
    )


CORPUS = os.environ.get("NIANBAO_TEST_CORPUS")


@pytest.mark.skipif(CORPUS is None, reason="needs the samples: set NIANBAO_TEST_CORPUS")
def test_every_figure_of_the_samples_is_read():
    """All figures of the five sample reports, each with full confidence."""
    folder = pathlib.Path(CORPUS or "")
    wanted = json.loads((folder / "acceptance" / "seeds.json").read_text(encoding="utf-8"))
    for want in wanted:
        tables = read_tables(text.read((folder / "seeds" / want["source"]).read_bytes()), want["year"])
        got = {
            f"{number}/{cell.row}/{cell.column}": cell
            for number, table in tables.tables.items()
            for cell in table.cells
        }
        printed = {f"{number}/{address}": value for number in "234" for address, value in want["cells"][number].items()}
        assert {address: cell.value for address, cell in got.items()} == dict.fromkeys(got, 0) | printed
        assert {cell.confidence for cell in got.values()} == {1.0}
        assert tables.form == want["form"]
