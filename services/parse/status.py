"""What a document is: a report, a report of another kind, or no report, and why.

A report is known by what only reports have: the official tables with something in them, at least three of the six
chapters, or a title line (or the period of its data) with a body of prose. Only a page without these is judged by the words at its head.

- `report`: an annual report on 2019 or later, also where its tables are absent, damaged or pictures (rule F-04 says so).
- `old_form_report`: an annual report on a year before 2019 without the official tables.
- `other_report`: the academic-year report of a university without the official tables, or an annual report on another
  subject (法治政府建设, 政府网站 …).
- `not_a_report`: everything else, also the official form itself: its tables are all blank and nobody's.
"""

import re
from collections.abc import Iterator, Sequence

from services.parse.document import Content
from services.parse.identity import Identity
from services.parse.reasons import ReasonCode
from services.parse.sections import Heading, chapters
from services.parse.tables import Tables
from services.parse.titles import find_titles
from shared.model.cell import Cell
from shared.model.report import DocumentStatus
from shared.simplified import simplify
from shared.text import fold

_FIRST_FORM_YEAR = 2019
_ENOUGH_CHAPTERS = 3
_BODY = 300
_TOLD = 60
_HEAD_LINES = 8

_UNIVERSITY = re.compile(r"学年|(?:大学|学院|高等专科学校)$")
_UNIVERSITY_BASIS = re.compile("高等学校信息公开(?:办法|事项清单)|高校信息公开年度报告")
_INTRODUCTION = 1500
_OTHER_SUBJECT = re.compile(
    r"(?:法治政府|法治建设|依法行政|政府网站|网站工作|网站监管|党务公开|环境质量|社会责任|企业|财务|决算|统计|质量)[^\n。]{0,20}(?:年度报告|年度报表|年报)(?:表)?$"
)
_NOTICE = r"(?:关于|做好|编制|报送|印发)[^\n。]{0,60}通知$"
_FORMAT = r"(?:年度报告|年报)[^\n。]{0,12}(?:格式|模板|样式|范本|样表|填报说明)"
_SUMMARY = r"工作(?:总结|要点|计划|方案)(?:\(|$)|自查|季度|上半年"
_KINDS: tuple[tuple[ReasonCode, re.Pattern[str]], ...] = (
    ("format_notice", re.compile(_FORMAT)),
    ("notice", re.compile(_NOTICE)),
    ("work_summary", re.compile(_SUMMARY)),
    ("guide", re.compile(r"(?:信息|政务)公开(?:指南|目录)$")),
    ("regulation", re.compile(r"(?:条例|办法|规定|规则|规范|制度)(?:\([^()]{1,12}\))?$|^第一[章条]")),
    (
        "news",
        re.compile(
            r"(?:发布|公布|公开|出炉|解读)[^\n。]{0,30}(?:年度报告|年报)|(?:年度报告|年报)[^\n。]{0,12}(?:发布|公布|出炉|解读|公示)"
        ),
    ),
)
_KINDS_WITH_CHAPTERS = _KINDS[:3]
_NEWS_BODY = re.compile(r"(?:近日|日前|记者|本网讯|讯)[^。]{0,80}(?:年度报告|年报)")
_ARTICLES = re.compile(r"^[ \t]{0,8}第[一二三四五六七八九十]{1,3}条[ \t]", re.MULTILINE)
_ENOUGH_ARTICLES = 3
_PERIOD = re.compile(r"(?:报告|年报)[^。\n]{0,12}数据[^。\n]{0,6}(?:期限|时限|时间|截止)[^。\n]{0,6}20\d\d")
_ATTACHED = re.compile(r"附件|下载|\.(?:pdf|docx?|wps|xlsx?|ofd)\b", re.IGNORECASE)


