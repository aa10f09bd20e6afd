"""Traces: a span continues from what the last one left, and goes where the operator wants it, or nowhere."""

import json
import sys
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.sdk.trace import StatusCode

from shared.ops import logs
from shared.ops.errors import UsageError
from shared.ops.tracing import TracingSettings, begin, exported
from shared.testing.spans import parents, recorded
from shared.testing.stages import TRACE, TRACEPARENT


@contextmanager
def collector(answer: int = 200):
    """Give the address of a server that takes spans, and the requests that it took."""
    taken = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            taken.append((self.path, self.rfile.read(int(self.headers["content-length"]))))
            self.send_response(answer)
            self.end_headers()

        def log_message(self, *_):
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", taken
        finally:
            server.shutdown()
            thread.join()


def test_a_span_goes_on_with_the_trace_that_it_is_given():
    """The next stage hands on its own span in the same trace."""
    with recorded() as spans:
        first = begin("parse", TRACEPARENT)
        second = begin("validate", first.traceparent)
        for span in (second, first):
            span.end("done")
        assert first.trace_id == second.trace_id == TRACE
        assert parents(spans.get_finished_spans()) == [("parse", None), ("validate", "parse")]


@pytest.mark.parametrize("given", [None, "", "t", "00-0-0-00", f"00-{'0' * 32}-{'0' * 16}-01"])
def test_what_is_no_traceparent_begins_a_trace(given):
    """A record from elsewhere may carry anything in its headers."""
    span = begin("parse", given)
    assert int(span.trace_id, 16) != 0
    assert span.traceparent.split("-")[1] == span.trace_id


def test_a_trace_that_is_not_recorded_keeps_its_id():
    """Whoever began it decided so (flag 00); its id still ties the log lines together."""
    span = begin("parse", TRACEPARENT[:-1] + "0")
    assert span.trace_id == TRACE
    assert span.traceparent.endswith("-00")


def test_a_span_says_what_it_was_about_by_number():
    """Facts that are not known are left out; an error is marked as one."""
    with recorded() as spans:
        begin("parse", None, document="abc").end("dead", reason="bug", partition=None, offset=3)
        (span,) = spans.get_finished_spans()
    assert dict(span.attributes) == {
        "nianbao.document": "abc",
        "nianbao.outcome": "dead",
        "nianbao.reason": "bug",
        "nianbao.offset": 3,
    }
    assert span.status.status_code is StatusCode.ERROR
    assert span.resource.attributes["service.name"] == "nianbao-parse"


def test_spans_are_sent_where_the_operator_wants_them():
    """What ended before the process stops is sent before it stops."""
    with collector() as (address, taken), exported(TracingSettings(otlp_endpoint=address)):
        begin("mail", TRACEPARENT).end("sent")
    (path, body), *_ = taken
    (sent,) = ExportTraceServiceRequest.FromString(body).resource_spans
    attributes = {each.key: each.value.string_value for each in sent.resource.attributes}
    assert path == "/v1/traces"
    assert attributes["service.name"] == "nianbao-notify"
    assert [span.name for span in sent.scope_spans[0].spans] == ["mail"]
    assert sent.scope_spans[0].spans[0].trace_id.hex() == TRACE


def test_a_collector_that_refuses_is_a_line_and_no_obstacle(capfd):
    """The work goes on without its traces."""
    logs.configure()
    with collector(answer=400) as (address, taken), exported(TracingSettings(otlp_endpoint=address)):
        begin("mail", None).end("sent")
    assert taken
    lines = [json.loads(line) for line in capfd.readouterr().err.splitlines()]
    assert lines
    assert all("Traceback" not in str(line) for line in lines)


def test_a_collector_without_the_part_that_sends_is_one_clear_line(monkeypatch):
    """The exporter is an optional part."""
    monkeypatch.setitem(sys.modules, "opentelemetry.exporter.otlp.proto.http.trace_exporter", None)
    with pytest.raises(UsageError, match=r"nianbao\[otlp\]"), exported(TracingSettings(otlp_endpoint="http://x")):
        pass


def test_without_a_collector_nothing_is_sent():
    """Ids are there all the same."""
    with exported(TracingSettings()):
        assert begin("parse", None).trace_id
