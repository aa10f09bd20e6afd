"""Title lines of annual reports: what is printed, the agency part, the year part."""

import re
from dataclasses import dataclass
from itertools import islice

from services.parse.document import Content
from shared import names
from shared.simplified import simplify
from shared.text import fold

_CHINESE_DIGITS = dict(zip("〇○零O0一二三四五六七八九", "00000123456789", strict=True))
_LONGEST = 90
_AT_MOST = 200  # titles: a page of links may have many, a report has few
_YEAR = r"(?:(?P<year>20[0-4]\d)|(?P<said>二[〇○零0O][一二三四][一二三四五六七八九〇○零0O]))(?:[-—]{1,2}(?P<until>20[0-4]\d))?(?:学年度?|年度?|$)"
_YEAR_PART = re.compile(_YEAR)
_YEAR_ALONE = re.compile(r"^20[0-4]\d(?!\d)")  # 2025样例镇2025年…: begun twice
_SUBJECT = "(?:政府|政务)?信息公开|政务公开|政府信息与政务公开|政府信息和政务公开"
_COLUMN = re.compile(rf"(?:{_SUBJECT})(?:工作)?|各?乡?镇|各?(?:乡镇)?街道(?:办事处)?")
_ENDING = re.compile(
    r"(?:报[ \t]{0,3}告|年报)(?:\([^()\n]{1,20}\))?(?=(?:全文|正文)?[ \t*#》]{0,8}(?:\n|\||$)|[ \t\n|]|发布(?:时间|日期):)"
)
_TITLE = re.compile(
    r"(?:【[^【】]{1,8}】|\[[^\[\]]{1,8}\]|附件\d?:?|标题:|名称:|[#*]{1,6})*《?"
    rf"(?P<who>[^\n。;!?,:>|《》]{{0,50}}?)(?P<subject>{_SUBJECT})(?:工作)?(?:情况)?的?"
    rf"(?P<when>{_YEAR.replace('year', 'year2').replace('said', 'said2').replace('until', 'until2')})?"
    r"(?:年度)?(?:工作)?(?:情况)?的?(?:年度)?(?:工作)?(?:情况)?(?:总结)?(?:报告|年报)(?P<scope>\([^()]{1,20}\))?"
)
_CHROME = re.compile(
    r"[ \t]*(?:【字[体号][^【】\n]{0,12}】|(?:[-*·•][ \t]*)?(?:(?:公报|文件|信息)?标[ \t]*题[ \t|:]*|名[ \t]*称[ \t]*:[ \t|]*)"
    r"|[\u4e00-\u9fff]{2,20}(?:门户网站|政府网)[ \t]+(?:[\u4e00-\u9fff]{2,6}[ \t]+){0,3})[ \t]*"
)
_SCOPE = re.compile(r"\((?:[局委厅办署]?(?:本?机关|本级|本部){1,2}|全?系统|汇总)\)")
_GOVERNMENT_OFFICE = re.compile(r"(?P<governs>.*人民政府)\((?:人民)?(?:政府)?(?P<office>办公[室厅])\)")
_REGION_OFFICE = re.compile(r"(?P<governs>.+)\((?P<office>政府办公[室厅])\)")
_IN_FRONT = re.compile(r"\(\)|^\([^()]*\)|^关于|^年度")
_BEHIND = re.compile(r"关于$|的$|年度$|(?<=海关)关区$|(?<=政府)机关$")
_NOT_IN_NAMES = re.compile(
    r"发布|编制|做好|报送|公布|印发|解读|审议|启动|完成|填报|组织开展|通知|公告|目录|关于对|如下|首页|/"
)
_JOINED_LINE = re.compile(r"[\u4e00-\u9fff()·、〇○\d]{2,40}")
_ORGAN_LINE = re.compile(
    r"(?:局|厅|府|府机关|室|会|委|办|处|院|心|署|队|站|所|大学|公司|省|市|县|区|旗|镇|乡|街道|年度?|20[0-4]\d|政府信息公开|工作|信息|政府|政府信息|政务)$|局\([\u4e00-\u9fff]{2,12}局\)$"
)
_NOTHING_MORE = re.compile(r"(?:全文|正文)?[ \t*#》]*(?:\n|\||$|发布)")


@dataclass(frozen=True, slots=True)
class Title:
    """A title at start..end of the text: as printed, the agency part ("" where none is named) and the year (or None).

    A bracket that only says for whom the report speaks is no part of the agency: 样例县水利局（本级机关） is 样例县水利局.
    样例县人民政府（政府办公室） names the office, whose report it then is: 样例县人民政府办公室.
    """

    start: int
    end: int
    printed: str
    agency: str
    year: int | None


