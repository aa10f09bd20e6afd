"""The file ruleset.toml: what an office may set in the rule set, checked before anything is judged by it."""

import difflib
import pathlib
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from importlib.resources import files
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from services.validate.configuration import AS_WRITTEN, Configuration, LocalItem, Years
from services.validate.rule import Rule
from services.validate.rules import RETIRED, RULES
from shared.forms.sources import SOURCES
from shared.model.finding import Severity
from shared.ops.errors import UsageError, system_said
from shared.ops.toml import toml_said

Path = tuple[str | int, ...]

EXAMPLE = files("services.validate") / "ruleset.example.toml"

_BOOK = {rule.id: rule for rule in RULES}

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class _Years(_Table):
    first: int | None = Field(default=None, alias="from", ge=2008, le=2999)
    last: int | None = Field(default=None, alias="until", ge=2008, le=2999)


class _Local(_Table):
    name: Words
    words: list[Words] = Field(min_length=1)


class _File(_Table):
    # It is printed in mails and shown as a label of metrics.
    version: Annotated[str, StringConstraints(pattern=r"^[\w.-]{1,40}$")]
    off: list[str] = []
    confirmed: list[str] = []
    severity: dict[str, Severity] = {}
    threshold: dict[str, dict[str, int | Decimal]] = {}
    years: dict[str, _Years] = {}
    local: list[_Local] = []


@dataclass(frozen=True, slots=True)
class _Fault:
    """What is wrong, and with which key."""

    path: Path
    message: str


def configuration_of(file: pathlib.Path | None) -> Configuration:
    """Return what a file sets, nothing without a file; UsageError with every fault and its line in one line of Chinese."""
    if file is None:
        return AS_WRITTEN
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except OSError as fault:
        raise UsageError(f"无法读取规则集文件：{file}（{system_said(fault)}）") from None
    except UnicodeDecodeError as fault:
        raise UsageError(f"规则集文件 {file}：{toml_said(fault)}") from None
    try:
        return read_configuration(text)
    except UsageError as fault:
        raise UsageError(f"规则集文件 {file}：{fault}") from None


def read_configuration(text: str) -> Configuration:
    """Return what the text of a file sets; UsageError with every fault and its line in one line of Chinese."""
    try:
        written = _File.model_validate(tomllib.loads(text, parse_float=Decimal))
    except tomllib.TOMLDecodeError as fault:
        raise UsageError(toml_said(fault)) from None
    except ValidationError as fault:
        raise UsageError(_told(text, _of_pydantic(fault))) from None
    faults = list(_faults(written))
    if faults:
        raise UsageError(_told(text, faults))
    return Configuration(
        version=written.version,
        severities=written.severity,
        thresholds={(rule, name): value for rule, named in written.threshold.items() for name, value in named.items()},
        years={rule: Years(each.first, each.last) for rule, each in written.years.items()},
        off=frozenset(written.off),
        local=tuple(LocalItem(each.name, tuple(each.words)) for each in written.local),
    )


def _faults(written: _File) -> Iterator[_Fault]:
    for key in ("off", "confirmed"):
        for place, rule_id in enumerate(getattr(written, key)):
            yield from _unknown((key, place), rule_id)
    for key in ("severity", "threshold", "years"):
        for rule_id in getattr(written, key):
            yield from _unknown((key, rule_id), rule_id)
    for rule_id, severity in written.severity.items():
        yield from _severity(rule_id, severity, confirmed=rule_id in written.confirmed)
    for rule_id, named in written.threshold.items():
        for name, value in named.items():
            yield from _threshold(rule_id, name, value)
    for rule_id, each in written.years.items():
        if each.first is not None and each.last is not None and each.first > each.last:
            yield _Fault(("years", rule_id), f"起始年度{each.first}晚于截止年度{each.last}")


def _unknown(path: Path, rule_id: str) -> Iterator[_Fault]:
    if rule_id in RETIRED:
        yield _Fault(path, f"规则{rule_id}已停用")
    elif rule_id not in _BOOK:
        yield _Fault(path, f"没有编号为“{rule_id}”的规则{_near(rule_id, _BOOK, '；全部规则见 nianbao rules list')}")


