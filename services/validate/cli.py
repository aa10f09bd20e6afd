"""`nianbao rules`: which rules there are, and what each one checks and why."""

import json
from typing import Annotated, Literal

import typer

from services.validate.examples import Example, traps, wrong
from services.validate.explained import ANSWERS, meaning
from services.validate.explained_text import explained_text
from services.validate.rule import Rule
from services.validate.rules import FAMILIES, RETIRED, RULES
from shared.forms.sources import SOURCES
from shared.model.finding import Severity
from shared.model.number import as_json
from shared.ops.errors import UsageError

Format = Literal["text", "json"]
FormatOption = Annotated[Format, typer.Option("--format", help="输出方式：文字或JSON（每条规则一行）。")]

rules = typer.Typer(help="规则：有哪些，各查什么、为什么、依据什么。", no_args_is_help=True)


@rules.command("list")
def list_rules(
    family: Annotated[
        str | None, typer.Option(metavar="FAMILY", help="只列一类，例如T3（编号中“-”之前的部分）。", show_default=False)
    ] = None,
    severity: Annotated[
        Severity | None, typer.Option(help="只列一级：E必须更正，W请核实，I提示。", show_default=False)
    ] = None,
    format_: FormatOption = "text",
) -> None:
    """列出全部规则：编号、级别、名称；也可以只列一类或者一级。"""
    for rule in _chosen(family, severity):
        if format_ == "json":
            typer.echo(json.dumps(_summary(rule), ensure_ascii=False))
        else:
            typer.echo(f"{rule.id:<6} {rule.severity or '-'}  {rule.title}")


@rules.command("explain")
def explain_rules(
    ids: Annotated[list[str], typer.Argument(metavar="ID…", help="规则编号，例如T3-01。", show_default=False)],
    format_: FormatOption = "text",
) -> None:
    """说明规则查什么、为什么、依据什么，对照列出错误和正确的写法、不算错误的情形，以及怎样答复。"""
    for rule in [_named(rule_id) for rule_id in ids]:
        typer.echo(json.dumps(_details(rule), ensure_ascii=False) if format_ == "json" else explained_text(rule))


def _chosen(family: str | None, severity: Severity | None) -> list[Rule]:
    if family is not None and family.upper() not in FAMILIES:
        raise UsageError(f"没有这一类规则：{family}；共有{'、'.join(FAMILIES)}")
    return [
        rule
        for rule in RULES
        if (family is None or rule.family == family.upper()) and (severity is None or rule.severity == severity)
    ]


def _named(rule_id: str) -> Rule:
    wanted = rule_id.upper()
    if wanted in RETIRED:
        raise UsageError(f"规则{wanted}已停用。")
    for rule in RULES:
        if rule.id == wanted:
            return rule
    raise UsageError(f"没有编号为“{rule_id}”的规则；全部规则见 nianbao rules list")


def _summary(rule: Rule) -> dict[str, object]:
    return {"id": rule.id, "severity": rule.severity, "title": rule.title, "basis": rule.basis}


def _details(rule: Rule) -> dict[str, object]:
    return {
        **_summary(rule),
        "meaning": meaning(rule.severity),
        "about": rule.about,
        "suggestion": rule.suggestion,
        "tables": rule.tables,
        "editions": rule.editions,
        "sources": [SOURCES[ref].citation for ref in rule.basis],
        "breaks": [_example(each) for each in wrong(rule)],
        "silent": [_example(each) for each in traps(rule)],
        "answer": ANSWERS[rule.severity],
        "thresholds": [
            {"name": each.name, "default": as_json(each.default), "meaning": each.meaning} for each in rule.thresholds
        ],
    }


def _example(example: Example) -> dict[str, object]:
    differences = [{"place": each.place, "printed": each.printed, "right": each.right} for each in example.differences]
    return {"what": example.what, "known": example.known, "differences": differences}
