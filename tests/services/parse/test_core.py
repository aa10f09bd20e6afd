"""From bytes to a document: every kind of input ends in its status, and personal data never comes out."""

import json
import os
import pathlib
import random

import pytest
from hypothesis import given, settings, strategies

from services.parse.core import parse
from services.parse.reasons import REASONS
from shared.media import DOCX
from shared.testing.archives import zipped
from shared.testing.formats import docx
from shared.testing.layouts import CHAPTERS, STYLES, blank_figures, outline, render

KIND = "政府信息公开工作年度报告"
PROSE = CHAPTERS | {1: "2024年，本机关公开信息100条。统计期限自2024年1月1日至2024年12月31日。"}
REPORT = render({}, chapters=PROSE)


def _parse(document, source="report"):
    return parse(document.encode() if isinstance(document, str) else document, source=source)


def _outcome(document):
    read = _parse(document)
    return read.status, read.reason and read.reason.code


@pytest.mark.parametrize("style", STYLES)
def test_a_report_in_every_layout(style):
    """Agency, year, title and chapters are read whatever the layout, also where it loses the tables."""
    read = _parse(render({}, style=style, chapters=PROSE))
    assert (read.status, read.reason) == ("report", None)
    (report,) = read.reports
    assert (report.agency, report.year, report.title) == ("样例市数据局", 2024, f"样例市数据局2024年{KIND}")
    assert [section.ordinal for section in report.sections] == list("一二三四五六")
    assert set(report.tables) == {"2", "3", "4"}
    if style not in {"no_tables", "pictures", "layout_table"}:
        assert report.form == "2021"


def test_sections_lie_outside_the_tables():
    """The text of a chapter's heading stands where its section says."""
    (report,) = _parse(REPORT).reports
    for section in report.sections:
        assert report.text[section.start :].startswith(f"{section.ordinal}、{section.title}")


@pytest.mark.parametrize(
    ("edition", "year", "form"),
    [("2019", 2019, "2019"), ("2019", 2020, "2019"), ("2021", 2021, "2021"), ("2019", 2023, "2019")],
)
def test_the_form_is_what_the_labels_say(edition, year, form):
    """A report on 2023 in the form of 2019 is read in the form of 2019."""
    (report,) = _parse(render({}, edition, title=f"样例市数据局{year}年{KIND}")).reports
    assert (report.year, report.form) == (year, form)


def test_an_absent_table_has_the_cells_of_its_years_form():
    """Without any table, a report on 2020 has the cells of the form of 2019, all missing."""
    (report,) = _parse(render({}, style="no_tables", title=f"样例市数据局2020年{KIND}")).reports
    assert len(report.tables["2"].cells) == 22
    assert {cell.state for table in report.tables.values() for cell in table.cells} == {"missing"}


CHAPTERS_ONLY = "\n".join(
    f"{numeral}、{title}\n本机关认真落实。"
    for numeral, title in zip(
        "一二三四五六",
        (
            "概述",
            "主动公开政府信息情况",
            "依申请公开政府信息情况",
            "收费及减免情况",
            "复议、诉讼情况",
            "存在的问题及改进措施",
        ),
        strict=True,
    )
)
NEWS = "样例市发布2024年政府信息公开工作年度报告\n近日，样例市政府发布2024年政府信息公开工作年度报告，接受社会监督。\n"


