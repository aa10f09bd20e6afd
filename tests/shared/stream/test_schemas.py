"""The committed schemas are the contract: bodies fit them, and a change that would stop a reader is found."""

import copy
import json
import pathlib
from datetime import UTC, datetime
from typing import ClassVar, Literal

import pytest
from pydantic import Field, create_model

from shared.stream.envelope import encode
from shared.stream.events import Event, ReportViolations, StructuredReport
from shared.stream.schemas import breaks, schema_of
from shared.stream.stage import Outgoing
from shared.stream.topics import TOPICS, VIOLATIONS
from shared.testing.judgements import finding, violations

COMMITTED = pathlib.Path(__file__).parents[3] / "docs" / "events"
EVENTS = [pytest.param(topic.event, id=topic.event.type) for topic in TOPICS]
WAY_OUT = "keep the event as it was and add a new one with a new topic (….v2); see docs/events.md"


class Thing(Event):
    """A body with one field of each kind."""

    type: ClassVar[str] = "nianbao.test.thing.v1"
    name: str
    size: int | None
    kind: Literal["a", "b"]
    tags: tuple[str, ...] = ()
    corners: tuple[float, float] = (0.0, 1.0)
    counts: dict[str, int] = Field(default_factory=dict)


def changed(**fields):
    """Return the schema of a thing with other fields: (type, default), (type, ...) without a default, None for none."""
    kept = {name: (field.annotation, field) for name, field in Thing.model_fields.items() if name not in fields}
    added = {name: field for name, field in fields.items() if field is not None}
    return schema_of(create_model("Thing", __base__=Event, **kept, **added, type=(ClassVar[str], Thing.type)))


@pytest.mark.parametrize("event", EVENTS)
def test_a_change_of_an_event_is_additive(event):
    """Held against the committed schema, nothing of an event would stop a reader that knows it."""
    committed = json.loads((COMMITTED / f"{event.type}.schema.json").read_text(encoding="utf-8"))
    broken = breaks(committed, schema_of(event))
    assert not broken, f"{event.type} is not additive: {'; '.join(broken)}: {WAY_OUT}"


def test_no_event_that_was_published_is_gone():
    """A committed schema has its event: topics are kept for months, and their readers with them."""
    committed = {path.name.removesuffix(".schema.json") for path in COMMITTED.iterdir()}
    assert committed == {topic.event.type for topic in TOPICS}, WAY_OUT


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"extra": (str, "x")},
        {"extra": (str | None, None)},
        {"name": (str, "x")},
        {"kind": (Literal["a", "b", "c"], ...)},
    ],
    ids=["none", "a field with a default", "a field that may be null", "a default", "a value more"],
)
def test_additive_changes_pass(fields):
    """A new field with a default, a default for an old one, and a value more in a closed list stop nobody."""
    assert breaks(schema_of(Thing), changed(**fields)) == []


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": None}, "name is gone"),
        ({"extra": (str, ...)}, "extra is new and has no default"),
        ({"tags": (tuple[str, ...], ...)}, "tags had a default and has none now"),
        ({"name": (int, ...)}, "name was string and is integer"),
        ({"name": (str | None, ...)}, "name can also be null now"),
        ({"size": (int, ...)}, "size can no longer be null"),
        ({"size": (str | None, ...)}, "size was integer and is string"),
        ({"kind": (Literal["a"], ...)}, "kind can no longer be 'b'"),
        ({"kind": (str, ...)}, "kind is no closed list any more"),
        ({"name": (Literal["a"], ...)}, "name is a closed list now"),
        ({"name": (datetime, ...)}, "name: format was None and is date-time"),
        ({"tags": (tuple[int, ...], ())}, "tags[] was string and is integer"),
        ({"corners": (tuple[float, str], (0.0, ""))}, "corners[1] was number and is string"),
        ({"counts": (dict[str, str], {})}, "counts{} was integer and is string"),
    ],
)
def test_other_changes_are_named(fields, said):
    """Each change that would stop an older or a newer reader is one line, with the field."""
    assert said in breaks(schema_of(Thing), changed(**fields))


def test_a_part_longer_or_shorter_is_named():
    """A fixed list keeps its length."""
    lines = breaks(schema_of(Thing), changed(corners=(tuple[float, float, float], (0.0, 0.0, 0.0))))
    assert "corners had 2 parts and has 3" in lines


@pytest.mark.parametrize("event", [StructuredReport, ReportViolations], ids=lambda event: event.type)
def test_every_field_of_every_definition_is_looked_at(event):
    """Whatever field of an event or of what stands in it goes away or changes its type: it is found."""
    schema = schema_of(event)
    for name, definition in [("", schema), *schema["$defs"].items()]:
        for field in definition["properties"]:
            for change in ({}, {"type": "array", "items": {"type": "boolean"}}):
                other = copy.deepcopy(schema)
                fields = (other["$defs"][name] if name else other)["properties"]
                fields.pop(field)
                fields |= {field: change} if change else {}
                assert breaks(schema, other), f"{name}.{field}"


def test_a_definition_that_holds_itself_ends():
    """A tree of definitions is compared once, not for ever."""
    tree = {
        "$ref": "#/$defs/Tree",
        "$defs": {"Tree": {"type": "object", "properties": {"in": {"$ref": "#/$defs/Tree"}}}},
    }
    assert breaks(tree, copy.deepcopy(tree)) == []


def test_renaming_a_class_is_no_change():
    """Names of definitions are ours alone; they are not on the wire."""
    schema = schema_of(ReportViolations)
    renamed = json.loads(json.dumps(schema).replace("Explained", "Waived"))
    assert breaks(schema, renamed) == []


def test_the_envelope_names_the_schema():
    """`ce_dataschema` is the `$id` of the body's schema."""
    body = violations(finding())
    headers = dict(
        encode(
            "validate",
            Outgoing(VIOLATIONS, body, subject="s", key="k", inputs="i"),
            time=datetime.now(UTC),
            correlation_id="c",
            causation_id=None,
            traceparent=None,
        )
    )
    assert headers["ce_dataschema"].decode() == schema_of(ReportViolations)["$id"]


def test_a_body_has_the_fields_of_its_schema():
    """What is written is what the schema lists, no field more, none less."""
    written = json.loads(violations(finding()).model_dump_json())
    assert list(written) == list(schema_of(ReportViolations)["properties"])
