"""Whose report it is, on which year, under which title, published when: only what the document prints."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from services.parse.document import Content
from services.parse.sections import Heading
from services.parse.titles import Title, find_titles, read_title, without_scope
from services.parse.years import reported_year
from shared import names
from shared.model.cell import Span
from shared.simplified import simplify
from shared.text import fold

_QUOTED = re.compile(r"《[^《》\n]{0,80}》")
_COMPILED = re.compile(r"由([\u4e00-\u9fff]{4,40}?)(?:负责|组织|牵头)?(?:编制|编写|撰写|起草)")
_ANNOUNCES = re.compile(
    r"20\d\d年度?(?:政府|政务)?信息公开(?:工作)?(?:年度)?(?:工作)?(?:报告|年报)|编制(?:形成|完成)?了?(?=20\d\d年|《)"
)
_CALLED = re.compile(r"\((?:以下)?(?:简称|称为|称)[^()\n]{1,40}\)")
_WORDS_BEFORE = re.compile(r"[\u4e00-\u9fff]{4,40}$")
_ACTS = re.compile(
    r"20\d\d年度?,? ?([\u4e00-\u9fff]{3,30}?)(?:信息公开工作)?(?=在|坚持|认真|深入|严格|全面|积极|高度重视|紧紧围绕|扎实|按照|贯彻|以习近平|共|主动公开)"
)
_SHORT = re.compile(
    r"[省市区县州旗盟](?!政府$)[\u4e00-\u9fff]{1,16}(?:局|委|厅|办|办公室|委员会|中心)|(?![\u4e00-\u9fff]*[我本全各该])[\u4e00-\u9fff]{2,12}局"
)
_WHOLE_SYSTEM = re.compile("(?:[关辖]区|系统)$")
_OTHERS_PAGE = re.compile(r"[\u4e00-\u9fff]{0,2}(?:门户|政务)?(?:网站|官网|门户|公报|网|微信|公众号)")
_OTHERS_ACT = re.compile(r"的?[\u4e00-\u9fff]{0,6}(?:领导|指导|支持|部署|要求|印发|关于|通知)|《")
_SELF = re.compile(r"[我本](局|委|办事处|办|镇|乡|街道|厅|院|中心|校|处|公司)(?![法理事])")
_ORGANS = {
    "局": "局",
    "委": "委|会$",
    "办事处": "办事处$",
    "办": "办",
    "镇": "镇人民政府|镇街道",
    "乡": "乡人民政府",
    "街道": "街道",
    "厅": "厅",
    "院": "院",
    "中心": "中心",
    "校": "学|校",
    "公司": "公司|集团",
    "处": "处",
}
_PUBLISHED = re.compile(
    r"(?:(?:发布|发表|公布|发文|成文|公开|生成)(?:日期|时间)|(?:^|来源:[^\n]{0,20}?)[ \t]*(?:日期|时间))\s*[::]?\s*\|?\s*"
    r"(20\d\d)\s*[-年./]\s*(\d{1,2})\s*[-月./]\s*(\d{1,2})",
    re.MULTILINE,
)
_DATE_LINE = re.compile(
    r"^[ \t]{0,60}(?:20\d\d|二[〇○零]..) ?年 ?[\d一二三四五六七八九十]{1,3} ?月 ?[\d一二三四五六七八九十]{1,3} ?日?[ \t]*$",
    re.MULTILINE,
)
_OFFICE_WITHIN = re.compile(
    r"(?:(?:政府|政务)?信息(?:(?:与|和)?政务)?公开|政务公开)?(?:工作)?领导小组(?:办公室)?$|(?<=[局厅场])(?:党政|综合)?办公室$|(?<=[镇乡道])(?:党政|综合){1,2}办公室$"
)
_OFFICE = re.compile(r"(?<=[委会])办公室$")
_SIGNED_WITHIN = 300
_PROSE_LIMIT = 50_000
_INTRODUCED = 3_000  # by then the full name has been told that a shorter one stands for


@dataclass(frozen=True, slots=True)
class Identity:
    """Agency (full name as printed), year, title, publication date (ISO); each None where the document does not say it.

    `title_at`: where the title stands in the text; None where only the page's head bears it.
    `title_agency`, `title_year`: whom and which year the title itself names ("" where it names nobody).
    """

    agency: str | None
    year: int | None
    title: str | None
    published: str | None
    title_at: Span | None
    title_agency: str | None
    title_year: int | None


def identify(content: Content, headings: Sequence[Heading]) -> Identity:
    """Return the identity of a report from its text, its headings and what the page says of itself."""
    text = content.simplified
    printed = [title for title in find_titles(content) if not headings or title.start < headings[-1].start]
    page = [title for title in (_page_title(content.title),) if title]
    year = reported_year(text, printed or page, headings)
    title = _best(printed or page, year)
    agency = _agency(text, content, title)
    at = Span(title.start, title.end) if title in printed else None
    published = content.published or _published(text)
    if title is None:
        return Identity(agency, year, None, published, at, None, None)
    return Identity(agency, year, title.printed, published, at, title.agency, title.year)


def _page_title(shown: str | None) -> Title | None:
    """Return the title of a page's head; the name of the site is appended to it by _ or -."""
    pieces = re.split(r"[_|]|--|\s-\s", shown) if shown else []
    return next((title for title in map(read_title, pieces) if title), None)