@pytest.mark.parametrize(
    ("document", "outcome"),
    [
        (f"样例市教育局2016年{KIND}\n{CHAPTERS_ONLY}", ("old_form_report", "before_2019")),
        (f"样例市教育局2022年{KIND}\n{CHAPTERS_ONLY}", ("report", None)),
        (f"样例大学2022-2023学年信息公开工作年度报告\n{CHAPTERS_ONLY}", ("other_report", "university_report")),
        ("样例市2023年法治政府建设年度报告\n一、主要举措\n健全制度。\n", ("other_report", "other_subject")),
        (render(blank_figures("2021"), title=f"{KIND}格式", chapters={}), ("not_a_report", "format_notice")),
        (
            render(blank_figures("2021"), title="样例市教育局关于印发年度报告格式的通知", chapters={}),
            ("not_a_report", "format_notice"),
        ),
        (
            render(
                blank_figures("2021"),
                title=f"2024年{KIND}",
                chapters={
                    1: "2024年，我镇主动公开政务文件11份，开展政策解读活动15次，认真落实公开工作的各项要求。" * 2
                },
            ),
            ("report", None),
        ),
        (
            render(blank_figures("2019", "0"), "2019", "unique_lines", title=None).replace("本机关", "2019年，我乡", 1),
            ("report", None),
        ),
        (f"关于做好2024年{KIND}编制工作的通知\n各单位：请于1月15日前报送。\n", ("not_a_report", "notice")),
        (f"关于做好2024年{KIND}编制工作的通知\n包括：\n{CHAPTERS_ONLY}", ("not_a_report", "notice")),
        ("样例市教育局政府信息公开指南\n为方便公众，编制本指南。\n", ("not_a_report", "guide")),
        ("样例市政府信息公开条例\n第一条 为了保障公众知情权，制定本条例。\n", ("not_a_report", "regulation")),
        ("样例市教育局2024年政府信息公开工作总结\n2024年，我局做了以下工作。\n", ("not_a_report", "work_summary")),
        ("样例市教育局2024年第一季度政务公开自查报告\n情况良好。\n", ("not_a_report", "work_summary")),
        (NEWS, ("not_a_report", "news")),
        ("\n".join(f"样例市教育局{year}年{KIND}" for year in range(2019, 2025)), ("not_a_report", "index_page")),
        (f"样例市教育局2024年{KIND}\n附件：报告.pdf\n", ("not_a_report", "body_elsewhere")),
        ("名称,邮箱\n样例市教育局,jyj@yangli.example.invalid\n", ("not_a_report", "no_report")),
        ("今天天气很好。\n", ("not_a_report", "no_report")),
        (b"", ("empty", "no_bytes")),
        (" \n\t\u3000\n", ("empty", "no_text")),
        ("<html><body><p>&nbsp;</p></body></html>", ("empty", "no_text")),
        ("<html><body><img src='a.png'></body></html>", ("unreadable", "picture")),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), ("unreadable", "damaged")),
        (b"%PDF-1.7\n1 0 obj", ("unreadable", "damaged")),
        (b"{\\rtf1 text}", ("not_a_report", "no_report")),
        (random.Random(1).randbytes(30_000_000), ("unreadable", "unknown_format")),
        (REPORT + "文" * 3_000_000, ("unreadable", "text_too_large")),
        ("a" * 5_000_000, ("unreadable", "refused_structure")),
        ("<div>" * 6000 + REPORT, ("unreadable", "refused_structure")),
        (REPORT.encode("utf-16-le"), ("report", None)),
        (REPORT.encode("utf-16-be"), ("report", None)),
    ],
)
def test_every_input_ends_in_a_status(document, outcome):
    """Reports, other reports, no reports, empty and unreadable files are told apart, each with its reason."""
    assert _outcome(document) == outcome


def test_a_whole_blank_report_of_somebody_is_a_report():
    """Blank tables under an agency's name and year are its report, not the official template."""
    (report,) = _parse(render(blank_figures("2021"), style="html", chapters=PROSE)).reports
    assert {cell.value for table in report.tables.values() for cell in table.cells} == {None}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_same_report_in_every_encoding(encoding):
    """UTF-8, GB18030 and UTF-16 with a mark give the same reading."""
    assert _parse(REPORT.encode(encoding)).reports == _parse(REPORT).reports


def test_traditional_characters():
    """A mirror in traditional characters and Big5 is read; the name stays as printed."""
    lines = (
        f"樣例市數據局2024年{KIND.replace('开', '開').replace('报', '報')}",
        *(
            "一、總體情況",
            "2024年，本機關認真公開。",
            "二、主動公開政府信息情況",
            "無。",
            "六、其他需要報告的事項",
            "無。",
        ),
    )
    page = "<meta charset=big5>" + "".join(f"<p>{line}</p>" for line in lines)
    (report,) = _parse(page.encode("big5hkscs")).reports
    assert (report.agency, report.year, len(report.sections)) == ("樣例市數據局", 2024, 3)


