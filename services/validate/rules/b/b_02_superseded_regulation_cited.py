"""引用2007年的《政府信息公开条例》（国令第492号），或者条例的令号写错。

为什么：条例2019年修订后为国令第711号；说明修订前情况的不算，只作提示。
"""

import re
from collections.abc import Iterator

from services.validate.rule import Case, Violation, rule
from services.validate.subject import Subject

_IN_FORCE = 711
_CITED = re.compile(
    r"《(?:中华人民共和国)?政府信息公开条例》?[^《》。;\d]{0,16}?国(?:务院)?令?(?:[(〔\[]?20\d\d[)〕\]]?年?)?第? ?(?P<number>\d{3}) ?号"
)
_NUMBERED = re.compile(r"国(?:务院)?令[^。;,\d]{0,3}(?P<number>492) ?号")
_PAST = re.compile(r"修订前|修订后|修订为|原|旧|废止|2007|2008|2019年(?:4月3日|5月15日)?(?:修订|修改)")
_BASED = "《中华人民共和国政府信息公开条例》"


@rule(
    id="B-02",
    severity="I",
    basis=("A50",),
    suggestion="现行条例为国务院令第711号，请核对后更正。",
    breaks=(
        Case("引用国令第492号", text=((_BASED, f"{_BASED}（国务院令第492号）"),)),
        Case("令号写错，写作国务院第几号令", text=((_BASED, f"{_BASED}（国务院第117号令）"),)),
        Case("令号写错", text=((_BASED, f"{_BASED}（国务院令第771号）"),)),
    ),
    silent=(
        Case("引用国令第711号", text=((_BASED, f"{_BASED}（中华人民共和国国务院令第711号）"),)),
        Case("说明修订前的条例", text=((_BASED, f"修订后的{_BASED}（原国务院令第492号，现第711号）"),)),
        Case("别的条例的令号", text=((_BASED, f"{_BASED}、《规章制定程序条例》（国务院令第322号）"),)),
        Case("省政府的令", text=((_BASED, f"{_BASED}和样例省人民政府令第322号"),)),
        Case("没有写令号", text=((_BASED, f"{_BASED}（以下简称《条例》）"),)),
    ),
)
def superseded_regulation_cited(subject: Subject) -> Iterator[Violation]:
    """引用旧条例或者令号有误"""
    prose = subject.prose
    for sentence in prose.sentences:
        match = _CITED.search(sentence.text) or _NUMBERED.search(sentence.text)
        if match and int(match["number"]) != _IN_FORCE and not _PAST.search(sentence.text):
            place = prose.place(sentence.start + match.start("number"), sentence.start + match.end("number"))
            message = f"引用的条例令号为第{match['number']}号，现行条例为国务院令第{_IN_FORCE}号。"
            yield Violation(message, (place,), int(match["number"]), _IN_FORCE)
            return