def classify(
    content: Content, identity: Identity, headings: Sequence[Heading], tables: Tables
) -> tuple[DocumentStatus, ReasonCode | None]:
    """Return the status of readable text, and the code of its reason (None for a report)."""
    text = content.simplified
    if tables.form is not None:
        blank = _is_blank_form(text, identity, headings, tables)
        return ("not_a_report", "format_notice") if blank else ("report", None)
    if other := _other_report(text, identity):
        return "other_report", other
    if _has_body(text, identity, headings):
        if identity.year is not None and identity.year < _FIRST_FORM_YEAR:
            return "old_form_report", "before_2019"
        return "report", None
    return "not_a_report", _kind(content, text, identity)


def _is_blank_form(text: str, identity: Identity, headings: Sequence[Heading], tables: Tables) -> bool:
    """Whether no cell holds anything and nobody has put a name and a year to it, or it calls itself a format.

    Nobody's name may be read where the title names a year and chapter one tells of it: only the figures are lacking then.
    """
    if any(map(_holds_something, (cell for table in tables.tables.values() for cell in table.cells))):
        return False
    told = identity.title_year is not None and _opening(text, headings) >= _TOLD
    named = identity.year is not None and (identity.agency is not None or told)
    return not named or any(re.search(f"{_FORMAT}|{_NOTICE}", line) for line in _head(text))


def _holds_something(cell: Cell) -> bool:
    """Whether a figure stands in a cell, or in its row without a certain place."""
    return bool(cell.raw) or (cell.state == "unplaced" and cell.at is not None)


def _opening(text: str, headings: Sequence[Heading]) -> int:
    """Return how many characters of chapter one stand in lines that hold sentences."""
    ends = [*(heading.start for heading in headings[1:]), len(text)]
    return sum(_prose_length(text[one.end : end]) for one, end in zip(headings, ends, strict=False) if one.chapter == 1)


def _other_report(text: str, identity: Identity) -> ReasonCode | None:
    agency = identity.agency or ""
    if identity.title and (_UNIVERSITY.search(agency) or "学年" in identity.title):
        return "university_report"
    if not identity.title_agency and _UNIVERSITY_BASIS.search(text[:_INTRODUCTION]):
        return "university_report"
    if not identity.title and any(_OTHER_SUBJECT.search(line) for line in _head(text)):
        return "other_subject"
    return None


def _has_body(text: str, identity: Identity, headings: Sequence[Heading]) -> bool:
    if not identity.title and len(_ARTICLES.findall(text)) >= _ENOUGH_ARTICLES:
        return False
    if len(chapters(headings)) >= _ENOUGH_CHAPTERS:
        return bool(identity.title) or not _calls_itself_otherwise(text)
    if not identity.title and (_calls_itself_otherwise(text) or not _PERIOD.search(text[:_INTRODUCTION])):
        return False
    return _prose_length(text) >= _BODY


def _calls_itself_otherwise(text: str) -> bool:
    return any(kind.search(line) for line in _head(text) for _, kind in _KINDS_WITH_CHAPTERS)


def _prose_length(text: str) -> int:
    """Return how many characters stand in lines that hold sentences."""
    return sum(len(line) for line in text.splitlines() if "。" in line)


def _kind(content: Content, text: str, identity: Identity) -> ReasonCode:
    """Return what a page that is no report seems to be, by its title lines and the words at its head."""
    if len({(title.agency, title.year) for title in find_titles(content)}) >= _ENOUGH_CHAPTERS:
        return "index_page"
    if identity.title_agency or identity.title_year:
        return "body_elsewhere" if _ATTACHED.search(text) else "no_report"
    shown = [*_head(simplify(fold(content.title or ""))), *_head(text)]
    found = next((code for code, kind in _KINDS if any(kind.search(line) for line in shown)), None)
    return found or ("news" if _NEWS_BODY.search(text) else "no_report")


def _head(text: str) -> Iterator[str]:
    """Yield the first lines of a text that may be its title."""
    lines = (re.sub(r"[\s|#*]+", "", line) for line in text[:4000].splitlines())
    filled = [line for line in lines if line]
    yield from (line for line in filled[:_HEAD_LINES] if len(line) <= 90)
