"""A document with what was found in it: what every output shows."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from shared.model.finding import Finding, Severity
from shared.model.judgement import Judgement, Ruleset
from shared.model.report import Document, DocumentStatus, Report, ReportForm

SEVERITIES: dict[Severity, str] = {"E": "必须更正", "W": "请核实", "I": "提示"}
NOT_CHECKED = "未核验"

STATUSES: dict[DocumentStatus, str] = {
    "report": "年度报告",
    "multiple": "多份年度报告",
    "old_form_report": "2019年以前的年度报告",
    "other_report": "其他报告",
    "not_a_report": "不是年度报告",
    "empty": "空文件",
    "unreadable": "无法读取",
}

FORMS: dict[ReportForm, str] = {
    "2021": "2021年格式",
    "2019": "2019年试行格式",
    "mixed": "两种格式混用",
    "pre2019": "2019年以前",
}


@dataclass(frozen=True)
class Checked:
    """A document, the judgement on each of its reports in their order, and the rule set that judged."""

    document: Document
    judgements: tuple[Judgement, ...]
    ruleset: Ruleset

    @property
    def judged(self) -> tuple[tuple[Report, Judgement], ...]:
        """Each report with its judgement."""
        return tuple(zip(self.document.reports, self.judgements, strict=True))


def by_severity(findings: tuple[Finding, ...]) -> list[tuple[Severity, list[Finding]]]:
    """Return the findings of each severity that occurs, the gravest first, otherwise in their order."""
    groups = ((severity, [finding for finding in findings if finding.severity == severity]) for severity in SEVERITIES)
    return [(severity, group) for severity, group in groups if group]


def remedied_alike(findings: Iterable[Finding]) -> list[list[Finding]]:
    """Return runs of neighbouring findings with one suggestion and one basis, so that these are said once."""
    return [list(run) for _, run in groupby(findings, key=lambda finding: (finding.suggestion, finding.basis))]


def tally(judgement: Judgement) -> str:
    """Return how many findings of each severity there are, as one phrase."""
    counts = Counter(finding.severity for finding in judgement.findings)
    return "、".join(f"{name}{counts[code]}项" for code, name in SEVERITIES.items() if counts[code]) or "没有发现问题"


def not_checked_rules(judgement: Judgement) -> dict[str, list[str]]:
    """Return each reason why rules were not checked, with the ids of those rules, in the order of first appearance."""
    rules: dict[str, dict[str, None]] = {}
    for not_checked in judgement.not_checked:
        rules.setdefault(not_checked.reason, {})[not_checked.rule] = None
    return {reason: list(listed) for reason, listed in rules.items()}