def _best(titles: Sequence[Title], year: int | None) -> Title | None:
    """Return the title of the year that names a full agency, else of the year, else without one, else the first."""

    def rank(title: Title) -> tuple[bool, bool, bool]:
        return title.year in {year, None}, names.is_full(simplify(fold(title.agency))), title.year is not None

    return max(titles, key=rank, default=None)


def _agency(text: str, content: Content, title: Title | None) -> str | None:
    """Return the full name by precedence: title, signature, 由…编制, …20xx年报告, prose outside 《》, prose inside 《》, page source.

    A short form in the title (样例镇, 政府办公室) only decides among the full names; a name that contradicts it, or
    contradicts how the agency calls itself (我局 or 市数据局 against a 人民政府), is somebody else's. With no full name
    at all, a region whose report is announced is whose it is.
    """
    short = simplify(fold(title.agency)) if title else ""
    if title and names.is_full(short):
        return title.agency
    said_to_report = (*_signatures(text), *_compilers(text), *_announced(text))
    signed = (name for name in said_to_report if _agrees(name, short, None))
    found = next(signed, None) or next(_told(text, content, short), None)
    if found:
        return _as_printed(_whole(found, text), text, content)
    return title.agency if title and names.names_a_region(short) else next(_regions_announced(text), None)


def _told(text: str, content: Content, short: str) -> Iterator[str]:
    """Yield the names in the prose that neither the title's short form nor how the agency calls itself contradicts."""
    own, acting = _own_organ(text), _acting_short(text)
    for name in chain(_governing(text), _in_prose(text, content)):
        if _agrees(name, short, own) and names.shortens(acting, name):
            yield name


def _whole(name: str, text: str) -> str:
    """Return the agency of an office within it: 样例市数据局办公室 compiles for 样例市数据局.

    样例市国防动员委员会办公室 is an agency of its own: a 委员会 is one only where the text also names it alone.
    """
    whole = _OFFICE_WITHIN.sub("", name)
    above = _OFFICE.sub("", whole)
    whole = above if re.search(f"{re.escape(above)}(?!办公室)", text) else whole
    governing = (f"{whole}{organ}" for organ in ("人民政府", "办事处") if names.is_region(whole))
    whole = next((each for each in governing if each in text), whole)
    return whole if names.is_full(whole) or names.is_region(whole) else name


def _as_printed(name: str, text: str, content: Content) -> str:
    at = text.find(name)
    return content.text[at : at + len(name)] if at >= 0 else name


def _agrees(name: str, short: str, own: str | None) -> bool:
    if names.is_region(short):
        return names.governs(short, name)
    if short:
        return names.shortens(short, name)
    return own is None or re.search(own, name) is not None


