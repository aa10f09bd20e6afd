"""报告没有写到本地要求写明的事项（例如建议提案办理结果）。

为什么：统一格式之外，有的地方另要求年度报告写明一些事项。要求哪些事项、写到哪些词语算写明，由本单位在规则集文件中设定；
没有设定的，本条不运行。只作提示；事项没有发生的，也请写明。
"""

from collections.abc import Iterator

from services.validate.configuration import LocalItem
from services.validate.rule import Case, Unchecked, Violation, rule
from services.validate.subject import Subject
from shared.model.report import Attachment
from shared.simplified import simplify
from shared.text import fold

_PROPOSALS = LocalItem("建议提案办理结果公开", ("建议提案", "人大代表建议", "政协提案"))
_TRAINING = LocalItem("业务培训", ("培训",))
_TRAINED = "组织业务培训2次，"
_NONE_ELSE = "除上述情况外，没有其他需要报告的事项。"


@rule(
    id="M-03",
    severity="I",
    local=True,
    suggestion="请补充本地要求写明的事项；没有发生的，也请写明。",
    breaks=(
        Case("要求写业务培训，没有写", text=((_TRAINED, ""),), local=(_TRAINING,)),
        Case("两项要求，都没有写", text=((_TRAINED, ""),), local=(_PROPOSALS, _TRAINING)),
    ),
    silent=(
        Case("写了其中一个词语", text=((_NONE_ELSE, "承办人大代表建议3件，均已公开办理结果。"),), local=(_PROPOSALS,)),
        Case("词语中间换了行", text=((_NONE_ELSE, "承办人大代\n表建议3件，均已公开办理结果。"),), local=(_PROPOSALS,)),
        Case("用繁体字写", text=((_NONE_ELSE, "承辦人大代表建議3件，辦理結果均已公開。"),), local=(_PROPOSALS,)),
        Case("写明没有发生", text=((_NONE_ELSE, "本年度没有承办建议提案。"),), local=(_PROPOSALS,)),
        Case("写在第一部分", text=(("组织业务培训2次", "组织全员培训2次"),), local=(_TRAINING,)),
        Case("没有本地要求", text=((_TRAINED, ""),)),
        Case(
            "可能写在没有读到的附件里",
            {"report": {"attachments": (Attachment("附件.docx", "unread"),)}},
            text=((_TRAINED, ""),),
            local=(_TRAINING,),
        ),
        Case("没有读到正文", local=(_PROPOSALS,)),
    ),
)
def local_items_missing(subject: Subject) -> Iterator[Violation | Unchecked]:
    """没有写到本地要求的事项"""
    if not subject.report.text.strip():
        return
    text = _solid(subject.prose.text)
    missing = [
        item.name for item in subject.configuration.local if not any(_solid(word) in text for word in item.words)
    ]
    if missing and any(each.state != "read" for each in subject.report.attachments):
        yield Unchecked("attachment_unread")
    elif missing:
        listed = "、".join(missing)
        message = f"报告没有写到本地要求写明的事项：{listed}。"
        yield Violation(message, (subject.prose.heading(6),), expected=listed)


def _solid(text: str) -> str:
    """Return a text in the normal form of prose without white space: a line may end within a word."""
    return "".join(simplify(fold(text)).split())
