"""Traces: one span for each record at each stage, one trace for each observation, through the outbox and the headers.

A span names documents and events by number, never by text. It has its ids, for log lines and headers, whether or not it is
sent anywhere. A span that is never ended is never sent: whoever gives work up and starts again begins a new one.
"""

import importlib.metadata
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Literal

from opentelemetry import trace
from opentelemetry.sdk.resources import SERVICE_NAME, SERVICE_VERSION, Resource
from opentelemetry.sdk.trace import SpanProcessor, SynchronousMultiSpanProcessor, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter
from opentelemetry.trace import SpanKind, Status, StatusCode, format_trace_id
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator
from pydantic import Field

from shared.ops.errors import UsageError
from shared.ops.settings import Settings

SpanName = Literal["ingest", "parse", "validate", "notify", "mail"]
Fact = str | int | None

_KINDS: dict[SpanName, SpanKind] = {"ingest": SpanKind.PRODUCER, "mail": SpanKind.CLIENT}
_ERRORS = frozenset({"dead", "failed"})
_HEADER = "traceparent"
_SECONDS = 2.0
_PROPAGATOR = TraceContextTextMapPropagator()
_FINISHED = SynchronousMultiSpanProcessor()  # type: ignore[no-untyped-call] # as the SDK has it


class TracingSettings(Settings):
    """Where spans go."""

    otlp_endpoint: str | None = Field(
        default=None,
        description="追踪数据发往哪里（OTLP/HTTP，例如 http://127.0.0.1:4318；需安装 nianbao[otlp]）；不设则不发送。",
    )


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of work under way."""

    _span: trace.Span

    @property
    def trace_id(self) -> str:
        """The trace that it belongs to: 32 hexadecimal digits."""
        return format_trace_id(self._span.get_span_context().trace_id)

    @property
    def traceparent(self) -> str:
        """What its successors continue from (W3C Trace Context)."""
        carrier: dict[str, str] = {}
        _PROPAGATOR.inject(carrier, trace.set_span_in_context(self._span))
        return carrier[_HEADER]

    def end(self, outcome: str, **facts: Fact) -> None:
        """End the work; facts that are None are left out."""
        _describe(self._span, outcome=outcome, **facts)
        if outcome in _ERRORS:
            self._span.set_status(Status(StatusCode.ERROR, outcome))
        self._span.end()


def begin(name: SpanName, parent: str | None, **facts: Fact) -> Span:
    """Begin a span that continues from a traceparent; without one, or with one that is none, it begins a trace."""
    span = _tracer("notify" if name == "mail" else name).start_span(
        name,
        context=_PROPAGATOR.extract({_HEADER: parent} if parent else {}),
        kind=_KINDS.get(name, SpanKind.CONSUMER),
    )
    _describe(span, **facts)
    return Span(span)


def send_to(processor: SpanProcessor) -> None:
    """Hand every span that ends from now on to a processor."""
    _FINISHED.add_span_processor(processor)


@contextmanager
def exported(settings: TracingSettings) -> Iterator[None]:
    """Send the spans of this process to the endpoint, if one is set; UsageError where the exporter is not installed."""
    if settings.otlp_endpoint is None:
        yield
        return
    exporter = _exporter(settings.otlp_endpoint)
    processor = BatchSpanProcessor(exporter)
    send_to(processor)
    try:
        yield
    finally:
        # Where nobody answers, what is left would be tried batch by batch, and the process must end.
        in_time = threading.Timer(_SECONDS, exporter.shutdown)
        in_time.start()
        processor.shutdown()  # type: ignore[no-untyped-call]
        in_time.cancel()


def _exporter(endpoint: str) -> SpanExporter:
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import (  # noqa: PLC0415 - an optional part
            OTLPSpanExporter,
        )
    except ImportError:
        raise UsageError("设置了 NIANBAO_OTLP_ENDPOINT，但没有安装发送组件：pip install 'nianbao[otlp]'") from None
    exporter: SpanExporter = OTLPSpanExporter(endpoint=f"{endpoint.rstrip('/')}/v1/traces", timeout=_SECONDS)
    return exporter


@cache
def _tracer(service: str) -> trace.Tracer:
    # One provider a service: where several share a process, a trace shows each by its own name all the same.
    resource = Resource.create(
        {SERVICE_NAME: f"nianbao-{service}", SERVICE_VERSION: importlib.metadata.version("nianbao")}
    )
    return TracerProvider(resource=resource, active_span_processor=_FINISHED, shutdown_on_exit=False).get_tracer(
        "nianbao"
    )


def _describe(span: trace.Span, **facts: Fact) -> None:
    span.set_attributes({f"nianbao.{name}": fact for name, fact in facts.items() if fact is not None})
