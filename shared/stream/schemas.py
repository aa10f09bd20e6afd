"""JSON Schemas of the events' bodies, and what of a change is not additive.

A body is read by replicas of other versions and, as long as its topic is kept, by later ones: fields are only ever added, and
an added one has a default. The committed schemas (docs/events) are what a change is held against.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, models_json_schema

from shared.stream.events import Event

Schema = Mapping[str, Any]

_DIALECT = GenerateJsonSchema.schema_dialect
_SAID = {"$defs", "$id", "$schema", "default", "description", "examples", "title"}  # no reader goes by these
_WALKED = {
    "additionalProperties",
    "const",
    "enum",
    "items",
    "prefixItems",
    "properties",
    "propertyNames",
    "required",
    "type",
}


class _FieldsWithoutTitles(GenerateJsonSchema):
    """Leaves out the titles that only repeat a field's name."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        del schema
        return False


def dataschema(event: type[Event]) -> str:
    """Return the URI that names an event's schema: `$id` of the schema, `ce_dataschema` of the envelope."""
    return f"urn:nianbao:event:{event.type}"


def schema_of(event: type[Event]) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of an event's body as it is written."""
    schema = event.model_json_schema(mode="serialization", schema_generator=_FieldsWithoutTitles)
    return {"$schema": _DIALECT, "$id": dataschema(event), **schema, "title": event.type}


def components_of(events: Sequence[type[Event]], prefix: str) -> dict[str, Any]:
    """Return the schemas of all events and of what stands in them by class name; they refer to each other below `prefix`."""
    _, schemas = models_json_schema(
        [(event, "serialization") for event in events],
        ref_template=prefix + "{model}",
        schema_generator=_FieldsWithoutTitles,
    )
    components: dict[str, Any] = schemas["$defs"]
    return components


def breaks(before: Schema, after: Schema) -> list[str]:
    """Return, a line each, what of a change would stop a reader: an older one of new events, or a newer one of old events.

    Additive, and so not listed: a new field with a default, a field that gets a default, a new value of a closed list (readers
    are upgraded before writers), and all that is only said: descriptions, titles, defaults.
    """
    return list(_Change(before, after).walk("", before, after))


class _Change:
    """Two versions of a schema, walked side by side; references are followed in each one's own definitions."""

    def __init__(self, before: Schema, after: Schema) -> None:
        self._definitions = before.get("$defs", {}), after.get("$defs", {})
        self._seen: set[tuple[int, int]] = set()

    def walk(self, path: str, before: Schema, after: Schema) -> Iterator[str]:
        """Yield what breaks at a place and below it; a definition that stands in several is told of once."""
        old, new = self._choices(0, before), self._choices(1, after)
        gone, come = ([name for name in each if name not in other] for each, other in ((old, new), (new, old)))
        pairs = [(old[name], new[name]) for name in old if name in new]
        if len(gone) == len(come) == 1:  # renamed, or of another type
            pairs.append((old[gone.pop()], new[come.pop()]))
        yield from (f"{path or 'the body'} can no longer be {name}" for name in gone)
        yield from (f"{path or 'the body'} can also be {name} now" for name in come)
        for pair in pairs:
            known = (id(pair[0]), id(pair[1]))
            if known not in self._seen:
                self._seen.add(known)
                yield from self._one(path, *pair)

    def _choices(self, side: int, schema: Schema) -> dict[str, Schema]:
        """Return what may stand at a place, by name of the definition or type."""
        found: dict[str, Schema] = {}
        for each in schema.get("anyOf", [schema]):
            name = str(each.get("$ref", "")).rpartition("/")[2]
            label = name or str(each.get("type"))
            while label in found:
                label += "'"
            found[label] = self._definitions[side][name] if name else each
        return found

    def _one(self, path: str, before: Schema, after: Schema) -> Iterator[str]:
        place = path or "the body"
        if before.get("type") != after.get("type"):
            yield f"{place} was {before.get('type')} and is {after.get('type')}"
            return
        yield from _values(place, before, after)
        yield from self._fields(path, before, after)
        for word, mark in (("items", "[]"), ("additionalProperties", "{}"), ("propertyNames", "{}")):
            yield from self._inner(path + mark, before.get(word), after.get(word))
        yield from self._parts(path, before.get("prefixItems", ()), after.get("prefixItems", ()))
        for word in sorted((before.keys() | after.keys()) - _SAID - _WALKED):
            if before.get(word) != after.get(word):
                yield f"{place}: {word} was {before.get(word)} and is {after.get(word)}"

    def _fields(self, path: str, before: Schema, after: Schema) -> Iterator[str]:
        old, new = before.get("properties", {}), after.get("properties", {})
        needed = set(after.get("required", ())) - set(before.get("required", ()))
        for name in old:
            field = f"{path}.{name}".lstrip(".")
            if name not in new:
                yield f"{field} is gone"
                continue
            if name in needed:
                yield f"{field} had a default and has none now"
            yield from self.walk(field, old[name], new[name])
        yield from (
            f"{path}.{name} is new and has no default".lstrip(".") for name in new if name in needed - old.keys()
        )

    def _inner(self, path: str, before: Any, after: Any) -> Iterator[str]:
        if isinstance(before, Mapping) and isinstance(after, Mapping):
            yield from self.walk(path, before, after)
        elif before != after:
            yield f"{path} was {before} and is {after}"

    def _parts(self, path: str, before: Sequence[Schema], after: Sequence[Schema]) -> Iterator[str]:
        for number, (old, new) in enumerate(zip(before, after, strict=False)):
            yield from self.walk(f"{path}[{number}]", old, new)
        if len(before) != len(after):
            yield f"{path} had {len(before)} parts and has {len(after)}"


def _values(place: str, before: Schema, after: Schema) -> Iterator[str]:
    """Yield what breaks in a closed list of values; a single value is one of them."""
    old, new = _allowed(before), _allowed(after)
    if (old is None) != (new is None):
        yield f"{place} {'is a closed list now' if old is None else 'is no closed list any more'}"
    elif old is not None and new is not None:
        yield from (f"{place} can no longer be {value!r}" for value in old if value not in new)


def _allowed(schema: Schema) -> Sequence[Any] | None:
    if "const" in schema:
        return [schema["const"]]
    values: Sequence[Any] | None = schema.get("enum")
    return values
