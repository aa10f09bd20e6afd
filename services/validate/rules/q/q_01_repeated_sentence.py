"""同一句话或者同一段话出现两次。

为什么：多半是粘贴时重复；表格中的文字和三十字以下的短句不比，整篇或者整个部分印了两遍的不算在这里。
写件数、条数或者没有发生什么的句子在不同部分重复，只作提示。
"""

import re
from collections.abc import Iterator, Sequence

from services.validate.passages import Passage
from services.validate.rule import Case, Violation, rule
from services.validate.subject import Subject
from services.validate.threshold import Threshold
from shared.model.cell import Span
from shared.model.finding import Severity

_CHARACTERS = Threshold("Q-01", "characters", 30, "重复的句子至少多少字才提示")
_COPY = 3
"""Where one in so many long sentences comes again, the page is printed twice: for another screen, or its attachment says it again."""
_FRAME = re.compile(r"版权|备案|浏览器|分辨率|标识码|主办|承办|技术支持|联系地址|地址:|上一篇|下一篇|打印")
_FACT = re.compile(r"未|没有|无|[\d〇零一二两三四五六七八九十百千] ?余?(?:件|条|次|份|起|项|万?元)")
_SPACE = re.compile(r"\s+")

_MANAGED = "严格执行公开前的保密审查和三审三校制度，定期清理已经公开的规范性文件，保证信息准确、有效。"
_DAILY = "优化政府网站公开专栏的检索功能，加强政务新媒体的日常维护，方便公众查询和下载。"


@rule(
    id="Q-01",
    severity="W",
    basis=("A47",),
    suggestion="请删去重复的句子，或者改成应当写的内容。",
    thresholds=(_CHARACTERS,),
    breaks=(
        Case("两段中有同一句话", text=((_DAILY, f"{_DAILY}{_MANAGED}"),)),
        Case("改进措施照抄总体情况", text=(("由专人每周检查。", f"由专人每周检查。{_DAILY}"),)),
    ),
    silent=(
        Case("短句重复", text=((_DAILY, f"{_DAILY}方便公众查询和下载。"),)),
        Case("数字不同的两句", text=((_DAILY, f"{_DAILY}{_DAILY.replace('检索', '下载')}"),)),
        Case("只差几个字的两句", text=((_DAILY, f"{_DAILY}{_MANAGED.replace('定期', '每年')}"),)),
    ),
)
def repeated_sentence(subject: Subject) -> Iterator[Violation]:
    """同一句话出现两次"""
    least = subject.limit(_CHARACTERS)
    long = [each for each in subject.prose.sentences if len(each.text) >= least and not _FRAME.search(each.text)]
    again = _again(subject, long)
    if len(again) * _COPY > len(long) and len(again) > 1:
        return
    for first, second in again:
        places = tuple(subject.prose.place(each.start, each.end) for each in (first, second))
        yield Violation(f"“{places[0].quote}”一句出现两次。", places, severity=_severity(first, second))


def _again(subject: Subject, sentences: Sequence[Passage]) -> list[tuple[Passage, Passage]]:
    """Return each sentence that comes again, with where it does so; chapters that are printed twice say nothing again."""
    found: dict[str, Passage] = {}
    again: dict[str, tuple[Passage, Passage]] = {}
    twice = _printed_again(subject)
    for each in sentences:
        words = _SPACE.sub("", each.text).strip("。;!?")
        first = found.setdefault(words, each)
        if first is not each and words not in again and not _within(first, twice):
            again[words] = (first, each)
    return list(again.values())


def _printed_again(subject: Subject) -> list[Span]:
    """Return the chapters whose heading comes again behind them, be it in mid-line; of most of them, what stands before as well."""
    text = subject.prose.text
    headings = [(each, text[each.start : each.body].strip()) for each in subject.report.sections]
    again = [each for each, heading in headings if heading and text.find(heading, each.body) >= 0]
    spans = [Span(each.start, each.end) for each in again]
    return [Span(0, spans[0].start), *spans] if 2 * len(again) > len(headings) else spans


def _within(passage: Passage, spans: Sequence[Span]) -> bool:
    return any(each.start <= passage.start < each.end for each in spans)


def _severity(first: Passage, second: Passage) -> Severity:
    return "I" if first.section != second.section and _FACT.search(first.text) else "W"
