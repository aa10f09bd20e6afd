"""第一部分或者第五部分只有标题，没有内容，或者只写了“无”。

为什么：总体情况和存在的主要问题及改进情况是条例第五十条要求报告的内容，不能空着。
第一部分的内容写在标题之前的，只作提示；第六部分见M-01。正文没有读完或者有附件没有读到的，列入未核验。
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from services.validate.rule import Case, Unchecked, Violation, rule
from services.validate.rules.s.chapter_missing import is_cut_off, is_overview_before_chapters
from services.validate.subject import Subject
from shared.forms.chapters import CHAPTERS
from shared.model.finding import Severity
from shared.model.report import Attachment
from shared.simplified import simplify
from shared.text import fold

_SAYS = re.compile(r"[\W_\d]+")
_NOTHING = re.compile(
    r"(?:本[年机单][度关位]|我[局办委镇乡]|目前)?(?:暂时?)?(?:无|没有|略|不存在|不涉及|零)(?:需要?(?:说明|报告|反映)的)?(?:相关|有关|主要)?(?:情况|内容|问题|事项)?"
)
_LONG = 200  # nothing is never said in so many characters, blanks counted
_OPEN = re.compile(r"[(（]")

_PROBLEMS = (("（一）存在的主要问题。一是政策解读的形式还不够丰富，二是公开专栏的更新有时不够及时。\n", ""),)
_MEASURES = "（二）改进措施。一是丰富政策解读的形式，多用图表和问答；二是明确公开专栏的更新时限，由专人每周检查。"
_SECOND = "二、主动公开政府信息情况"
_UNWRITTEN = ((f"{_SECOND}\n", ""), ("一、总体情况\n", f"一、总体情况\n{_SECOND}\n"))


@rule(
    id="S-10",
    severity="E",
    basis=("A50", "F30", "F60"),
    suggestion="请补充这一部分的内容。",
    breaks=(
        Case("第一部分的标题后面就是第二部分的标题", text=_UNWRITTEN),
        Case("第一部分的内容写在标题之前", text=(("一、总体情况\n", ""), (_SECOND, f"一、总体情况\n{_SECOND}"))),
        Case("第五部分只有标题", text=(*_PROBLEMS, (_MEASURES, ""))),
        Case("第五部分只写了没有需要说明的问题", text=(*_PROBLEMS, (_MEASURES, "本年度没有需要说明的问题。"))),
        Case("第五部分只写了无", text=(*_PROBLEMS, (_MEASURES, "无。"))),
    ),
    silent=(
        Case("第五部分写得很短", text=(*_PROBLEMS, (_MEASURES, "公开不够及时，将加强检查。"))),
        Case("第六部分只写了无", text=(("除上述情况外，没有其他需要报告的事项。", "无。"),)),
        Case("有附件没有读到", {"report": {"attachments": (Attachment("附件.docx", "unread"),)}}, text=_UNWRITTEN),
        Case("没有读到正文", {}),
    ),
)
def empty_chapter(subject: Subject) -> Iterator[Violation | Unchecked]:
    """没有实质内容的部分"""
    for chapter in (1, 5):
        if subject.report.text and _is_empty(subject, chapter):
            if any(each.state != "read" for each in subject.report.attachments):
                yield Unchecked("attachment_unread", (subject.prose.heading(chapter),))
                continue
            title = CHAPTERS[chapter][1]
            yield Violation(
                f"“{title}”没有实质内容。", (subject.prose.heading(chapter),), severity=_grave(subject, chapter)
            )


def _is_empty(subject: Subject, chapter: int) -> bool:
    """Whether no heading of the chapter has anything behind it, tables counted: what was taken for one may be its text."""
    own = [section for section in subject.report.sections if section.chapter == chapter]
    texts = [subject.report.text[section.body : section.end] for section in own]
    said = [_SAYS.sub("", simplify(fold(text))) if len(text) < _LONG else text for text in texts]
    empty = bool(own) and all(not each or _NOTHING.fullmatch(each) for each in said)
    return empty and not _is_last(subject, chapter) and not _goes_on_in_items(subject, chapter)


def _is_last(subject: Subject, chapter: int) -> bool:
    return subject.report.sections[-1].chapter == chapter and is_cut_off(subject)


def _goes_on_in_items(subject: Subject, chapter: int) -> bool:
    """Whether the next heading is numbered in brackets and the chapter's is not: an item of the chapter taken for a chapter."""
    text, sections = subject.report.text, subject.report.sections
    return any(
        _OPEN.match(text, behind.start) and not _OPEN.match(text, own.start)
        for own, behind in pairwise(sections)
        if own.chapter == chapter
    )


def _grave(subject: Subject, chapter: int) -> Severity:
    if chapter == 1:
        return "I" if is_overview_before_chapters(subject) else subject.deviation
    return "W"
