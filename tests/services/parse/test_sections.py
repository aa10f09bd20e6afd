"""Chapters are found in every numbering style and damage, and nothing else is taken for a chapter."""

import pytest

from services.parse.core import parse
from services.parse.document import Content
from services.parse.sections import chapters, headings, sections
from shared.forms.chapters import CHAPTERS, heading
from shared.model.cell import Span
from shared.testing.ending import ends
from shared.testing.headings import NUMBERINGS, OWN, REWORDED, SPOKEN_OF, numbered
from shared.testing.layouts import STYLES
from shared.testing.prose import clean_page

TITLES = tuple(title for _, title in CHAPTERS.values())
NUMERALS = "一二三四五六"
ALL = frozenset(range(1, 7))
IN_LINES = [style for style in STYLES if style not in {"lost_breaks", "layout_table"}]


def _found(text, tables=()):
    return headings(Content(text, ()), tables)


def _lines(form, *, titles=TITLES, body="正文一句。"):
    return "\n".join(f"{form.format(n=n, t=t)}\n{body}" for n, t in zip(NUMERALS, titles, strict=True))


def _on_page(style, edits):
    """Return the chapters found on the clean page, with edits (right, wrong)."""
    page = clean_page("2021", style, edits)
    (report,) = parse(page.encode(), source="样例.html" if "html" in style else "样例.txt").reports
    return [section.chapter for section in report.sections]


@pytest.mark.parametrize("form", NUMBERINGS)
def test_all_six_chapters_in_every_numbering(form):
    """The six chapters are found whatever their numbering looks like, with the ordinals and titles that are printed."""
    found = _found("\n".join(f"{numbered(form, n, t)}\n正文一句。" for n, t in enumerate(TITLES, 1)))
    assert [heading.chapter for heading in found] == [1, 2, 3, 4, 5, 6]
    assert [heading.title for heading in found] == list(TITLES)
    ordinals = list(NUMERALS) if "{n}" in form else list("123456") if "{a}" in form else [None] * 6
    assert [heading.ordinal for heading in found] == ordinals


@pytest.mark.parametrize(("chapter", "title"), [(n, title) for n, titles in REWORDED.items() for title in titles])
def test_reworded_titles(chapter, title):
    """Titles as agencies vary them keep their chapter among the others, and are reported as printed."""
    text = _lines("{n}、{t}").replace(TITLES[chapter - 1], title)
    found = _found(text)
    assert [heading.chapter for heading in found] == [1, 2, 3, 4, 5, 6]
    printed = title.replace("\n", "").replace(" ", "")
    assert found[chapter - 1].title == printed.partition("（")[0]


@pytest.mark.parametrize(("chapter", "title"), [(n, title) for n, titles in OWN.items() for title in titles])
@pytest.mark.parametrize("form", ["{n}、{t}", "{n}. {t}", "第{n}部分 {t}", "（{n}）{t}"])
def test_titles_of_its_own_keep_the_chapter_that_is_lacking(form, chapter, title):
    """What a numbered title speaks of tells its chapter where that has no other heading, and only there."""
    printed = {n: title if n == chapter else official for n, official in enumerate(TITLES, 1)}
    text = "\n".join(f"{numbered(form, n, t)}\n正文一句。" for n, t in printed.items())
    found = _found(text)
    assert [heading.chapter for heading in found] == [1, 2, 3, 4, 5, 6]
    assert found[chapter - 1].title == title
    further = _found(f"{_lines('{n}、{t}')}\n七、{title}\n正文一句。")
    assert [heading.chapter for heading in further] == [1, 2, 3, 4, 5, 6, None]


@pytest.mark.parametrize(("number", "style"), list(enumerate(IN_LINES)))
def test_all_six_chapters_on_whole_pages(number, style):
    """On the whole page, in every layout that keeps lines, headings are found whatever their numbering."""
    for form in NUMBERINGS[number % 4 :: 4]:
        edits = [(heading(n), numbered(form, n, title)) for n, (_, title) in CHAPTERS.items()]
        assert _on_page(style, edits) == [1, 2, 3, 4, 5, 6], form


@pytest.mark.parametrize("style", ["lost_breaks", "layout_table"])
@pytest.mark.parametrize("form", ["{n}、{t}", "{n}、 {t}", "{n}.{t}", "{n}：{t}", "第{n}部分 {t}", "第{n}部分：{t}"])
def test_all_six_chapters_where_line_breaks_are_lost(style, form):
    """In mid-line a heading is known by its numeral."""
    edits = [(heading(n), numbered(form, n, title)) for n, (_, title) in CHAPTERS.items()]
    assert _on_page(style, edits) == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("style", ["row_pipes", "html", "lost_breaks", "layout_table"])
