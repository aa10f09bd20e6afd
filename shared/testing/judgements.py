"""Judgements for tests: findings by rule and figures, and the event that carries them."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Literal
from uuid import NAMESPACE_OID, UUID, uuid5

from shared.model.finding import (
    Attention,
    CellPlace,
    Explained,
    Finding,
    Place,
    Severity,
    Suspect,
    finding_key,
    fingerprint,
)
from shared.model.judgement import Judgement, Ruleset, Verdict
from shared.stream.events import ReportViolations

OBSERVED = datetime(2025, 1, 20, 8, 30, tzinfo=UTC)
TOTAL = CellPlace("3", "本年新收", "总计")
NATURAL = CellPlace("3", "本年新收", "自然人")
_RAN = ("C-03", "T3-01", "T3-02", "T3-03", "T4-01", "T4-02", "T4-03")


def finding(  # noqa: PLR0913 - a finding's facts, each by its name
    rule: str = "T3-01",
    severity: Severity = "E",
    *,
    places: tuple[Place, ...] = (TOTAL, NATURAL),
    read: int | str | None = 70,
    expected: int | str | None = 71,
    suspect: Suspect | Literal["ambiguous"] | None = None,
    message: str = "表三“一、本年新收”：各类申请人合计71，总计栏为70，相差1。",
    suggestion: str | None = None,
    basis: tuple[str, ...] = ("F30",),
    attention: Attention | None = None,
) -> Finding:
    """Return a finding whose key, fingerprint and difference follow from the rest."""
    key = finding_key(rule, places)
    difference = read - expected if isinstance(read, int) and isinstance(expected, int) else None
    compared = (read, expected, difference, suspect, suggestion, basis)
    return Finding(
        rule, severity, message, places, *compared, key, fingerprint(key, read, expected), attention=attention
    )


def violations(
    *findings: Finding,
    number: int = 1,
    verdict: Verdict | None = None,
    agency_id: str | None = "1",
    agency_name: str | None = "样例市数据局",
    year: int | None = 2024,
    source: str = "https://www.example.invalid/2024/report.html",
    held: bool = False,
) -> ReportViolations:
    """Return the event of an agency's `number`th judgement; the verdict follows from the findings unless it is given."""
    key = agency_id or agency_name or source
    return ReportViolations(
        judgement_id=_id("judgement", key, year, number),
        judgement_no=number,
        report_id=_id("report", key, year, number),
        observation_id=_id("observation", key, year, number),
        observed_at=OBSERVED,
        agency_key=key,
        agency_id=agency_id,
        agency_name=agency_name,
        year=year,
        source=source,
        sha256=_id("document", key, year, number).hex * 2,
        judgement=_judgement(findings, verdict),
        held=held,
    )


def _judgement(findings: tuple[Finding, ...], verdict: Verdict | None) -> Judgement:
    severities = {each.severity for each in findings}
    drawn: Verdict = "需更正" if "E" in severities else "请核实" if "W" in severities else "合格"
    return Judgement(
        verdict=verdict or drawn,
        findings=findings,
        not_checked=(),
        failures=(),
        ruleset=Ruleset("1", "0123456789abcdef"),
        ran=tuple(dict.fromkeys((*_RAN, *(each.rule for each in findings)))),
    )


def same_document(event: ReportViolations, number: int, *, held: bool = False) -> ReportViolations:
    """Return the next judgement on the very same document, as a rerun makes it."""
    return event.model_copy(
        update={"judgement_no": number, "judgement_id": _id("rerun", event.judgement_id, number), "held": held}
    )


def explained(found: Finding) -> Finding:
    """Return a finding that was waived."""
    return replace(found, explained=Explained("王工", "口径不同", None))


def _id(*parts: object) -> UUID:
    return uuid5(NAMESPACE_OID, " ".join(str(part) for part in parts))
