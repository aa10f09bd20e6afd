"""2021年度以后的报告以2019年的试行格式通知为编制依据。

为什么：2021年度起执行新的格式；表格多半已经换了，引言没有改，只作提示。
"""

import re
from collections.abc import Iterator

from services.validate.rule import Case, Violation, rule
from services.validate.subject import Subject

_FIRST = 2021
_NUMBER = re.compile(r"国办公开办函 ?[\[(〔【]? ?2019 ?[\])〕】]? ?60 ?号")
_TITLE = re.compile(
    r"《(?:国务院办公厅|国办)?(?:政府信息与政务公开办公室)?关于政府信息公开工作年度报告有关事项的通知》?|《(?:中华人民共和国)?政府信息公开工作年度报告格式\(试行\)》"
)
_LOCAL = re.compile(r"[省市县区州旗厅局委](?:人民)?(?:政府)?(?:办公[厅室]|办)?[^,。;、]{0,8}$")
_YEAR = re.compile(r"^》?\([^)]{0,16}202\d")
_GONE = re.compile(r"废止|不再执行|停止执行|试行期|原执行|此前|以前|旧版")
_ALSO_CURRENT = re.compile(r"2021[\])〕】]?30号|工作年度报告格式(?!\(试行\))")
_BASED = "和政府信息公开工作年度报告格式的要求"


@rule(
    id="B-01",
    severity="I",
    basis=("F30", "F60"),
    suggestion="请改为依据国办公开办函〔2021〕30号印发的格式，并核对表格是否为现行格式。",
    breaks=(
        Case("按文号引用", text=((_BASED, "和国办公开办函〔2019〕60号的要求"),)),
        Case(
            "按名称引用",
            text=(
                (
                    _BASED,
                    "和《国务院办公厅政府信息与政务公开办公室关于政府信息公开工作年度报告有关事项的通知》要求",
                ),
            ),
        ),
        Case(
            "按试行格式的名称引用",
            text=((_BASED, "和《中华人民共和国政府信息公开工作年度报告格式（试行）》的要求"),),
        ),
    ),
    silent=(
        Case("引用现行格式", text=((_BASED, "和国办公开办函〔2021〕30号的要求"),)),
        Case("2020年度引用试行格式", edition="2019", text=((_BASED, "和国办公开办函〔2019〕60号的要求"),)),
        Case("同时引用了现行格式", text=((_BASED, "、国办公开办函〔2019〕60号和国办公开办函〔2021〕30号的要求"),)),
        Case("说明旧格式已经废止", text=((_BASED, "的要求，国办公开办函〔2019〕60号同时废止"),)),
        Case(
            "本市自己的通知",
            text=((_BASED, "和样例市人民政府办公室《关于政府信息公开工作年度报告有关事项的通知》要求"),),
        ),
    ),
)
def trial_format_cited(subject: Subject) -> Iterator[Violation]:
    """以2019年试行格式通知为依据"""
    if subject.year is None or subject.year < _FIRST:
        return
    prose = subject.prose
    for sentence in prose.sentences:
        match = _cited(sentence.text)
        if match and not _GONE.search(sentence.text) and not _ALSO_CURRENT.search(sentence.text):
            place = prose.place(sentence.start + match.start(), sentence.start + match.end())
            message = f"本报告为{subject.year}年度，仍以2019年试行格式的通知为依据（“{place.quote}”）。"
            yield Violation(message, (place,), match[0], "国办公开办函〔2021〕30号")
            return


def _cited(sentence: str) -> re.Match[str] | None:
    """Return where a sentence cites the notice: by number, or by its title where that is not a local notice of the same name."""
    match = _NUMBER.search(sentence)
    if match:
        return match
    named = _TITLE.search(sentence)
    if not named or _YEAR.match(sentence[named.end() :]):
        return None
    of_its_own = "国务院办公厅" not in named[0] and "国办" not in named[0]
    return None if of_its_own and _LOCAL.search(sentence[: named.start()]) else named
