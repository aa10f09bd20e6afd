"""What differs between two runs over a corpus, for a person: a block a document, and a closing count."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Any

from shared.output.changes import Change, What
from shared.output.checked import FORMS, SEVERITIES, STATUSES
from shared.output.columns import printable, wrap
from shared.output.meanings import CELL_STATES, reason
from shared.output.outcome import Corpus

_INDENT = "  "
_UNSEEN = ("absent", "picture")
_TABLE_STATES = {
    "present": "读到",
    "absent": "没有找到",
    "picture": "是图片",
    "damaged": "残缺",
    "repeated": "出现不止一次",
}

_KINDS: dict[What, str] = {
    "bytes": "文件内容",
    "status": "状态",
    "report": "报告",
    "agency": "机关",
    "year": "年度",
    "form": "格式",
    "title": "标题",
    "published": "公布日期",
    "table": "表",
    "cell": "单元格",
    "claim": "文中的数字",
    "finding": "发现",
    "not_checked": "未核验",
    "verdict": "结论",
}


def changes_text(old: Corpus, new: Corpus, found: Sequence[Change], *, columns: int) -> str:
    """Return every difference in lines of at most so many columns; cells of a table that came or went whole are counted only."""
    blocks = ["\n".join(_versions(old, new))]
    for source, group in groupby(found, key=lambda each: each.source):
        lines = [wrap(line, columns, _INDENT, _INDENT * 3) for line in _document(list(group))]
        blocks.append("\n".join([printable(source), *lines]))
    return "\n\n".join([*blocks, wrap(_closing(old, new, found), columns)]) + "\n"


def _versions(old: Corpus, new: Corpus) -> Iterator[str]:
    for name, before, after in (
        ("读取程序", old.parser, new.parser),
        ("规则集", old.ruleset.printed, new.ruleset.printed),
    ):
        yield f"{name}：{before}" + ("" if before == after else f" → {after}")


def _document(found: Sequence[Change]) -> Iterator[str]:
    whole = {(each.report, each.table) for each in found if each.what == "table" and _came_or_went(each)}
    several = len({each.report for each in found if each.report}) > 1
    for each in found:
        if each.what == "cell" and (each.report, each.table) in whole:
            continue
        of = f"（{each.report}）" if several and each.report and each.what != "report" else ""
        yield printable(_line(each)) + of


def _came_or_went(table: Change) -> bool:
    return any(value is None or value.split(":")[0] in _UNSEEN for value in (table.old, table.new))


def _line(change: Change) -> str:
    if change.what == "document":
        return "仅在新结果中" if change.old is None else "仅在旧结果中"
    if change.what in {"claim", "not_checked"}:
        return f"{_KINDS[change.what]} {_named(change)}：{change.old}处 → {change.new}处"
    told = _TOLD.get(change.what, str)
    before, after = ("没有" if value is None else told(value) for value in (change.old, change.new))
    subject = (
        change.place
        if change.what in {"table", "cell"}
        else " ".join(filter(None, (_KINDS[change.what], change.place)))
    )
    return f"{subject}：{before} → {after}"


def _named(change: Change) -> str:
    if change.what == "claim" or change.place is None:
        return change.place or ""
    rule, code = change.place.split(" ", 1)
    return f"{rule} {reason(code)}"


def _status(status: str) -> str:
    name, _, code = status.partition(":")
    told = next((sentence for known, sentence in STATUSES.items() if known == name), name)
    return f"{told}（{code}）" if code else told


def _table(table: str) -> str:
    state, _, form = table.partition(":")
    return _TABLE_STATES.get(state, state) + (f"，{form}年格式" if form.isdigit() else "")


def _cell(cell: dict[str, Any]) -> str:
    name = next((name for state, name in CELL_STATES.items() if state == cell["state"]), cell["state"])
    figure = cell["value"] if cell["value"] is not None else cell["converted"]
    shown = cell["raw"] or (f"{name}＝{figure}" if figure is not None else name)
    doubt = (
        f"把握{cell['confidence']}" if cell["confidence"] < 1 and cell["state"] not in {"missing", "unplaced"} else ""
    )
    aside = "，".join(part for part in (doubt, "由图片识别" if cell["recognised"] else "") if part)
    return f"{shown}（{aside}）" if aside else str(shown)


def _finding(finding: dict[str, Any]) -> str:
    severity = next((name for code, name in SEVERITIES.items() if code == finding["severity"]), finding["severity"])
    figures = (("读到", finding["read"]), ("应为", finding["expected"]))
    return "，".join([severity, *(f"{word}{figure}" for word, figure in figures if figure is not None)])


def _form(form: str) -> str:
    return next((name for code, name in FORMS.items() if code == form), form)


_TOLD: dict[What, Callable[[Any], str]] = {
    "bytes": lambda digest: str(digest)[:12],
    "status": _status,
    "form": _form,
    "table": _table,
    "cell": _cell,
    "finding": _finding,
}


def _closing(old: Corpus, new: Corpus, found: Sequence[Change]) -> str:
    compared = len(old.outcomes.keys() & new.outcomes.keys())
    if not found:
        return f"比较了{compared}个文件，没有不同。"
    counts = Counter(each.what for each in found)
    changed = len({each.source for each in found if each.what != "document"})
    told = "、".join(f"{name}{counts[what]}处" for what, name in _KINDS.items() if counts[what])
    alone = [(each.old is None) for each in found if each.what == "document"]
    only = "".join(
        f"；仅在{name}结果中的{count}个"
        for name, count in (("旧", alone.count(False)), ("新", alone.count(True)))
        if count
    )
    return f"比较了{compared}个文件，{changed}个有不同" + (f"：{told}" if told else "") + f"{only}。"
