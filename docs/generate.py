"""Fills the generated parts of the documentation from the code: `make docs`. With --check it only says what is stale.

A page keeps its own text; between <!-- begin NAME --> and <!-- end NAME --> stands what BLOCKS[NAME] returns.
"""

import json
import pathlib
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, get_args

import typer
import yaml
from pydantic import BaseModel

from deploy.licences import listing, recognition, runtime
from deploy.lock import Locked
from services.__main__ import build
from services.parse.reasons import REASONS as DOCUMENT_REASONS
from services.settings import CLASSES
from services.validate.rulebook import rule_book
from shared.documents import PROBLEMS
from shared.forms.metrics import OTHERS, SUMS
from shared.model.cell import CellState, TableState
from shared.model.reasons import REASONS
from shared.ops.catalogue import Labels
from shared.ops.errors import REJECT_REASONS
from shared.ops.listing import PREFIX, default_of
from shared.ops.metrics import METRICS
from shared.output.checked import STATUSES
from shared.stream.asyncapi import document
from shared.stream.schemas import breaks, schema_of
from shared.stream.topics import TOPICS, Topic

DOCS = pathlib.Path(__file__).parent
PROMETHEUS_RULES = DOCS.parent / "deploy" / "prometheus" / "rules"
WIDTH = 100

_BLOCK = re.compile(r"(<!-- begin ([\w-]+) -->\n).*?(<!-- end \2 -->)", re.DOTALL)


