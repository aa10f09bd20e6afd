"""`nianbao rules`: which rules there are, and what each one checks and why."""

import json
import pathlib
from typing import Annotated, Literal

import typer

from services.validate.configuration import Configuration
from services.validate.examples import Example, traps, wrong
from services.validate.explained import ANSWERS, meaning
from services.validate.explained_text import explained_text
from services.validate.in_force import gate, in_force, set_so
from services.validate.rule import Rule
from services.validate.rules import FAMILIES, RETIRED, RULES
from services.validate.ruleset_file import EXAMPLE, configuration_of
from services.validate.settings import ValidateSettings
from shared.forms.sources import SOURCES
from shared.model.finding import Severity
from shared.model.number import as_json
from shared.ops.errors import UsageError
from shared.output.written import write_new

Format = Literal["text", "json"]
FormatOption = Annotated[Format, typer.Option("--format", help="输出方式：文字或JSON（每条规则一行）。")]
RulesetOption = Annotated[
    pathlib.Path | None,
    typer.Option(
        "--ruleset", metavar="FILE", help="按这个规则集文件显示；默认是设置 ruleset 中的文件。", show_default=False
    ),
]

rules = typer.Typer(help="规则：有哪些，各查什么、为什么、依据什么，本单位怎样设定。", no_args_is_help=True)


@rules.command("list")
def list_rules(
    family: Annotated[
        str | None, typer.Option(metavar="FAMILY", help="只列一类，例如T3（编号中“-”之前的部分）。", show_default=False)
    ] = None,
    severity: Annotated[
        Severity | None, typer.Option(help="只列一级：E必须更正，W请核实，I提示。", show_default=False)
    ] = None,
    ruleset: RulesetOption = None,
    format_: FormatOption = "text",
) -> None:
    """列出全部规则：编号、级别、名称；也可以只列一类或者一级。"""
    configuration = _configuration(ruleset)
    for rule in _chosen([in_force(rule, configuration) for rule in RULES], family, severity):
        if format_ == "json":
            typer.echo(json.dumps(_summary(rule, configuration), ensure_ascii=False))
        else:
            closed = gate(rule, configuration)
            typer.echo(f"{rule.id:<6} {rule.severity or '-'}  {rule.title}" + (f"（{closed}）" if closed else ""))


@rules.command("explain")
def explain_rules(
    ids: Annotated[list[str], typer.Argument(metavar="ID…", help="规则编号，例如T3-01。", show_default=False)],
    ruleset: RulesetOption = None,
    format_: FormatOption = "text",
) -> None:
    """说明规则查什么、为什么、依据什么，对照列出错误和正确的写法、不算错误的情形，以及怎样答复。"""
    configuration = _configuration(ruleset)
    for rule in [_named(rule_id) for rule_id in ids]:
        if format_ == "json":
            typer.echo(json.dumps(_details(rule, configuration), ensure_ascii=False))
        else:
            typer.echo(explained_text(in_force(rule, configuration)))
            if own := set_so(rule, configuration):
                typer.echo("\n".join(["本单位的设定", *(f"  · {each}" for each in own)]))


@rules.command("check")
def check_ruleset(
    file: Annotated[pathlib.Path, typer.Argument(metavar="FILE", help="规则集文件。", show_default=False)],
    format_: FormatOption = "text",
) -> None:
    """检查一个规则集文件的写法，列出它的设定；有误的，逐处指出。

    退出码：0 可以使用；2 不能使用。
    """
    configuration = configuration_of(file)
    ruleset = configuration.ruleset
    told = {rule.id: said for rule in RULES if (said := set_so(rule, configuration))}
    if format_ == "json":
        typer.echo(json.dumps({"version": ruleset.version, "hash": ruleset.hash, "set": told}, ensure_ascii=False))
        return
    typer.echo(f"可以使用：规则集 {ruleset.printed}" + ("" if told else "，与规则原来的规定相同"))
    for rule_id, said in told.items():
        typer.echo(f"{rule_id:<6} {'；'.join(said)}")


@rules.command("template")
def write_template(
    path: Annotated[pathlib.Path, typer.Argument(metavar="FILE", help="写到哪里。")] = pathlib.Path("ruleset.toml"),
    format_: FormatOption = "text",
) -> None:
    """写出一份规则集文件的样本：可以设定的每一项，各有说明；没有改动之前与规则原来的规定相同。"""
    write_new(EXAMPLE.read_bytes(), path)
    typer.echo(json.dumps({"path": str(path)}, ensure_ascii=False) if format_ == "json" else str(path))


def _configuration(file: pathlib.Path | None) -> Configuration:
    return configuration_of(file or ValidateSettings().ruleset)


def _chosen(rules: list[Rule], family: str | None, severity: Severity | None) -> list[Rule]:
    if family is not None and family.upper() not in FAMILIES:
        raise UsageError(f"没有这一类规则：{family}；共有{'、'.join(FAMILIES)}")
    return [
        rule
        for rule in rules
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


def _summary(rule: Rule, configuration: Configuration) -> dict[str, object]:
    closed = gate(rule, configuration)
    return {"id": rule.id, "severity": rule.severity, "title": rule.title, "basis": rule.basis, "gate": closed}


def _details(own: Rule, configuration: Configuration) -> dict[str, object]:
    rule = in_force(own, configuration)
    return {
        **_summary(rule, configuration),
        "set": set_so(own, configuration),
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
            {
                "name": each.name,
                "value": as_json(configuration.threshold(each)),
                "default": as_json(each.default),
                "meaning": each.meaning,
            }
            for each in own.thresholds
        ],
    }


def _example(example: Example) -> dict[str, object]:
    differences = [{"place": each.place, "printed": each.printed, "right": each.right} for each in example.differences]
    return {"what": example.what, "known": example.known, "differences": differences}
