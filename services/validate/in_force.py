"""Rules as an office has set them, for readers."""

from collections.abc import Iterator
from dataclasses import replace

from services.validate.configuration import Configuration, Years
from services.validate.rule import Rule
from services.validate.wording import figure
from shared.output.checked import SEVERITIES


def in_force(rule: Rule, configuration: Configuration) -> Rule:
    """Return a rule with the severity and thresholds that are set for it."""
    return replace(
        rule,
        severity=configuration.severity(rule.id, rule.severity, None),
        thresholds=tuple(replace(each, default=configuration.threshold(each)) for each in rule.thresholds),
    )


def gate(rule: Rule, configuration: Configuration) -> str | None:
    """Return why a rule does not run on every report: switched off, for some years only, nothing asked locally; None if it does."""
    if rule.id in configuration.off:
        return "停用"
    if rule.local and not configuration.local:
        return "没有本地要求，不运行"
    years = configuration.years.get(rule.id)
    return _years(years) if years else None


def set_so(rule: Rule, configuration: Configuration) -> tuple[str, ...]:
    """Return what is set otherwise than the rule says, each in a few words; nothing where all is as written."""
    return tuple(_set_so(rule, in_force(rule, configuration), configuration))


def _set_so(rule: Rule, other: Rule, configuration: Configuration) -> Iterator[str]:
    if rule.id in configuration.off:
        yield "停用"
    if rule.severity and other.severity and rule.severity != other.severity:
        yield f"级别：{SEVERITIES[rule.severity]} → {SEVERITIES[other.severity]}"
    for own, given in zip(rule.thresholds, other.thresholds, strict=True):
        if own != given:
            yield f"{own.name}：{figure(own.default)} → {figure(given.default)}"
    if rule.id in configuration.years:
        yield _years(configuration.years[rule.id])
    if rule.local:
        yield from (f"本地要求：{each.name}（{'、'.join(each.words)}）" for each in configuration.local)


def _years(years: Years) -> str:
    if years.first is None:
        return "不限年度" if years.last is None else f"{years.last}年度及以前适用"
    if years.last is None:
        return f"{years.first}年度起适用"
    return f"{years.first}年度适用" if years.first == years.last else f"{years.first}至{years.last}年度适用"