def _table(head: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "".join(
        "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in line) + " |\n" for line in lines
    )


def commands() -> str:
    """Return the help of every command and its parts."""
    return "\n".join(_help(command, name) for name, command in _walk(typer.main.get_command(build()), "nianbao"))


def _walk(command: Any, name: str) -> Iterator[tuple[str, Any]]:
    yield name, command
    for part, inner in getattr(command, "commands", {}).items():
        yield from _walk(inner, f"{name} {part}")


def _help(command: Any, name: str) -> str:
    context = typer.Context(command, info_name=name, terminal_width=WIDTH, max_content_width=WIDTH)
    return f"{'#' * (name.count(' ') + 2)} {name}\n\n```text\n{command.get_help(context)}\n```\n"


def settings() -> str:
    """Return every setting once, by the class that brings it."""
    seen: dict[str, tuple[str, ...]] = {}
    for settings_class in CLASSES:
        for name, field in settings_class.model_fields.items():
            row = (f"`{name}`", f"`{PREFIX}{name.upper()}`", default_of(field), field.description or "")
            seen.setdefault(name, row)
    return _table(("名称", "环境变量", "默认", "说明"), iter(seen.values()))


def topics() -> str:
    """Return the table of topics."""
    rows = (
        (
            f"`{topic.name}`",
            topic.event.type,
            topic.key,
            str(topic.partitions),
            f"{topic.retention_days} days",
            f"{topic.max_bytes // 1024} KiB",
        )
        for topic in TOPICS
    )
    return _table(("topic", "event", "key", "partitions", "kept", "largest message"), rows)


def events() -> str:
    """Return every event with its fields."""
    return "\n".join(_event(topic.event) for topic in TOPICS)


def _event(event: type[BaseModel]) -> str:
    kind = getattr(event, "type", "")
    rows = (
        (f"`{name}`", _type(field.annotation), "" if field.is_required() else "optional")
        for name, field in event.model_fields.items()
    )
    return f"### {kind}\n\n{' '.join((event.__doc__ or '').split())}\n\n{_table(('field', 'type', ''), rows)}"


def _type(annotation: Any) -> str:
    if isinstance(annotation, type):
        return annotation.__name__
    choices = get_args(annotation)
    if choices and all(isinstance(choice, str) for choice in choices):
        return ", ".join(f'"{choice}"' for choice in choices)
    return re.sub(r"\b(?:\w+\.)+(\w+)", r"\1", str(annotation))


def metrics() -> str:
    """Return every metric with its labels and their values."""
    rows = ((f"`{each.name}`", each.kind, _labels(each.labels), ", ".join(each.stages), each.text) for each in METRICS)
    return _table(("metric", "type", "labels", "shown by", "what it says"), rows)


def _labels(labels: Labels) -> str:
    return "; ".join(
        f"`{name}`" + (f": {', '.join(values)}" if values and name not in {"stage", "service"} else "")
        for name, values in labels.items()
    )


def alerts() -> str:
    """Return every alert: its runbook, under the runbook's own title, how urgent it is, and when it fires."""
    rows = (
        (
            f"[{rule['alert']}](runbooks/{rule['alert']}.md)",
            _runbook_title(rule["alert"]),
            rule["labels"]["severity"],
            f"`{' '.join(rule['expr'].split())}`",
            rule.get("for", ""),
        )
        for rule in _prometheus_rules("alerts.yml")
    )
    return _table(("告警", "说的是什么", "级别", "条件", "持续"), rows)


def _runbook_title(alert: str) -> str:
    return (DOCS / "runbooks" / f"{alert}.md").read_text(encoding="utf-8").splitlines()[0].partition("：")[2]


def recording_rules() -> str:
    """Return every series that Prometheus works out by itself."""
    rows = ((f"`{rule['record']}`", f"`{rule['expr']}`") for rule in _prometheus_rules("recording.yml"))
    return _table(("序列", "由来"), rows)


def _prometheus_rules(name: str) -> Iterator[dict[str, Any]]:
    for group in yaml.safe_load((PROMETHEUS_RULES / name).read_text(encoding="utf-8"))["groups"]:
        yield from group["rules"]


def _codes(meanings: Mapping[Any, str]) -> str:
    return _table(("code", "meaning"), ((f"`{code}`", meaning) for code, meaning in meanings.items()))


def claim_metrics() -> str:
    """Return what a claim may be about beside the cells of the tables."""
    return _table(
        ("Metric", "What it counts or states"), ((f"`{name}`", title) for name, title in (SUMS | OTHERS).items())
    )


def document_reasons() -> str:
    """Return every code that a document's `reason` can have."""
    return _codes({**DOCUMENT_REASONS, **PROBLEMS})


def licences(packages: Iterable[Locked]) -> str:
    """Return a line for every package."""
    return _table(("package", "version", "licence (SPDX)", "note"), listing(packages))


BLOCKS: dict[str, Callable[[], str]] = {
    "alerts": alerts,
    "recording-rules": recording_rules,
    "commands": commands,
    "settings": settings,
    "topics": topics,
    "metrics": metrics,
    "events": events,
    "licences": lambda: licences(runtime()),
    "licences-ocr": lambda: licences(recognition()),
    "statuses": lambda: _codes(STATUSES),
    "claim-metrics": claim_metrics,
    "document-reasons": document_reasons,
    "not-checked-reasons": lambda: _codes(REASONS),
    "table-states": lambda: ", ".join(f"`{state}`" for state in get_args(TableState)) + "\n",
    "cell-states": lambda: ", ".join(f"`{state}`" for state in get_args(CellState)) + "\n",
    "reject-reasons": lambda: ", ".join(f"`{each}`" for each in REJECT_REASONS) + "\n",
}


def pages() -> dict[pathlib.Path, str]:
    """Return every documentation page with its generated parts as they must be, and every contract."""
    filled = {path: _filled(path.read_text(encoding="utf-8")) for path in sorted(DOCS.rglob("*.md"))}
    contracts = {DOCS / "asyncapi.json": document()} | {_schema(topic): schema_of(topic.event) for topic in TOPICS}
    as_text = {path: json.dumps(each, ensure_ascii=False, indent=2) + "\n" for path, each in contracts.items()}
    return filled | {DOCS / "rules.md": rule_book()} | as_text


def _schema(topic: Topic) -> pathlib.Path:
    return DOCS / "events" / f"{topic.event.type}.schema.json"


def broken() -> list[str]:
    """Return what in the events would stop readers that know the committed schemas; `make docs` writes none of it down."""
    known = {path: json.loads(path.read_text(encoding="utf-8")) for path in (DOCS / "events").glob("*.schema.json")}
    present = {_schema(topic): topic.event for topic in TOPICS}
    gone = [f"{path.name} has no event any more" for path in known if path not in present]
    changed = (
        f"{event.type}: {line}"
        for path, event in present.items()
        if path in known
        for line in breaks(known[path], schema_of(event))
    )
    return [*gone, *changed]


def _filled(text: str) -> str:
    return _BLOCK.sub(lambda block: f"{block[1]}{BLOCKS[block[2]]()}{block[3]}", text)


def main(arguments: list[str]) -> int:
    """Write the pages, or with --check name the stale ones and return 1."""
    breaking = broken()
    if breaking:
        print(*breaking, "Not additive: keep the event as it was and add a new one with a new topic (….v2).", sep="\n")
        return 1
    stale = [path for path, text in pages().items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    for path in stale:
        print(path.relative_to(DOCS.parent))
    if "--check" in arguments:
        return int(bool(stale))
    fresh = pages()
    for path in stale:
        path.parent.mkdir(exist_ok=True)
        path.write_text(fresh[path], encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
