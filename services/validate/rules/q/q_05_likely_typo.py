"""正文中有明显的错别字，例如“长态”应为“常态”。

为什么：错别字多半是没有校对；按一张固定的词表比对，词表以外的不判断，只作提示。
"""

from collections.abc import Iterator

from services.validate.rule import Case, Violation, rule
from services.validate.subject import Subject
from services.validate.typos import slips
from services.validate.wording import listed

_DAILY = "加强政务新媒体的日常维护"


@rule(
    id="Q-05",
    severity="I",
    basis=("A47",),
    suggestion="请核对后改正。",
    breaks=(
        Case("常态写成长态", text=((_DAILY, "长态维护政务新媒体"),)),
        Case("检查写成检出", text=(("由专人每周检查", "做好监督检出工作"),)),
    ),
    silent=(
        Case("成长态势不是错别字", text=((_DAILY, "政务新媒体成长态势良好"),)),
        Case("交通迅速不是错别字", text=((_DAILY, "保障交通迅速恢复，形势严峻工作繁重"),)),
        Case("写对了", text=((_DAILY, "常态维护政务新媒体"),)),
    ),
)
def likely_typo(subject: Subject) -> Iterator[Violation]:
    """疑似错别字"""
    prose = subject.prose
    found = {slip.typo.wrong: slip for slip in slips(prose.text)}
    if found:
        names = listed([f"“{wrong}”疑为“{slip.typo.right}”" for wrong, slip in found.items()])
        places = prose.places((slip.start, slip.end) for slip in found.values())
        yield Violation(f"疑似错别字：{names}。", places)