@pytest.mark.parametrize("sentence", SPOKEN_OF)
def test_prose_about_a_chapter_begins_none(style, sentence):
    """A sentence, a sub-heading or an item that speaks of a chapter leaves the six chapters as they are."""
    behind = "（二）依申请公开。"
    between = "</p><p>" if style == "html" else "\n"
    assert _on_page(style, [(behind, f"{sentence}{between}{behind}")]) == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("style", ["row_pipes", "html", "paragraphs", "pdf"])
@pytest.mark.parametrize("chapter", range(1, 7))
def test_a_heading_that_is_not_there_is_not_found(style, chapter):
    """Without one heading the five others are found, and the lists of titles in the introduction give none."""
    listed = "、".join(f"{heading(n)}" for n in CHAPTERS)
    edits = [(heading(chapter), "正文。"), ("编制本报告。", f"编制本报告，包括{listed}。")]
    assert _on_page(style, edits) == [n for n in CHAPTERS if n != chapter]


def test_a_heading_printed_again_because_the_table_goes_on_is_no_second_chapter():
    """（续） says that it is the same chapter."""
    text = _lines("{n}、{t}").replace("四、", f"三、{TITLES[2]}（续）\n表。\n四、")
    assert [heading.chapter for heading in _found(text)] == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("between", ["\n", "\n\n", " \n\u3000\u3000", "  "])
@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_heading_broken_anywhere_is_one_heading(chapter, between):
    """A title may be broken between any two of its characters."""
    title = TITLES[chapter - 1]
    for at in range(1, len(title)):
        found = _found(_lines("{n}、{t}").replace(title, f"{title[:at]}{between}{title[at:]}"))
        assert [heading.title for heading in found] == list(TITLES), at


def test_swapped_chapters_are_found_where_they_stand():
    """Order is no condition for a heading."""
    text = _lines("{n}、{t}", titles=(*TITLES[:2], TITLES[3], TITLES[2], *TITLES[4:]))
    assert [heading.chapter for heading in _found(text)] == [1, 2, 4, 3, 5, 6]


def test_a_numbered_item_like_a_chapter_is_none_beside_the_heading_of_the_format():
    """Items of chapter 一 in its own numbering style stay items."""
    text = _lines("{n}、{t}").replace("正文一句。", "二、依申请公开情况\n一、主动公开情况", 1)
    assert [heading.chapter for heading in _found(text)] == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("title", ["工作开展情况", "主动公开情况", "主要任务落实情况"])
def test_what_stands_first_is_the_overview_where_that_is_lacking(title):
    """A title numbered 一 before chapter 2 that tells of some 情况 is chapter 1's; a first chapter 2 leaves it lacking."""
    found = _found(_lines("{n}、{t}").replace(TITLES[0], title))
    assert [(heading.chapter, heading.title) for heading in found][:2] == [(1, title), (2, TITLES[1])]
    without = "\n".join(
        f"{number}、{title}\n正文一句。" for number, title in zip("一二三四五", TITLES[1:], strict=True)
    )
    assert [heading.chapter for heading in _found(without)] == [2, 3, 4, 5, 6]


def test_two_chapters_of_one_ordinal():
    """A wrong ordinal hides neither chapter, also where the title is the agency's own."""
    text = _lines("{n}、{t}").replace(f"五、{TITLES[4]}", "四、工作中的短板和今后的努力方向")
    found = _found(text)
    assert [heading.chapter for heading in found] == [1, 2, 3, 4, 5, 6]
    assert [heading.ordinal for heading in found] == list("一二三四四六")


def test_line_breaks_lost():
    """Headings in mid-line are found where no line begins with them."""
    text = "样例市数据局报告如下: " + " ".join(f"{n}、{t} 正文一句。" for n, t in zip(NUMERALS, TITLES, strict=True))
    assert [heading.chapter for heading in _found(text)] == [1, 2, 3, 4, 5, 6]


def test_tables_lost_between_headings():
    """Chapters that follow each other directly are chapters where they come only once."""
    text = "一、总体情况\n2024年工作。\n" + "\n".join(
        f"{n}、{t}" for n, t in zip(NUMERALS[1:], TITLES[1:], strict=True)
    )
    assert chapters(_found(text)) == ALL


@pytest.mark.parametrize(
    "introduction",
    [
        "本报告由总体情况、" + "、".join(TITLES[1:]) + "六部分组成。",
        "本报告包括：" + "，".join(f"{n}、{t}" for n, t in zip(NUMERALS, TITLES, strict=True)) + "。",
        "目录\n" + "\n".join(f"{n}、{t}……{n}" for n, t in zip(NUMERALS, TITLES, strict=True)).replace("……六", "… 6"),
        "目录\n" + "\n".join(f"{n}、{t} ... 3" for n, t in zip(NUMERALS, TITLES, strict=True)),
    ],
)
def test_a_list_of_chapters_is_no_chapter(introduction):
    """The list in the introduction, with numerals or without, and a table of contents are passed over."""
    text = f"{introduction}\n\n{_lines('{n}、{t}')}"
    found = _found(text)
    assert [heading.chapter for heading in found] == [1, 2, 3, 4, 5, 6]
    assert found[0].start > len(introduction)