def find_titles(content: Content) -> tuple[Title, ...]:
    """Return the title lines of annual reports in the order of the text; a title may be spread over three lines."""
    text = content.simplified
    endings = (_title_ending_at(content.text, text, ending.end()) for ending in _ENDING.finditer(text))
    found = (title for title in endings if title and not _of_a_column(title, text))
    return tuple(islice(found, _AT_MOST))


def read_title(printed: str) -> Title | None:
    """Return what a single line says as a title, or None where it is none; the range counts within the line."""
    return _read(printed, simplify(fold(printed)), 0, len(printed))


def _title_ending_at(printed: str, text: str, end: int) -> Title | None:
    """Return the title that ends here: its line alone, or with the one or two lines before that complete it."""
    starts = _line_starts(text, end)
    title = None
    for start, before in zip(starts, (0, *starts), strict=False):
        if start != starts[0] and (not _completes(text[start:before]) or _of_the_page(title, text[start:before])):
            break
        longer = _read(printed, text, start, end)
        if longer and (title is None or (longer.agency, longer.year) != (title.agency, title.year)):
            title = longer
    return title


def _line_starts(text: str, end: int) -> list[int]:
    """Return where the line of a position begins, and the two non-empty lines before it, nearest first."""
    starts: list[int] = []
    while len(starts) < 3 and end > 0:
        floor = max(0, end - _LONGEST)
        start = max(text.rfind("\n", floor, end), text.rfind("|", floor, end)) + 1
        if start == 0 and floor > 0:
            break
        starts.append(start)
        before = text[max(0, start - 40) : start]
        end = start - (len(before) - len(before.rstrip(" \t\n|#*")))
    return starts


def _completes(line: str) -> bool:
    """Whether a line before a title line may be its beginning: a bare name, or a title broken in the middle."""
    compact = re.sub(r"[\s|#*]+", "", line)
    return _JOINED_LINE.fullmatch(compact) is not None and _ORGAN_LINE.search(compact) is not None


def _of_the_page(title: Title | None, line: str) -> bool:
    """Whether a line before a whole title names a column of the page: by its subject, by the agency's name or another one."""
    compact = re.sub(r"[\s|#*]+", "", line)
    if title is None:
        return False
    agency = simplify(fold(title.agency))
    return bool(_COLUMN.fullmatch(compact)) or agency.startswith(compact) or all(map(names.is_full, (agency, compact)))


def _of_a_column(title: Title, text: str) -> bool:
    """Whether words that name nobody and no year stand in a line with others: 分类 | 政府信息公开年报 综合政务."""
    return not title.agency and title.year is None and not _NOTHING_MORE.match(text, title.end)


def _read(printed: str, text: str, start: int, end: int) -> Title | None:
    chrome = _CHROME.match(text, start, end)
    start = chrome.end() if chrome else start
    compact = re.sub(r"[\s|]+", "", text[start:end])
    match = _TITLE.fullmatch(compact) if len(compact) <= _LONGEST else None
    if match is None:
        return None
    agency = _agency(match["who"], match["scope"] or "")
    if _NOT_IN_NAMES.search(agency) or re.search(r"\d", agency):
        return None
    year = _year(_YEAR_PART.search(match["who"]) or _YEAR_PART.search(match["when"] or ""))
    shown = re.sub(r"[\s|｜]+", "", printed[start:end])
    return Title(start, end, shown.lstrip("#*"), _as_printed(agency, compact, shown, match.start("who")), year)


def without_scope(name: str) -> str:
    """Return a folded name without the bracket that says for whom the report speaks: （本级机关）, （本级）, （机关）."""
    return _SCOPE.sub("", name)


def _agency(who: str, behind: str) -> str:
    """Return the agency that the folded words before the subject name, and a bracket `behind` the title."""
    bare = without_scope(_YEAR_ALONE.sub("", _YEAR_PART.sub("", who)))
    bare = _BEHIND.sub("", _IN_FRONT.sub("", bare)).strip("-_、")
    office = _GOVERNMENT_OFFICE.fullmatch(bare + behind) or _REGION_OFFICE.fullmatch(bare + behind)
    if office and (office["governs"].endswith("人民政府") or names.is_region(office["governs"])):
        return office["governs"] + office["office"]
    return bare if bare.count("(") == bare.count(")") else bare.strip("()")


def _as_printed(agency: str, compact: str, shown: str, start: int) -> str:
    """Return the agency in its printed characters: they stand in the title in this order, other words between them."""
    places = iter(range(start, len(compact)))
    return "".join(next(shown[place] for place in places if compact[place] == character) for character in agency)


def _year(match: re.Match[str] | None) -> int | None:
    if match is None:
        return None
    if match["year"]:
        return int(match["until"] or match["year"])
    return int("".join(_CHINESE_DIGITS[digit] for digit in match["said"]))
