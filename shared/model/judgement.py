"""The judgement on one report version: verdict, findings, what was not checked, what failed."""

from dataclasses import dataclass
from typing import Literal

from shared.model.finding import Finding, NotChecked

Verdict = Literal["合格", "请核实", "需更正", "无法核验"]


@dataclass(frozen=True, slots=True)
class Ruleset:
    """Which rules judged: version and content hash."""

    version: str
    hash: str

    @property
    def printed(self) -> str:
        """How people are told of it: 2（c994a9a47857）."""
        return f"{self.version}（{self.hash[:12]}）"

    @property
    def label(self) -> str:
        """How programs tell one from another: 2-c994a9a47857."""
        return f"{self.version}-{self.hash[:12]}"


@dataclass(frozen=True, slots=True)
class Failure:
    """A rule that raised: a fault of ours, never a pass. `error` names the exception type and place, never report text."""

    rule: str
    error: str


@dataclass(frozen=True)
class Judgement:
    """A report judged: findings in the order of the rule book, the rules that ran, and those that could not."""

    verdict: Verdict
    findings: tuple[Finding, ...]
    not_checked: tuple[NotChecked, ...]
    failures: tuple[Failure, ...]
    ruleset: Ruleset
    ran: tuple[str, ...]

    @property
    def passed(self) -> tuple[str, ...]:
        """The rules that ran, found nothing and left nothing unchecked."""
        unsettled = {finding.rule for finding in self.findings} | {each.rule for each in self.not_checked}
        return tuple(rule for rule in self.ran if rule not in unsettled)

    @property
    def urgent(self) -> tuple[str, ...]:
        """The rules whose findings ask for a person at once: what was published has to come off the page."""
        return tuple(dict.fromkeys(finding.rule for finding in self.findings if finding.attention == "urgent"))