@pytest.mark.parametrize("form", ["{n}、{t}", "{t}", "第{n}部分 {t}"])
@pytest.mark.parametrize("style", ["row_pipes", "no_tables", "html"])
def test_contents_before_and_behind_the_chapters_are_none(form, style):
    """Lists of all titles round the chapters, as portals link to them, are passed over, also where tables are lost."""
    between = "</p><p>" if style == "html" else "\n"
    listed = between.join(numbered(form, n, title) for n, title in enumerate(TITLES, 1))
    last = "除上述情况外，没有其他需要报告的事项。"
    edits = [("根据《中华", f"{between}{listed}{between}根据《中华"), (last, f"{last}{between}目录{between}{listed}")]
    page = clean_page("2021", style, edits)
    (report,) = parse(page.encode(), source="样例.html" if style == "html" else "样例.txt").reports
    assert [section.chapter for section in report.sections] == [1, 2, 3, 4, 5, 6]
    assert report.sections[0].start > report.text.index("本报告所列")
    assert report.sections[5].end - report.sections[5].start > 60


def test_sub_headings_are_no_chapters():
    """Items of chapter 一 that bear the titles of other chapters stay inside it."""
    inner = (
        "(一)主动公开政府信息情况。2024年公开24条。\n(二)依申请公开情况\n1.主动公开情况\n(五)存在的主要问题及改进情况\n"
    )
    text = f"一、总体情况\n{inner}" + "\n".join(
        f"{n}、{t}\n正文。" for n, t in zip(NUMERALS[1:], TITLES[1:], strict=True)
    )
    assert [heading.ordinal for heading in _found(text)] == list(NUMERALS)


def test_a_wrapper_is_no_chapter():
    """Chapters in brackets under a chapter 报告内容 are the chapters."""
    text = "一、报告内容\n" + _lines("({n}){t}") + "\n二、附件\n无"
    assert [heading.chapter for heading in _found(text)] == [1, 2, 3, 4, 5, 6]


def test_rows_of_table_three_are_no_chapters():
    """The numerals of table 3 never start a chapter, found or not found as a table."""
    rows = "一、本年新收政府信息公开申请数量\n0\n二、上年结转政府信息公开申请数量\n0\n三、本年度办理结果\n四、结转下年度继续办理\n0\n"
    text = "一、总体情况\n正文。\n三、收到和处理政府信息公开申请情况\n" + rows + "五、存在的主要问题及改进情况\n"
    assert [heading.ordinal for heading in _found(text)] == ["一", "三", "五"]


def test_nothing_inside_a_table_is_a_chapter():
    """A cell that reads like a heading is a cell."""
    text = "一、总体情况\n正文。\n其他事项\n"
    start = text.index("其他事项")
    assert chapters(_found(text, [Span(start, start + 4)])) == {1}


def test_a_sentence_about_a_chapter_is_no_heading():
    """A line that goes on as a sentence is prose."""
    text = "总体情况良好，2024年公开100条。\n其他需要报告的事项已在前文说明。\n主动公开政府信息情况较上年有明显改善。"
    assert _found(text) == ()


def test_further_and_repeated_chapters_are_reported():
    """A seventh chapter with a title of its own, and two chapters numbered 一, are shown as printed."""
    text = "一、总体情况\n甲。\n一、主动公开政府信息情况\n乙。\n" + "\n".join(
        f"{n}、{t}\n丙。" for n, t in zip(NUMERALS[2:], TITLES[2:], strict=True)
    )
    found = _found(text + "\n七、2025年工作思路\n丁。")
    assert [heading.ordinal for heading in found] == ["一", "一", "三", "四", "五", "六", "七"]
    assert found[-1].chapter is None


def test_sections_reach_to_the_next_heading():
    """Sections follow each other without gap, from the ordinal of the heading to the end of the report."""
    text = _lines("{n}、{t}")
    parts = sections(_found(text), len(text))
    assert [part.end for part in parts] == [*(part.start for part in parts[1:]), len(text)]
    assert all(text[part.start] == part.ordinal for part in parts)


def test_hostile_text_is_read_in_linear_time():
    """Endless near-headings end: what grew with the square of the text would not."""
    units = [
        "一、",
        "一、总体情况",
        "总体",
        "政府信息公开",
        "、",
        "其他需要报告的事项 ",
        "(一)",
        " \t",
        "行政复议、行政诉讼\n",
    ]
    assert ends(_find_each, [unit * (400_000 // len(unit)) for unit in units])


def _find_each(texts):
    for text in texts:
        assert len(_found(text)) <= 600
