"""Judging a report: every applicable rule is tried, consequences give way to causes, one verdict is drawn. Pure."""

import traceback
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from services.validate.rule import Diagnosis, Rule, Unchecked, Violation
from services.validate.rules import RULES, rank
from services.validate.ruleset import RULESET
from services.validate.subject import Subject
from services.validate.suppression import Trial, suppressed
from services.validate.verdict import verdict_of
from shared.forms import form_of_year
from shared.forms.sources import SOURCES
from shared.model.cell import FormEdition
from shared.model.finding import CellPlace, Finding, NotChecked, finding_key, fingerprint
from shared.model.judgement import Failure, Judgement
from shared.model.number import Number

__all__ = ["RULESET", "handed_on", "judge", "judge_together"]

_LOOKED_BACK_ON = tuple(dict.fromkeys(address for rule in RULES for address in rule.looks_back))


def judge(subject: Subject, rules: Sequence[Rule] = RULES) -> Judgement:
    """Return the judgement on a report; a rule that raises becomes a failure and never a pass."""
    configuration = subject.configuration
    book = sorted((rule for rule in rules if rule.id not in configuration.off), key=lambda rule: rank(rule.id))
    trials = suppressed([_tried(rule, subject) for rule in book if _applies(rule, subject)])
    diagnoses = [diagnosis for trial in trials for diagnosis in trial.diagnoses]
    findings = tuple(finding for trial in trials for finding in _findings(trial, diagnoses, subject))
    failures = tuple(trial.failure for trial in trials if trial.failure)
    return Judgement(
        verdict=verdict_of(subject, findings, failures),
        findings=findings,
        not_checked=tuple(
            NotChecked(trial.rule.id, each.reason, each.places) for trial in trials for each in trial.unchecked
        ),
        failures=failures,
        ruleset=configuration.ruleset,
        ran=tuple(trial.rule.id for trial in trials if trial.ran),
    )


def handed_on(subject: Subject) -> dict[str, Number]:
    """Return what the rules of the following year read in this report: figures read for certain, by cell address."""
    figures = ((address, subject.figure(address)) for address in _LOOKED_BACK_ON)
    return {address: number for address, number in figures if number is not None}


def judge_together(subjects: Sequence[Subject]) -> list[Judgement]:
    """Return the judgement on each report, held against its agency's report on the year before if that is among them.

    Where several reports of an agency on one year differ in a figure, nothing is held against that figure.
    """
    known: dict[tuple[str, int], dict[str, Number]] = {}
    for subject in subjects:
        if subject.agency_key is not None and subject.year is not None:
            figures = handed_on(subject)
            agreed = known.setdefault((subject.agency_key, subject.year), figures)
            known[subject.agency_key, subject.year] = dict(agreed.items() & figures.items())
    return [judge(replace(subject, earlier=_year_before(subject, known))) for subject in subjects]


def _year_before(subject: Subject, known: Mapping[tuple[str, int], dict[str, Number]]) -> dict[str, Number]:
    if subject.agency_key is None or subject.year is None:
        return {}
    return known.get((subject.agency_key, subject.year - 1), {})


def _applies(rule: Rule, subject: Subject) -> bool:
    """Whether the rule speaks about this report: its edition, the years set for it and, if it reads tables, one of theirs."""
    if rule.local and not subject.configuration.local:
        return False
    years = subject.configuration.years.get(rule.id)
    if years and subject.year is not None and subject.year not in years:
        return False
    if subject.report.form == "pre2019":
        return "pre2019" in rule.editions
    if not rule.tables:
        return True
    return any(subject.editions.get(number) in rule.editions for number in rule.tables)


def _tried(rule: Rule, subject: Subject) -> Trial:
    if rule.id in subject.configuration.years and subject.year is None:
        return Trial(rule, unchecked=(Unchecked("year_unknown"),), ran=False)
    present = [number for number in rule.tables if number in subject.report.tables]
    unread = [(number, reason) for number in present if (reason := subject.unread(number)) is not None]
    gaps = tuple(Unchecked(reason, (CellPlace(number),)) for number, reason in unread)
    if rule.tables and len(unread) == len(present):
        return Trial(rule, unchecked=gaps, ran=False)
    try:
        said = tuple(rule.check(subject))
    except Exception as error:  # noqa: BLE001 - whatever a rule raises is our fault, and the other rules go on
        failure = Failure(rule.id, _where(error))
        return Trial(rule, unchecked=(*gaps, Unchecked("rule_failed")), failure=failure, ran=False)
    return Trial(
        rule,
        violations=tuple(each for each in said if isinstance(each, Violation)),
        unchecked=(*gaps, *(each for each in said if isinstance(each, Unchecked))),
        diagnoses=tuple(each for each in said if isinstance(each, Diagnosis)),
        ran=not any(isinstance(each, Unchecked) and not each.places for each in said),
    )


def _where(error: Exception) -> str:
    """Return the type of an exception and where it was raised; its message may quote the report and stays out."""
    frame, line = list(traceback.walk_tb(error.__traceback__))[-1]
    return f"{type(error).__name__} at {frame.f_globals.get('__name__')}:{line}"


def _findings(trial: Trial, diagnoses: list[Diagnosis], subject: Subject) -> Iterator[Finding]:
    rule, edition = trial.rule, _edition(subject)
    diagnosis = next((each for each in diagnoses if rule.id in each.rules), None)
    for violation in trial.violations:
        key = finding_key(rule.id, violation.places)
        hint = diagnosis.suggestion if diagnosis else None
        severity = subject.configuration.severity(rule.id, rule.severity, violation.severity)
        assert severity is not None, f"{rule.id} makes no finding of its own"
        yield Finding(
            rule=rule.id,
            severity=severity,
            message=violation.message,
            places=violation.places,
            read=violation.read,
            expected=violation.expected,
            difference=violation.difference,
            suspect=diagnosis.suspect if diagnosis else None,
            suggestion=violation.suggestion or hint or rule.suggestion,
            basis=_in_force(rule.basis, edition),
            key=key,
            fingerprint=fingerprint(key, violation.read, violation.expected),
            attention=rule.attention if severity == "E" or rule.attention != "urgent" else None,
        )


def _edition(subject: Subject) -> FormEdition | None:
    """Return the edition ordered for the report's year."""
    form = form_of_year(subject.year) if subject.year is not None else None
    return form.edition if form else None


def _in_force(basis: tuple[str, ...], edition: FormEdition | None) -> tuple[str, ...]:
    """Return the sources without those that order the form of other years, if any are left."""
    left = tuple(ref for ref in basis if edition is None or SOURCES[ref].edition in {None, edition})
    return left or basis
