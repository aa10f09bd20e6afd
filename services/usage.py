"""What was typed wrong, told in Chinese: the command line's library speaks English only."""

import difflib
import re
from typing import Any

import typer

# The library's classes are private and have moved once; their names have not. Each is told from what it carries.
_SAYS = (
    (re.compile(r"No such command '(?P<name>.*?)'"), "没有命令“{name}”{near}"),
    (re.compile(r"Got unexpected extra argument\S* \((?P<extra>.*)\)"), "多出了参数：{extra}"),
    (re.compile(r"Option '(?P<name>.*)' requires"), "选项 {name} 后面要写一个值"),
    (re.compile(r"Option '(?P<name>.*)' does not take a value"), "选项 {name} 后面不写值"),
)
_VALUES = (
    (re.compile(r"'(?P<value>.*)' is not one of (?P<choices>.*)\."), "“{value}”不在可用的值之中：{choices}"),
    (re.compile(r"'(?P<value>.*)' does not match the formats"), "“{value}”应写成日期，例如 2025-01-31"),
    (re.compile(r"valid integer"), "应为整数"),
    (re.compile(r"valid number"), "应为数字"),
    (re.compile(r"less than or equal to (?P<limit>\S+)"), "不能大于 {limit}"),
    (re.compile(r"greater than or equal to (?P<limit>\S+)"), "不能小于 {limit}"),
)


def told(fault: typer.TyperException) -> str:
    """Return one line on what was typed wrong and where the usage stands, or the usage itself where nothing was typed."""
    facts = vars(fault)
    context = facts.get("ctx")
    if type(fault).__name__ == "NoArgsIsHelpError":
        return fault.format_message()
    usage = f"；用法见 {context.command_path} --help" if context else ""
    return f"nianbao: {_what(fault, facts, context)}{usage}"


def _what(fault: typer.TyperException, facts: dict[str, Any], context: Any) -> str:
    name = _name(facts.get("param"))
    if type(fault).__name__ == "MissingParameter":
        return f"缺少{name}"
    if type(fault).__name__ == "NoSuchOption":
        return f"没有选项 {facts['option_name']}{_meant(facts.get('possibilities') or ())}"
    if name:
        return f"{name} 的值有误：{_matched(_VALUES, fault.message, '') or fault.message}"
    near = difflib.get_close_matches(
        _quoted(fault.message), getattr(getattr(context, "command", None), "commands", ()), 1
    )
    return _matched(_SAYS, fault.message, _meant(near)) or fault.format_message()


def _name(parameter: Any) -> str:
    """Return what a person calls a parameter: 参数 PATH, 选项 --year."""
    if parameter is None:
        return ""
    if parameter.param_type_name == "option":
        return f"选项 {parameter.opts[0]}"
    shown = parameter.get_error_hint().strip("'[]").removesuffix("...")
    return f"参数 {shown}"


def _meant(possible: Any) -> str:
    return f"，是否应为“{'”、“'.join(sorted(possible))}”" if possible else ""


def _quoted(message: str) -> str:
    found = re.search(r"'(.*?)'", message)
    return found[1] if found else ""


def _matched(sentences: tuple[tuple[re.Pattern[str], str], ...], message: str, near: str) -> str | None:
    for pattern, sentence in sentences:
        found = pattern.search(message)
        if found:
            return sentence.format(near=near, **{key: _listed(value) for key, value in found.groupdict().items()})
    return None


def _listed(value: str) -> str:
    return value.replace("', '", "、").strip("'")