def _severity(rule_id: str, severity: Severity, *, confirmed: bool) -> Iterator[_Fault]:
    rule = _BOOK.get(rule_id)
    path = ("severity", rule_id)
    if rule is None:
        return
    if rule.severity is None:
        yield _Fault(path, "这条规则不单独成为问题，没有级别可定")
    elif severity == "E" and not (confirmed or may_be_error(rule)):
        yield _Fault(path, "依据尚未核对公布文本，至多定为W；本单位已经核对的，请把规则编号列入 confirmed")


def may_be_error(rule: Rule) -> bool:
    """Whether a finding of the rule may be an E without the office's word: it is one anyway, or rests on a verified text."""
    return rule.severity == "E" or any(SOURCES[ref].status == "V" for ref in rule.basis)


def _threshold(rule_id: str, name: str, value: int | Decimal) -> Iterator[_Fault]:
    rule = _BOOK.get(rule_id)
    path = ("threshold", rule_id, name)
    if rule is None:
        return
    known = {each.name: each for each in rule.thresholds}
    if name not in known:
        names = "，可设的是" + "、".join(known) if known else ""
        yield _Fault(path, f"规则{rule_id}没有名为“{name}”的限值{_near(name, known, names)}")
    elif isinstance(value, Decimal) and isinstance(known[name].default, int):
        yield _Fault(path, "应为整数")
    elif value < 0:
        yield _Fault(path, "不能是负数")


def _near(name: str, known: Iterable[str], otherwise: str) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    return f"，是否应为“{near[0]}”" if near else otherwise


_SAID: dict[str, str] = {
    "extra_forbidden": "没有这个键",
    "missing": "缺少这个键",
    "literal_error": "应为E、W或I",
    "int_type": "应为整数",
    "string_type": "应为加引号的文字",
    "string_too_short": "不能为空",
    "string_pattern_mismatch": "只能用文字、数字和“.”“-”“_”，不超过40个字",
    "list_type": "应为方括号中的一列",
    "too_short": "至少要有一项",
    "dict_type": "应为表（键和值）",
    "model_type": "应为表（键和值）",
    "decimal_type": "应为数字",
    "is_instance_of": "应为数字",
    "finite_number": "应为数字",
    "greater_than_equal": "应为2008年以后的年度",
    "less_than_equal": "应为四位数的年度",
}


def _of_pydantic(error: ValidationError) -> list[_Fault]:
    """Return the faults, each key once: a figure that is neither integer nor decimal is told of twice."""
    faults: dict[Path, _Fault] = {}
    for each in error.errors(include_input=False, include_url=False):
        # The branch of a union stands in the path as a name that no file has.
        path = tuple(part for part in each["loc"] if part not in {"int", "decimal"})
        said = _SAID.get(each["type"], "不能这样写")
        faults[path] = _Fault(path, f"{said}{_known_keys(path)}" if each["type"] == "extra_forbidden" else said)
    return list(faults.values())


def _known_keys(path: Path) -> str:
    inner: dict[str | int, type[_Table]] = {"years": _Years, "local": _Local}
    table = inner.get(path[0], _File) if len(path) > 1 else _File
    names = [each.alias or name for name, each in table.model_fields.items()]
    return _near(str(path[-1]), names, "，可用的是" + "、".join(names))


def _told(text: str, faults: list[_Fault]) -> str:
    line_of = _lines(text)
    return "；".join(_line_told(line_of(each.path), each) for each in faults)


def _line_told(line: int | None, fault: _Fault) -> str:
    name = ".".join(str(part) for part in fault.path if isinstance(part, str))
    return f"第{line}行 {name}：{fault.message}" if line else f"{name}：{fault.message}"


_HEADER = re.compile(r"\s*(\[\[?)\s*([^\]]+?)\s*\]")
_KEY = re.compile(r"\s*([\w\-.\"' ]+?)\s*=")


def _lines(text: str) -> Callable[[Path], int | None]:
    """Return a function from the path of a key to the line where it, or the nearest table around it, is written."""
    written: dict[Path, int] = {}
    table: Path = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            table = _parts(header[2])
            if header[1] == "[[":
                table = (*table, sum(path[:-1] == table and isinstance(path[-1], int) for path in written if path))
            written.setdefault(table, number)
        elif key := _KEY.match(line):
            written.setdefault((*table, *_parts(key[1])), number)

    def line_of(path: Path) -> int | None:
        shorter = (path[:length] for length in range(len(path), 0, -1))
        return next((written[each] for each in shorter if each in written), None)

    return line_of


def _parts(key: str) -> Path:
    return tuple(part.strip(" \"'") for part in key.split("."))
