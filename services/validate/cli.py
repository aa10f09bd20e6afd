"""`nianbao rules`: which rules there are, and what each one checks and why."""

import json
from typing import Annotated, Literal

import typer

from services.validate.rule import Rule
from services.validate.rulebook import explain, meaning
from services.validate.rules import RETIRED, RULES
from shared.forms.sources import SOURCES
from shared.ops.errors import UsageError

Format = Literal["text", "json"]
FormatOption = Annotated[Format, typer.Option("--format", help="输出方式：文字或JSON（每条规则一行）。")]

rules = typer.Typer(help="规则：有哪些，各查什么、为什么、依据什么。", no_args_is_help=True)


@rules.command("list")
def list_rules(format_: FormatOption = "text") -> None:
    """列出全部规则：编号、级别、名称。"""
    for rule in RULES:
        if format_ == "json":
            typer.echo(json.dumps(_summary(rule), ensure_ascii=False))
        else:
            typer.echo(f"{rule.id:<6} {rule.severity or '-'}  {rule.title}")


@rules.command("explain")
def explain_rules(
    ids: Annotated[list[str], typer.Argument(metavar="ID…", help="规则编号，例如T3-01。", show_default=False)],
    format_: FormatOption = "text",
) -> None:
    """说明规则查什么、为什么、依据什么，举例说明什么会报、什么不会报。"""
    for rule in [_named(rule_id) for rule_id in ids]:
        typer.echo(json.dumps(_details(rule), ensure_ascii=False) if format_ == "json" else explain(rule))


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
        "breaks": [case.what for case in rule.breaks],
        "silent": [case.what for case in rule.silent],
    }
