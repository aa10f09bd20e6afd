"""CloudEvents 1.0, binary mode: what is written can be read by anyone, what is read is trusted in nothing."""

import dataclasses
import json
from datetime import UTC, datetime
from uuid import UUID

import pytest

from shared.ops.errors import Rejected
from shared.stream.envelope import (
    Record,
    decode,
    encode,
    event_id,
    headers_as_json,
    headers_from_json,
    id_of,
)
from shared.stream.stage import Outgoing
from shared.testing.stages import PING, TRACEPARENT, Ping, ping, record

NOW = datetime(2025, 1, 20, 8, tzinfo=UTC)


def replaced(original: Record, **headers: bytes | None) -> Record:
    """Return a record with some headers replaced; underscores stand for hyphens in content_type only."""
    new = {name.replace("content_type", "content-type"): value for name, value in headers.items()}
    return dataclasses.replace(original, headers=tuple({**dict(original.headers), **new}.items()))


def test_headers_are_cloudevents_in_binary_mode():
    """Every attribute that the specification requires is there, prefixed ce_, as UTF-8 text."""
    outgoing = Outgoing(PING, Ping(n=1), subject="样例市/年报.docx", key="k", inputs="i")
    headers = dict(encode("parse", outgoing, time=NOW, correlation_id="c", causation_id="b", traceparent="00-a-b-01"))
    assert headers == {
        "ce_specversion": b"1.0",
        "ce_id": str(event_id(outgoing)).encode(),
        "ce_type": b"nianbao.test.ping.v1",
        "ce_source": b"/services/parse",
        "ce_subject": "样例市/年报.docx".encode(),
        "ce_time": b"2025-01-20T08:00:00+00:00",
        "ce_dataschema": b"urn:nianbao:event:nianbao.test.ping.v1",
        "content-type": b"application/json",
        "traceparent": b"00-a-b-01",
        "correlationid": b"c",
        "causationid": b"b",
    }


def test_what_is_unknown_is_left_out():
    """An event that nothing caused has no causationid header, rather than an empty one."""
    headers = dict(encode("ingest", ping(1), time=NOW, correlation_id="c", causation_id=None, traceparent=None))
    assert "causationid" not in headers
    assert "traceparent" not in headers


def test_the_event_id_follows_from_type_subject_and_inputs_alone():
    """The same work done again gives the same id; other inputs give another; no two parts run together."""
    one = Outgoing(PING, Ping(n=1), subject="a", key="k", inputs="b")
    assert event_id(one) == event_id(dataclasses.replace(one, body=Ping(n=2), key="other"))
    assert event_id(one).version == 5
    others = [("a", "c"), ("ab", ""), ("", "ab"), ('a","b', "")]
    assert len({event_id(dataclasses.replace(one, subject=s, inputs=i)) for s, i in others} | {event_id(one)}) == 5


def test_an_event_is_read_as_it_was_written():
    """Body, key, time, correlation and trace arrive."""
    received = decode(record(7, "样例市数据局"), Ping)
    assert (received.body, received.key, received.correlation_id) == (Ping(n=7), "样例市数据局", "c7")
    assert received.id == event_id(ping(7))
    assert received.traceparent == TRACEPARENT
    assert received.time.tzinfo is not None


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        ({"ce_specversion": b"0.3"}, "envelope"),
        ({"ce_specversion": None}, "envelope"),
        ({"ce_id": b"42"}, "envelope"),
        ({"ce_id": None}, "envelope"),
        ({"ce_id": b"\xff\xfe"}, "envelope"),
        ({"ce_time": b"yesterday"}, "envelope"),
        ({"ce_time": b"2025-01-20T08:00:00"}, "envelope"),
        ({"ce_type": b""}, "envelope"),
        ({"ce_type": b"nianbao.test.ping.v2"}, "schema"),
        ({"content_type": b"text/xml"}, "envelope"),
    ],
)
def test_a_bad_envelope_is_rejected(headers, reason):
    """Missing, empty, not text, not parseable: `envelope`; a type that this topic does not carry: `schema`."""
    with pytest.raises(Rejected) as caught:
        decode(replaced(record(1), **headers), Ping)
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (None, "envelope"),
        (b"", "envelope"),
        (b"{", "schema"),
        (b"\xff", "schema"),
        (b"[]", "schema"),
        (b'{"n": "\xe4\xb8\x89"}', "schema"),
    ],
)
def test_a_bad_body_is_rejected_without_quoting_it(value, reason):
    """A tombstone is no event; a body that is not the model says which field, never what stood there."""
    with pytest.raises(Rejected) as caught:
        decode(dataclasses.replace(record(1), value=value), Ping)
    assert caught.value.reason == reason
    assert "三" not in str(caught.value)


def test_foreign_headers_are_tolerated():
    """A null or unreadable header that is none of ours stops nothing; header names are read in any case."""
    known = record(1)
    headers = (("x-null", None), ("x-bytes", b"\xff"), *((name.upper(), value) for name, value in known.headers))
    assert decode(dataclasses.replace(known, headers=headers), Ping).body == Ping(n=1)


def test_a_newer_writer_does_not_stop_an_older_reader():
    """Unknown fields of a body are ignored."""
    assert decode(dataclasses.replace(record(1), value=b'{"n": 1, "new": true}'), Ping).body == Ping(n=1)


def test_the_id_is_found_even_where_the_rest_is_bad():
    """A dead letter keeps the id if it has one."""
    assert id_of(replaced(record(1), ce_time=b"?")) == event_id(ping(1))
    assert id_of(replaced(record(1), ce_id=b"?")) is None


def test_headers_survive_json_byte_for_byte():
    """Text stays readable; null, bytes that are no text, and NUL, which jsonb cannot hold, come back as they were."""
    headers = (("a", "甲".encode()), ("b", None), ("c", b"\xff\x00"), ("d", b"x\x00y"), ("a", b""))
    written = headers_as_json(headers)
    assert "甲" in written
    assert "\\u0000" not in written
    assert headers_from_json(json.loads(written)) == headers


def test_an_id_is_a_uuid():
    """Ids are comparable as values, not as text."""
    assert isinstance(id_of(record(1)), UUID)