def test_nul_bytes_and_odd_spaces_do_no_harm():
    """NULs, zero-width characters and Windows line ends change nothing."""
    spoilt = REPORT.replace("情况", "情\0况").replace("公开", "公\u200b开").replace("\n", "\r\n")
    assert _parse(spoilt).reports == _parse(REPORT).reports


@pytest.mark.parametrize("style", ["row_pipes", "html"])
def test_a_report_cut_off_anywhere(style):
    """A truncated file is a report or no report, never an error; bytes cut inside a character too."""
    data = render({}, style=style, chapters=PROSE).encode()
    for cut in range(10, len(data), len(data) // 40):
        read = _parse(data[:cut])
        assert read.reason is None or read.reason.code in {"no_report", "body_elsewhere", "index_page", "no_text"}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (zipped({"OFD.xml": b"<a/>"}), "ofd"),
        (zipped({"[Content_Types].xml": b"<a/>", "xl/workbook.bin": b"9"}), "xlsb"),
        (b'<?xml version="1.0"?><w:wordDocument xmlns:w="w"/>', "office_2003_xml"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "office_2003_xml"),
        (b"Rar!\x1a\x07\0" + bytes(99), "packed"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(99), "packed"),
        (b"\x1f\x8b\x08" + bytes(99), "packed"),
        (zipped({"[Content_Types].xml": b"<a/>", "ppt/presentation.xml": b"<a/>"}), "unsupported_format"),
    ],
    ids=["OFD", "XLSB", "Word 2003", "Excel 2003", "RAR", "7Z", "GZIP", "slides"],
)
def test_a_format_that_is_not_read_is_named(data, code):
    """The reason says which it is, and in which the report should come."""
    read = _parse(data)
    assert (read.status, read.reason.code) == ("unreadable", code)
    assert "请" in read.reason.message


@given(strategies.binary(max_size=400) | strategies.text(max_size=400).map(str.encode))
@settings(max_examples=200, deadline=None)
def test_any_bytes_have_an_answer(data):
    """No bytes raise, and every reason is of the closed list."""
    read = _parse(data)
    assert (read.reason is None) == (read.status == "report")
    assert read.reason is None or read.reason.code in REASONS
    assert read.reason is None or read.reason.code != "reader_failed"


@given(strategies.integers(0, len(REPORT) - 1), strategies.text(max_size=3), strategies.integers(0, 40))
@settings(max_examples=100, deadline=None)
def test_a_report_altered_anywhere_has_an_answer(at, inserted, lost):
    """Characters lost and put in anywhere never raise."""
    read = _parse(REPORT[:at] + inserted + REPORT[at + lost :])
    assert read.reason is None or read.reason.code != "reader_failed"


def _two(first, second, *, heading="样例市教育局2023年"):
    return (
        render({}, style="lines", title=f"样例市数据局2024年{KIND}", chapters=first)
        + "\n"
        + render({("3", "本年新收", "自然人"): "7"}, style="lines", title=f"{heading}{KIND}", chapters=second)
    )


def test_several_reports_in_one_document():
    """Reports of different agencies or years on one page are read one by one, each with its own text and places."""
    read = _parse(_two(PROSE, CHAPTERS | {1: "2023年，本机关公开。电话13912345678。"}))
    assert (read.status, read.reason.code) == ("multiple", "several_reports")
    first, second = read.reports
    assert (first.agency, first.year, second.agency, second.year) == ("样例市数据局", 2024, "样例市教育局", 2023)
    assert second.tables["3"].cell("本年新收", "自然人").value == 7
    assert first.tables["3"].cell("本年新收", "自然人").value == 0
    assert [len(report.sections) for report in read.reports] == [6, 6]
    (mark,) = second.marks
    assert second.text[mark.start : mark.end] == "139****5678"
    assert first.marks == ()
    cell = second.tables["3"].cell("本年新收", "自然人")
    assert second.text[cell.at.start : cell.at.end] == "7"


