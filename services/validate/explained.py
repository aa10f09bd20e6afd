"""What readers are told about a rule, in the same parts on every page and in the terminal."""

from collections.abc import Iterator
from dataclasses import dataclass

from services.validate.examples import EDITIONS, Example, traps, wrong
from services.validate.rule import Rule
from services.validate.threshold import Threshold
from services.validate.wording import figure
from shared.forms.printed import printed_table
from shared.forms.sources import SOURCES, STATUSES
from shared.model.finding import Severity
from shared.output.checked import SEVERITIES

ANSWERS: dict[Severity | None, str] = {
    "E": "必须更正：改好后在原处重新发布，系统读到新的报告会重新核验，问题都改好了，编号自动办结，不必另行报送。"
    "认为核验有误的，回复邮件，写明编号、第几项和理由，由工作人员处理。",
    "W": "请核实：确有误的，改好后在原处重新发布，系统会重新核验；无误的，回复邮件，写明编号、第几项和理由（例如口径不同、情况特殊），由工作人员处理。",
    "I": "提示：不要求答复，单凭提示不发通知。确有误的，建议与其他问题一并改好后重新发布。",
    None: "不单独成为问题，不需要答复。",
}
"""What an agency can do about a finding of a rule of this severity."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of what is told: its heading (None for the first), paragraphs, a list, or examples."""

    heading: str | None
    paragraphs: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()


def explained(rule: Rule) -> tuple[Part, ...]:
    """Return what is told about a rule: what and why, basis, wrong and right, traps, how to answer, thresholds."""
    return tuple(part for part in _parts(rule) if part.paragraphs or part.listed or part.examples)


def heading(rule: Rule) -> str:
    """Return the heading of a rule: "T3-01 表三一行的合计与总计不符"."""
    return f"{rule.id} {rule.title}"


def meaning(severity: Severity | None) -> str:
    """Return what a rule's severity says to a reader; None: the rule only tells what could not be checked."""
    return SEVERITIES[severity] if severity else "不单独成为问题"


def trap(example: Example) -> str:
    """Return on one line what looks like a fault and is none, with what it prints."""
    told = "；".join(f"{each.place}为{_one_line(each.printed)}" for each in example.differences)
    return f"{example.named}：{told}" if told else example.named


def _parts(rule: Rule) -> Iterator[Part]:
    yield Part(None, (f"{meaning(rule.severity)} · {_scope(rule)}", *rule.about.split("\n\n")))
    yield Part("依据", listed=_basis(rule))
    yield Part("错误与正确" if rule.severity else "会列出的例子", examples=wrong(rule))
    yield Part("不算错误的情形", listed=tuple(trap(each) for each in traps(rule)))
    advice = (f"怎么改：{rule.suggestion}",) if rule.suggestion else ()
    yield Part("怎样答复", (*advice, ANSWERS[rule.severity]))
    yield Part("可以调整的数值", listed=tuple(_threshold(each) for each in rule.thresholds))


def _scope(rule: Rule) -> str:
    tables = "、".join(printed_table(number) for number in rule.tables) or "全文"
    return f"{tables} · {'、'.join(EDITIONS[each] for each in rule.editions)}"


def _basis(rule: Rule) -> tuple[str, ...]:
    if rule.local:
        return ("本地的要求，由本单位在规则集文件中设定。",)
    if not rule.basis:
        return ("报告自身的矛盾，或者不应出现在报告中的内容，不需引用条文。",)
    return tuple(
        f"{SOURCES[ref].citation}：{SOURCES[ref].says}（{STATUSES[SOURCES[ref].status]}）" for ref in rule.basis
    )


def _threshold(threshold: Threshold) -> str:
    return f"{threshold.rule}.{threshold.name} = {figure(threshold.default)}：{threshold.meaning}"


def _one_line(printed: str) -> str:
    line = " ".join(printed.split())
    bare = line.isdecimal() or (line.startswith("（") and line.endswith("）"))
    return line if bare else f"“{line}”"
