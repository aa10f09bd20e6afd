"""CloudEvents 1.0 in binary mode: metadata in headers, the body as JSON (CloudEvents Kafka binding 1.0.2, section 3.2)."""

import base64
import contextlib
import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from pydantic import ValidationError

from shared.ops.errors import Rejected
from shared.stream.events import Event
from shared.stream.schemas import dataschema
from shared.stream.stage import E, Outgoing, Received, StageName

Header = tuple[str, bytes | None]
_EVENTS = uuid.UUID("6a0d1b52-5b1e-5c1c-8a35-2c9d5be0a7f4")


@dataclass(frozen=True, slots=True)
class Record:
    """An event as a bus carries it, byte for byte; `partition` is None and `offset` the outbox id on the local bus."""

    topic: str
    partition: int | None
    offset: int | None
    key: bytes | None
    value: bytes | None
    headers: tuple[Header, ...]


def event_id(outgoing: Outgoing) -> uuid.UUID:
    """Return the id of an event: uuid5 of type, subject and inputs, the same for the same work done again."""
    parts = [outgoing.body.type, outgoing.subject, outgoing.inputs]
    return uuid.uuid5(_EVENTS, json.dumps(parts, ensure_ascii=False, separators=(",", ":")))


def encode(
    stage_name: StageName,
    outgoing: Outgoing,
    *,
    time: datetime,
    correlation_id: str,
    causation_id: str | None,
    traceparent: str | None,
) -> tuple[Header, ...]:
    """Return the headers of an event; what is None is left out."""
    attributes = {
        "ce_specversion": "1.0",
        "ce_id": str(event_id(outgoing)),
        "ce_type": outgoing.body.type,
        "ce_source": f"/services/{stage_name}",
        "ce_subject": outgoing.subject,
        "ce_time": time.astimezone(UTC).isoformat(),
        "ce_dataschema": dataschema(type(outgoing.body)),
        "content-type": "application/json",
        "traceparent": traceparent,
        "correlationid": correlation_id,
        "causationid": causation_id,
    }
    return tuple((name, value.encode()) for name, value in attributes.items() if value is not None)


def decode(record: Record, event: type[E]) -> Received[E]:
    """Return the event of a record; Rejected("envelope") or ("schema") says what is wrong without quoting the body."""
    headers = _texts(record.headers)
    if headers.get("ce_specversion") != "1.0":
        raise Rejected("envelope", "ce_specversion is not 1.0")
    if not headers.get("content-type", "").lower().startswith("application/json"):
        raise Rejected("envelope", "content-type is not application/json")
    known_id, time, key = _id(headers), _time(headers), _key(record)
    if _required(headers, "ce_type") != event.type:
        raise Rejected("schema", f"unknown event type on {record.topic}; expected {event.type}")
    return Received(
        id=known_id,
        body=_body(record, event),
        key=key,
        time=time,
        correlation_id=headers.get("correlationid") or str(known_id),
        traceparent=headers.get("traceparent"),
    )


def id_of(record: Record) -> uuid.UUID | None:
    """Return the event id that a record claims, None where it has no readable one."""
    with contextlib.suppress(Rejected):
        return _id(_texts(record.headers))
    return None


def traceparent_of(record: Record) -> str | None:
    """Return the trace that a record says it belongs to, None where it has no readable one."""
    return _texts(record.headers).get("traceparent")


def _texts(headers: Iterable[Header]) -> dict[str, str]:
    """Return the headers as text, the last of a name winning; a foreign header that is no text is none of our business."""
    texts: dict[str, str] = {}
    for name, value in headers:
        with contextlib.suppress(UnicodeDecodeError):
            texts[name.lower()] = (value or b"").decode()
    return texts


def _required(headers: dict[str, str], name: str) -> str:
    value = headers.get(name)
    if not value:
        raise Rejected("envelope", f"{name} is missing, empty or not UTF-8")
    return value


def _id(headers: dict[str, str]) -> uuid.UUID:
    text = _required(headers, "ce_id")
    try:
        return uuid.UUID(text)
    except ValueError as error:
        raise Rejected("envelope", "ce_id is not a UUID") from error


def _time(headers: dict[str, str]) -> datetime:
    text = _required(headers, "ce_time")
    try:
        time = datetime.fromisoformat(text)
    except ValueError as error:
        raise Rejected("envelope", "ce_time is not a time of RFC 3339") from error
    if time.tzinfo is None:
        raise Rejected("envelope", "ce_time has no time zone")
    return time


def _key(record: Record) -> str:
    try:
        return (record.key or b"").decode()
    except UnicodeDecodeError as error:
        raise Rejected("envelope", "the key is not UTF-8") from error


def _body(record: Record, event: type[E]) -> E:
    if not record.value:
        raise Rejected("envelope", "the body is empty")
    try:
        return event.model_validate_json(record.value)
    except ValidationError as error:
        raise Rejected("schema", _faults(error, event)) from error


def _faults(error: ValidationError, event: type[Event]) -> str:
    """Return where a body is not valid: fields of the model and kinds of fault, never what stood there."""
    faults = error.errors(include_url=False, include_context=False, include_input=False)
    first = [f"{fault['loc'][0] if fault['loc'] else 'body'}: {fault['type']}" for fault in faults[:3]]
    return f"{len(faults)} faults in {event.type}: {', '.join(first)}"


def headers_as_json(headers: Iterable[Header]) -> str:
    """Return headers as a JSON list of [name, value]; a value that is no text as {"base64": …}, nothing lost."""
    return json.dumps([[_as_json(name.encode()), _as_json(value)] for name, value in headers], ensure_ascii=False)


def headers_from_json(pairs: Iterable[tuple[object, object]]) -> tuple[Header, ...]:
    """Return the headers that `headers_as_json` wrote down."""
    return tuple(((_from_json(name) or b"").decode(), _from_json(value)) for name, value in pairs)


def _as_json(value: bytes | None) -> object:
    if value is None:
        return None
    with contextlib.suppress(UnicodeDecodeError):
        text = value.decode()
        if "\x00" not in text:  # jsonb cannot hold it
            return text
    return {"base64": base64.b64encode(value).decode()}


def _from_json(value: object) -> bytes | None:
    if isinstance(value, dict):
        return base64.b64decode(value["base64"])
    return value.encode() if isinstance(value, str) else None
