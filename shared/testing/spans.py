"""The spans of this process, kept where a test can look at them."""

from collections.abc import Iterator
from contextlib import contextmanager

from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from shared.ops import tracing


@contextmanager
def recorded() -> Iterator[InMemorySpanExporter]:
    """Yield what holds every span that ends inside the block."""
    exporter = InMemorySpanExporter()
    tracing.send_to(SimpleSpanProcessor(exporter))
    try:
        yield exporter
    finally:
        exporter.shutdown()


def parents(spans: tuple[ReadableSpan, ...]) -> list[tuple[str, str | None]]:
    """Return each span's name with the name of the span it continues from, in the order they began."""
    names = {span.context.span_id: span.name for span in spans}
    began = sorted(spans, key=lambda span: span.start_time or 0)
    return [(span.name, names.get(span.parent.span_id) if span.parent else None) for span in began]