def _own_organ(text: str) -> str | None:
    """Return a pattern of the organ that the agency calls itself (我局, 本委) most often."""
    said = Counter(match[1] for match in _SELF.finditer(text))
    return _ORGANS[said.most_common(1)[0][0]] if said else None


def _acting_short(text: str) -> str:
    """Return the short name under which the agency acts most often (2024年,市数据局坚持…), "" where it uses none."""
    acting = Counter(match[1] for match in _ACTS.finditer(text[:_PROSE_LIMIT]) if _SHORT.fullmatch(match[1]))
    return re.sub(r"(.)\1$", r"\1", acting.most_common(1)[0][0]) if acting else ""  # 市数据局局认真…


def _governing(text: str) -> Iterator[str]:
    """Yield the government of a region that acts in the report's year: 2024年,样例县坚持… is told by 样例县人民政府."""
    regions = {match[1] for match in _ACTS.finditer(text[:_PROSE_LIMIT]) if names.is_region(match[1])}
    told = [match[0] for match in names.names(text[:_INTRODUCED])] if regions else []
    return (name for name in told if any(names.governs(region, name) for region in regions))


def _signatures(text: str) -> Iterator[str]:
    """Yield full names that stand alone on the line before a date or on one of the last lines."""
    dated = (
        text[max(0, date.start() - 120) : date.start()].rstrip().rpartition("\n")[2]
        for date in _DATE_LINE.finditer(text)
    )
    for line in (*dated, *text[-_SIGNED_WITHIN:].split("\n")[1:]):
        name = without_scope(re.sub(r"\s+", "", line))
        if 4 <= len(name) <= 40 and names.is_full(name):
            yield name


def _compilers(text: str) -> Iterator[str]:
    return (match[1] for match in _COMPILED.finditer(text) if names.is_full(match[1]))


def _announced(text: str) -> Iterator[str]:
    """Yield the full names put before the report itself (编制样例海关2024年年度报告), then those that act in its year (2024年,样例海关认真…)."""
    text = _CALLED.sub("", text[:_PROSE_LIMIT])
    for match in _ANNOUNCES.finditer(text):
        words = _WORDS_BEFORE.search(text[max(0, match.start() - 40) : match.start()])
        name = words and names.ending(_WHOLE_SYSTEM.sub("", words[0]))
        if name:
            yield name
    acting = [match[1] for match in _ACTS.finditer(text) if names.is_full(match[1])]
    told = [match[0] for match in names.names(text[:_INTRODUCED])] if acting else []
    yield from (next((name for name in told if name.endswith(own)), own) for own in acting)


def _regions_announced(text: str) -> Iterator[str]:
    """Yield the regions whose report is announced by their name alone: 现公布样例镇2024年…报告."""
    for match in _ANNOUNCES.finditer(text[:_PROSE_LIMIT]):
        words = _WORDS_BEFORE.search(text[max(0, match.start() - 40) : match.start()])
        region = words and names.ending(words[0], region=True)
        if region:
            yield region


def _in_prose(text: str, content: Content) -> Iterator[str]:
    """Yield full names: outside 《》, first those that act themselves; then names of sites and superiors; then inside 《》 likewise."""
    text = text[:_PROSE_LIMIT]
    quoted = [match.span() for match in _QUOTED.finditer(text)]
    outside = _QUOTED.sub(lambda match: "《" + "\n" * (len(match[0]) - 1), text)
    found = list(names.names(outside))
    others = [match for match in found if _of_others(outside, match.end())]
    yield from (match[0] for match in found if match not in others)
    yield from (match[0] for match in others)
    cited = [(text[start:end], match) for start, end in quoted for match in names.names(text[start:end])]
    yield from (match[0] for title, match in cited if not _of_others(title, match.end()))
    yield from (match[0] for title, match in cited if _of_others(title, match.end()))
    if content.agency and names.is_full(source := without_scope(simplify(fold(content.agency.strip())))):
        yield source


def _of_others(text: str, end: int) -> bool:
    return bool(_OTHERS_PAGE.match(text, end) or _OTHERS_ACT.match(text, end))


def _published(text: str) -> str | None:
    match = _PUBLISHED.search(text)
    return f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}" if match else None
