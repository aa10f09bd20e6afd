"""The AsyncAPI 3.0 document of the topics and events, and a page of it that needs no network."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import jinja2
from markupsafe import Markup, escape

from shared.stream.claim_check import HEADER as DATAREF
from shared.stream.schemas import components_of, dataschema
from shared.stream.stage import StageName
from shared.stream.topics import RAW, STATUS, STRUCTURED, VIOLATIONS, Topic

_SCHEMAS = "#/components/schemas/"
_DAY_MS = 24 * 60 * 60 * 1000
_BINDING = "0.5.0"

_ABOUT = (
    "Annual reports on government information disclosure on their way from the published document to the notice.\n"
    "Events are CloudEvents 1.0 in binary mode: the envelope stands in headers, the body is JSON. An event's id is computed "
    "from its type, its subject and everything that it was computed from: work that is done again gives the same id.\n"
    "Fields are only ever added, each with a default. Readers ignore fields that they do not know, and are upgraded before "
    "writers. A breaking change is a new topic."
)


@dataclass(frozen=True, slots=True)
class Flow:
    """Which service sends the events of a topic, and which takes them (None: none of ours)."""

    topic: Topic
    sender: StageName
    receiver: StageName | None


FLOWS: tuple[Flow, ...] = (
    Flow(RAW, "ingest", "parse"),
    Flow(STRUCTURED, "parse", "validate"),
    Flow(VIOLATIONS, "validate", "notify"),
    Flow(STATUS, "notify", None),
)


def document() -> dict[str, Any]:
    """Return the AsyncAPI document, ready for JSON."""
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "nianbao",
            "version": "1",
            "description": _ABOUT,
            "license": {"name": "Apache-2.0", "url": "https://www.apache.org/licenses/LICENSE-2.0"},
        },
        "defaultContentType": "application/json",
        "channels": {flow.topic.name: _channel(flow.topic) for flow in FLOWS},
        "operations": {name: operation for flow in FLOWS for name, operation in _operations(flow)},
        "components": {
            "messages": {flow.topic.event.type: _message(flow) for flow in FLOWS},
            "schemas": components_of([flow.topic.event for flow in FLOWS], _SCHEMAS),
        },
    }


def _channel(topic: Topic) -> dict[str, Any]:
    kept = {
        "cleanup.policy": ["delete"],
        "retention.ms": topic.retention_days * _DAY_MS,
        "max.message.bytes": topic.max_bytes,
    }
    return {
        "address": topic.name,
        "messages": {topic.event.type: {"$ref": f"#/components/messages/{topic.event.type}"}},
        "bindings": {"kafka": {"partitions": topic.partitions, "topicConfiguration": kept, "bindingVersion": _BINDING}},
    }


def _operations(flow: Flow) -> list[tuple[str, dict[str, Any]]]:
    channel = {"$ref": f"#/channels/{flow.topic.name}"}
    found: list[tuple[str, dict[str, Any]]] = [
        (f"{flow.sender}-sends-{flow.topic.name}", {"action": "send", "channel": channel})
    ]
    if flow.receiver:
        group = {"groupId": {"type": "string", "const": flow.receiver}, "bindingVersion": _BINDING}
        operation = {"action": "receive", "channel": channel, "bindings": {"kafka": group}}
        found.append((f"{flow.receiver}-receives-{flow.topic.name}", operation))
    return found


def _message(flow: Flow) -> dict[str, Any]:
    event = flow.topic.event
    key = {"type": "string", "description": f"{flow.topic.key}: events of one key stay in order"}
    return {
        "name": event.type,
        "summary": " ".join((event.__doc__ or "").split()),
        "contentType": "application/json",
        "correlationId": {"location": "$message.header#/correlationid"},
        "headers": _headers(flow),
        "payload": {"$ref": f"{_SCHEMAS}{event.__name__}"},
        "bindings": {"kafka": {"key": key, "bindingVersion": _BINDING}},
    }


def _headers(flow: Flow) -> dict[str, Any]:
    event = flow.topic.event
    always: dict[str, dict[str, Any]] = {
        "ce_specversion": {"const": "1.0"},
        "ce_id": {"format": "uuid", "description": "the same for the same work done again"},
        "ce_type": {"const": event.type},
        "ce_source": {"const": f"/services/{flow.sender}"},
        "ce_subject": {"description": "what the event is about"},
        "ce_time": {"format": "date-time"},
        "ce_dataschema": {"const": dataschema(event), "description": "`$id` of the body's JSON Schema"},
        "content-type": {"const": "application/json"},
        "correlationid": {"description": "the observation that it all began with"},
    }
    sometimes = {
        "causationid": {"description": "id of the event that was handled when this one arose"},
        "traceparent": {"description": "W3C trace context"},
        DATAREF: {"description": "where the body is, for one that is too large for the topic: then the body is empty"},
    }
    properties = {name: {"type": "string", **says} for name, says in {**always, **sometimes}.items()}
    return {"type": "object", "required": list(always), "properties": properties}


def page() -> str:
    """Return the document as an HTML page that stands by itself."""
    return _template().render(document=document(), flows=FLOWS)


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("shared.stream"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"kind": _kind, "prose": _prose, "name": lambda reference: reference.rpartition("/")[2]}
    return environment.get_template("asyncapi.html")


def _prose(text: str) -> Markup:
    """Return text with what stands between backticks as code."""
    return Markup(re.sub("`(.+?)`", r"<code>\1</code>", str(escape(text))))  # noqa: S704 - escaped just before


def _kind(schema: Mapping[str, Any]) -> list[tuple[str, str | None]]:
    """Return what may stand at a place as pieces of text, those that name a schema with its name to link to."""
    if "anyOf" in schema:
        pieces = [_kind(each) for each in schema["anyOf"]]
        return [piece for number, each in enumerate(pieces) for piece in ([(" or ", None)] if number else []) + each]
    if "$ref" in schema:
        name = schema["$ref"].removeprefix(_SCHEMAS)
        return [(name, name)]
    if "items" in schema:
        return [("list of ", None), *_kind(schema["items"])]
    if isinstance(schema.get("additionalProperties"), Mapping):
        return [("object of ", None), *_kind(schema["additionalProperties"])]
    values = [schema["const"]] if "const" in schema else schema.get("enum")
    if values is not None:
        return [(", ".join(str(value) for value in values), None)]
    return [(schema.get("format") or schema.get("type", "anything"), None)]
