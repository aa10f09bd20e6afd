"""The rule book for readers: every rule as Markdown, from what its file says."""

from collections.abc import Iterator

from services.validate.rule import Case, Rule
from services.validate.rules import FAMILIES, RULES
from services.validate.ruleset import VERSION
from shared.forms.sources import SOURCES, STATUSES
from shared.model.finding import Severity
from shared.model.reasons import REASONS
from shared.output.checked import SEVERITIES

_HEAD = """# 规则

规则集版本 {version}，共{count}条。本页由规则文件生成，请勿直接修改。

- **必须更正**（E）：报告本身有错，或者明显不合规定。**请核实**（W）：前后矛盾，但可能有正当原因。**提示**（I）：不会仅因提示发出通知。
- 没有读出的表、没有填的格、把握不足的数据，用到它们的规则列入“未核验”，不作为问题，也不当作通过。
- 结论：有必须更正的为“需更正”；否则表三或者表四没有读出、或者有规则出错的为“无法核验”；否则有请核实的为“请核实”；其余为“合格”。
- 2019年以前的报告没有官方表格，以下规则都不适用；没有其他问题的，结论为“合格”。
- 2019年度鼓励采用试行格式，单纯的格式偏差至多为“请核实”。
"""


def rule_book() -> str:
    """Return docs/rules.md: all rules by family, the reasons of 未核验, and the sources of law."""
    return "\n".join([_HEAD.format(version=VERSION, count=len(RULES)), *_families(), *_reasons(), *_sources()])


def explain(rule: Rule) -> str:
    """Return the section on one rule, as Markdown."""
    parts = [
        f"### {rule.id} {rule.title}\n",
        f"{meaning(rule.severity)} · {_scope(rule)}\n",
        f"{rule.about}\n",
        *(["如何更正：" + rule.suggestion + "\n"] if rule.suggestion else []),
        f"依据：{_basis(rule)}\n",
        *_cases("会报的例子：" if rule.severity else "会列出的例子：", rule.breaks),
        *_cases("不报的例子：", rule.silent),
    ]
    return "\n".join(parts)


def meaning(severity: Severity | None) -> str:
    """Return what a rule's severity says to a reader; None: the rule only tells what could not be checked."""
    return SEVERITIES[severity] if severity else "不单独成为问题"


def _scope(rule: Rule) -> str:
    tables = "、".join({"2": "表二", "3": "表三", "4": "表四"}[number] for number in rule.tables) or "全部表格"
    editions = "、".join({"2019": "2019年试行格式", "2021": "现行格式"}.get(each, each) for each in rule.editions)
    return f"{tables} · {editions}"


def _basis(rule: Rule) -> str:
    if not rule.basis:
        return "报告自身的矛盾，或者不能作为数量的值，不需引用条文。"
    return "；".join(SOURCES[ref].citation for ref in rule.basis) + "。"


def _cases(heading: str, cases: tuple[Case, ...]) -> Iterator[str]:
    yield f"{heading}\n"
    for case in cases:
        edition = "（2019年试行格式）" if case.edition == "2019" else ""
        yield f"- {case.what}{edition}"
    yield ""


def _families() -> Iterator[str]:
    for family, name in FAMILIES.items():
        yield f"## {name}\n"
        yield from (explain(rule) for rule in RULES if rule.family == family)


def _reasons() -> Iterator[str]:
    yield "## 未核验的原因\n\n| 代码 | 含义 |\n|---|---|"
    yield from (f"| `{code}` | {meaning} |" for code, meaning in REASONS.items())
    yield ""


def _sources() -> Iterator[str]:
    yield "## 依据\n\n| 代号 | 文件 | 内容 | 核对情况 |\n|---|---|---|---|"
    for ref, source in SOURCES.items():
        yield f"| {ref} | {source.citation} | {source.says} | {STATUSES[source.status]} |"
    yield ""
