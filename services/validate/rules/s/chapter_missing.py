"""The one law of the six chapters: each has its heading; and what tells a chapter that is missing from a heading that is."""

import re
from collections.abc import Iterator

from services.validate.duties import PROBLEMS
from services.validate.rule import Unchecked, Violation
from services.validate.subject import Subject
from services.validate.threshold import Threshold
from shared.forms.chapters import CHAPTERS, heading
from shared.model.cell import TableNumber
from shared.model.finding import Severity, TextPlace

OVERVIEW = Threshold("S-01", "characters", 400, "第一个标题前的文字达到这个字数，就当作没有标题的总体情况，只作提示")

_SURE, _LIKELY = 4, 3  # so many other chapters found: their headings were read as they are printed
_TABLES: dict[int, TableNumber] = {2: "2", 3: "3", 4: "4"}
_TOLD = {
    5: re.compile(r"(?:存在|主要|突出)[^,。;\n]{0,6}(?:问题|不足|短板|困难)"),
    6: re.compile(r"信息处理费|其[他它][^,。;\n]{0,6}(?:报告|说明)[^,。;\n]{0,3}(?:事项|情况)"),
}
_SHORTEST_LINE = 30
_ENDS = re.compile(r"[。!?;:)\]》】”\"…|\d日印]$")


def missing_chapter(subject: Subject, chapter: int) -> Iterator[Violation | Unchecked]:
    """Yield a violation if a chapter has no heading; where its content stands without one, it is only asked to be checked."""
    others = {section.chapter for section in subject.report.sections if section.chapter}
    if chapter in others or not subject.report.text:
        return
    if any(each.state != "read" for each in subject.report.attachments):
        yield Unchecked("attachment_unread")
    elif len(others) < _LIKELY or _is_not_captured(subject, chapter, others):
        yield Unchecked("low_confidence")
    else:
        yield _missing(subject, chapter, _grave(subject, others), _without_heading(subject, chapter))


def _is_not_captured(subject: Subject, chapter: int, others: set[int]) -> bool:
    """Whether the chapter may stand before or behind the text that was read."""
    if chapter < min(others):
        return subject.report.title_at is None and subject.prose.introduction is None
    return chapter > max(others) and is_cut_off(subject)


def _grave(subject: Subject, others: set[int]) -> Severity:
    """Return how grave a missing chapter is: only a hint in a report on 2019 that follows the form in nothing."""
    if subject.deviation == "W" and all(table.state == "absent" for table in subject.report.tables.values()):
        return "I"
    return subject.deviation if len(others) >= _SURE else "W"


def _missing(subject: Subject, chapter: int, sure: Severity, lost: Severity | None) -> Violation:
    what = f"没有“{heading(chapter)}”的标题。" if lost else f"缺少“{heading(chapter)}”。"
    return Violation(
        what,
        (_neighbour(subject, chapter),),
        expected=CHAPTERS[chapter][1],
        severity="I" if sure == "I" else lost or sure,
        suggestion="请补上这一部分的标题，内容放在标题之下。" if lost else "请按规定格式补上这一部分。",
    )


def _without_heading(subject: Subject, chapter: int) -> Severity | None:
    """Return how grave a mere missing heading is where the chapter's content stands in the report; None where it does not."""
    if chapter == 1:
        return "I" if is_overview_before_chapters(subject) else None
    if chapter in _TABLES:
        table = subject.report.tables.get(_TABLES[chapter])
        if table is None or table.state == "absent":
            return None
        return "W" if table.state in {"present", "repeated"} else "I"
    return "W" if _is_told_elsewhere(subject, chapter) else None


def _is_told_elsewhere(subject: Subject, chapter: int) -> bool:
    behind_tables = subject.prose.chapters.get(4)
    if chapter == 5 and behind_tables and PROBLEMS.is_told(behind_tables.text):
        return True
    return any(passage and _TOLD[chapter].search(passage.text) for passage in subject.prose.chapters.values())


def is_overview_before_chapters(subject: Subject) -> bool:
    """Whether what stands before the first heading is too long to be an introduction only."""
    introduction = subject.prose.introduction
    return introduction is not None and len(introduction.text) >= subject.limit(OVERVIEW)


def is_cut_off(subject: Subject) -> bool:
    """Whether the text breaks off: in a table that is not whole, or in a long line without the end of a sentence."""
    text = subject.report.text.rstrip()
    if any(span.end >= len(text) for span in subject.report.tabular):
        return any(table.state == "damaged" for table in subject.report.tables.values())
    line = subject.prose.text[: len(text)].rpartition("\n")[2].strip()
    return len(line) >= _SHORTEST_LINE and not _ENDS.search(line)


def _neighbour(subject: Subject, chapter: int) -> TextPlace:
    """Return the heading behind which the chapter should stand: that of the nearest earlier chapter, else the title."""
    found = {section.chapter for section in subject.report.sections}
    return subject.prose.heading(max((n for n in range(1, chapter) if n in found), default=chapter))
