"""The rule book for readers: every rule as Markdown, from what its file says, with an index by family and by severity."""

import re
from collections.abc import Iterator, Sequence

from services.validate.examples import Example
from services.validate.explained import Part, explained, heading, meaning
from services.validate.rule import Rule
from services.validate.rules import FAMILIES, RULES
from services.validate.ruleset import VERSION
from shared.forms.sources import SOURCES, STATUSES
from shared.model.finding import Severity
from shared.model.reasons import REASONS

_HEAD = """# 规则

规则集版本 {version}，共{count}条。本页由规则文件生成，请勿直接修改。

- **必须更正**（E）：报告本身有错，或者明显不合规定。**请核实**（W）：前后矛盾，但可能有正当原因。**提示**（I）：不会仅因提示发出通知。
- 没有读出的表、没有填的格、把握不足的数据，用到它们的规则列入“未核验”，不作为问题，也不当作通过。
- 结论：有必须更正的为“需更正”；否则表三或者表四没有读出、或者有规则出错的为“无法核验”；否则有请核实的为“请核实”；其余为“合格”。
- 2019年以前的报告没有官方表格，以下规则都不适用；没有其他问题的，结论为“合格”。
- 2019年度鼓励采用试行格式，单纯的格式偏差至多为“请核实”。
- 例子都取自同一份样例报告（新收70件、上年结转5件、办结68件、结转下年度7件），每个例子只改动几处，“错误”是改动后印出的，“正确”是应当印出的。
"""
_SEVERITIES: tuple[Severity | None, ...] = ("E", "W", "I", None)
_NOT_OF_AN_ANCHOR = re.compile(r"[^\w\- ]")


def rule_book() -> str:
    """Return docs/rules.md: the index, all rules by family, the reasons of 未核验, and the sources of law."""
    head = _HEAD.format(version=VERSION, count=len(RULES))
    return "\n".join([head, *_index(), *_families(), *_reasons(), *_sources()])


def explain(rule: Rule) -> str:
    """Return the section on one rule, as Markdown."""
    parts = (block for part in explained(rule) for block in _blocks(part))
    return "\n\n".join([f"### {heading(rule)}", *parts]) + "\n"


def anchor(title: str) -> str:
    """Return the name by which GitHub links to a heading."""
    return _NOT_OF_AN_ANCHOR.sub("", title.lower()).replace(" ", "-")


def _index() -> Iterator[str]:
    yield "## 索引\n\n| 类别 | 规则 |\n|---|---|"
    for family, name in FAMILIES.items():
        yield f"| [{name}](#{anchor(name)}) | {_links([rule for rule in RULES if rule.family == family])} |"
    yield "\n| 级别 | 规则 |\n|---|---|"
    for severity in _SEVERITIES:
        of_severity = [rule for rule in RULES if rule.severity == severity]
        if of_severity:
            yield f"| {meaning(severity)} | {_links(of_severity)} |"
    yield "\n级别是规则通常的级别；个别情形按各条的说明从轻。\n"


def _links(rules: Sequence[Rule]) -> str:
    return " ".join(f"[{rule.id}](#{anchor(heading(rule))})" for rule in rules)


def _blocks(part: Part) -> Iterator[str]:
    if part.heading:
        yield f"**{part.heading}**"
    yield from part.paragraphs
    if part.listed:
        yield "\n".join(f"- {_escaped(each)}" for each in part.listed)
    if part.examples:
        yield "\n".join(["| 例子 | 位置 | 错误 | 正确 |", "|---|---|---|---|", *_rows(part.examples)])


def _rows(examples: Sequence[Example]) -> Iterator[str]:
    """Yield the rows of examples: what each is about stands beside its first difference."""
    for example in examples:
        what = example.named
        for each in example.differences:
            yield _row(what, each.place, each.printed, each.right or "")
            what = ""
        if not example.differences:
            yield _row(what, "", "", "")


def _row(*cells: str) -> str:
    return f"| {' | '.join('<br>'.join(_escaped(cell).splitlines()) for cell in cells)} |"


def _escaped(printed: str) -> str:
    """Return what is printed without what Markdown would take for its own."""
    return re.sub(r"([\\|*_`<\[\]~])", r"\\\1", printed)


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
