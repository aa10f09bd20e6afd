"""括号、引号、书名号不成对，或者一部分的最后一句没有写完。

为什么：多半是删改时漏了一半；在整个部分中看是否成对，断行不影响，只作提示。
"""

import re
from collections.abc import Iterator

from services.validate.passages import Passage
from services.validate.rule import Case, Violation, rule
from services.validate.subject import Subject
from services.validate.wording import listed

_PAIRS = {"(": ")", "“": "”", "《": "》", "〈": "〉", "〔": "〕", "【": "】", "「": "」"}
_OPENING = {closing: opening for opening, closing in _PAIRS.items()}
_SIGN = re.compile("|".join(map(re.escape, (*_PAIRS, *_OPENING))))
_NUMBERED = re.compile(
    r"(?:(?<=[\s。;:,、])(?<!\d:)|^)(?:[一二三四五六七八九十]{1,3}|\d{1,2}|[a-zA-Z])\)", re.MULTILINE
)
_TOOLS_LINE = 60
_PAGE_TOOLS = re.compile(r"字[体号]|打印|关闭|收藏|分享")
_UNFINISHED = re.compile(r"[,、]\s*$")
_OFFICE = "我局通过政府网站发布"
_LAST = "除上述情况外，没有其他需要报告的事项。"


@rule(
    id="Q-07",
    severity="I",
    basis=("A47",),
    suggestion="请补全或者删去多余的标点。",
    breaks=(
        Case("括号没有后一半", text=((_OFFICE, "我局（含下属单位通过政府网站发布"),)),
        Case("书名号没有前一半", text=((_OFFICE, "我局按照公开条例》发布"),)),
        Case("最后一句没有写完", text=((_LAST, "除上述情况外，"),)),
    ),
    silent=(
        Case("成对", text=((_OFFICE, "我局（含“一站式”平台）按照《条例》发布"),)),
        Case("半括号的序号", text=((_OFFICE, "1）我局通过政府网站发布"), ("及时公开机构职能", "2)及时公开机构职能"))),
        Case(
            "括号中的钟点",
            text=(("电话：010-00000000，", "办公时间：9:00-12:00（周五9:00-11:00），电话：010-00000000，"),),
        ),
        Case(
            "页面上的按钮",
            text=(
                (
                    "根据《中华人民共和国政府信息公开条例》和",
                    "【字体：大 小】【打印】【 关闭\n根据《中华人民共和国政府信息公开条例》和",
                ),
            ),
        ),
        Case("括号跨行", text=((_OFFICE, "我局（含下属\n单位）通过政府网站发布"),)),
        Case("书名号中套书名号", text=((_OFFICE, "我局按照《关于印发〈公开办法〉的通知》发布"),)),
    ),
)
def unbalanced(subject: Subject) -> Iterator[Violation]:
    """标点不成对或者句子没有写完"""
    prose = subject.prose
    passages = [prose.introduction, *(prose.chapters.get(number) for number in (1, 5, 6))]
    lone = [
        span for passage in passages if passage for span in _lone(passage) if not _on_page_tools(prose.text, span[0])
    ]
    if lone:
        signs = listed(list(dict.fromkeys(f"“{subject.report.text[start:end]}”" for start, end in lone)))
        yield Violation(
            f"标点{signs}不成对。", prose.places((start, _line_end(prose.text, start)) for start, _ in lone)
        )
    for passage in passages:
        if passage and _UNFINISHED.search(passage.text):
            start = passage.start + passage.text.rfind("\n") + 1
            yield Violation("最后一句好像没有写完。", (prose.place(start, passage.end),))


def _lone(passage: Passage) -> Iterator[tuple[int, int]]:
    """Yield the signs without their other half. A pair may reach over lines, and holds other pairs."""
    text = _NUMBERED.sub(lambda match: " " * len(match[0]), passage.text)
    open_: dict[str, list[int]] = {sign: [] for sign in _PAIRS}
    for match in _SIGN.finditer(text):
        sign = match[0]
        if sign in _PAIRS:
            open_[sign].append(match.start())
        elif open_[_OPENING[sign]]:
            open_[_OPENING[sign]].pop()
        else:
            yield passage.start + match.start(), passage.start + match.end()
    for left in sorted(start for starts in open_.values() for start in starts):
        yield passage.start + left, passage.start + left + 1


def _on_page_tools(text: str, start: int) -> bool:
    """Whether the sign stands among the buttons of the page: 【字体：大 小】【 关闭."""
    line = text[text.rfind("\n", 0, start) + 1 : _line_end(text, start)]
    return len(line) <= _TOOLS_LINE and _PAGE_TOOLS.search(line) is not None


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end