def test_one_report_printed_twice_is_one_report():
    """The same report for desktop and telephone on one page is one report with its chapters once."""
    read = _parse(REPORT + "\n" + REPORT)
    assert read.status == "report"
    assert len(read.reports[0].sections) == 6


PERSONAL = "联系人电话13912345678，身份证11010519491231002X，邮箱123456789@qq.com。"


@pytest.mark.parametrize("style", ["row_pipes", "html", "lines", "markdown"])
def test_personal_data_never_comes_out(style):
    """Text, titles, cells and marks hold no number that identifies a person."""
    figures = {("3", "其他处理/其他", "自然人"): "13912345678"}
    data = render(figures, style=style, chapters=PROSE | {6: PERSONAL}, title=f"样例市数据局2024年{KIND}")
    read = parse(data.encode(), source="a", mark_key=b"key")
    shown = repr(read)
    assert not any(number in shown for number in ("13912345678", "9491231002", "123456789"))
    (report,) = read.reports
    assert {mark.kind for mark in report.marks} == {"mobile", "identity_number", "mailbox"}
    assert all(report.text[mark.start : mark.end] == mark.masked for mark in report.marks)
    cell = report.tables["3"].cell("其他处理/其他", "自然人")
    assert cell.value is None
    assert cell.raw in {None, "139****5678"}


def test_offsets_count_the_text_of_the_report():
    """Cells are found again at their place, before and behind what is masked."""
    (report,) = _parse(render({}, chapters=PROSE | {1: PERSONAL})).reports
    for table in report.tables.values():
        for cell in table.cells:
            assert report.text[cell.at.start : cell.at.end] == cell.raw


def test_the_name_of_a_file_says_nothing():
    """Office files are known by their content, whatever they are called."""
    read = _parse(docx.write(outline({})), "report.txt")
    assert (read.status, read.media_type) == ("report", DOCX)


def test_the_same_bytes_give_the_same_document():
    """Reading is deterministic, and knows its source only as a name."""
    assert _parse(REPORT, "a") == _parse(REPORT, "a")
    assert _parse(REPORT, "a").reports == _parse(REPORT, "b").reports


CORPUS = os.environ.get("NIANBAO_TEST_CORPUS")


@pytest.mark.skipif(not CORPUS, reason="NIANBAO_TEST_CORPUS is not set")
def test_the_samples_are_identified():
    """Status, agency, year and form of the sample reports are those of the acceptance file."""
    corpus = pathlib.Path(CORPUS)
    wanted = json.loads((corpus / "acceptance" / "seeds.json").read_text())
    for sample in wanted:
        read = _parse((corpus / "seeds" / sample["source"]).read_bytes(), sample["source"])
        (report,) = read.reports
        assert (read.status, report.year, report.form) == (sample["status"], sample["year"], sample["form"])
        assert report.agency == sample["agencies"][0]
        assert [section.ordinal for section in report.sections] == list("一二三四五六")


@pytest.mark.parametrize(
    "line",
    [
        "一、总体情况\n",
        "总体情况\n",
        "一、总体情况\n四、行政复议、行政诉讼情况\n",
        f"样例市数据局2024年{KIND}\n",
        "样例市数据局\n2025年1月1日\n",
        "<p>一、总体情况</p>",
        "规章\n0\n",
        "13912345678 ",
    ],
)
def test_endless_lines_of_a_report_end(line):
    """What a report has once may come many thousand times without the reading growing out of hand."""
    assert _parse(line * (200_000 // len(line))).status in {"not_a_report", "multiple", "unreadable"}


def test_a_page_with_a_title_only_is_not_said_to_have_none():
    """What is lacking is the text of the report and its tables."""
    page = "<html><body><h1>样例市数据局2024年政府信息公开工作年度报告</h1></body></html>"
    found = parse(page.encode(), source="a.html").reason
    assert found is not None
    assert (found.code, "标题" in found.message) == ("no_report", False)
