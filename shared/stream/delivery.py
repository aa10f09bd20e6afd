"""A record on its way through a consumer, and the account of what it came to: figures, a span and one line."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Any, Generic
from uuid import UUID

import structlog

from shared.ops import metrics
from shared.ops.logs import DIGITS
from shared.ops.metrics import CameTo
from shared.ops.tracing import Span
from shared.stream.dead_letters import Why
from shared.stream.envelope import Record
from shared.stream.stage import E, Outcome, Received, StageName, T

log = structlog.get_logger("nianbao.stream")


@dataclass(frozen=True, slots=True)
class Delivery(Generic[E, T]):
    """A record on its way through: decoded (`received`), worked on (`result`), or dead (`why`)."""

    record: Record
    id: UUID | None
    span: Span
    received: Received[E] | None = None
    result: T | None = None
    why: Why | None = None
    taken_up: datetime = field(default_factory=partial(datetime.now, UTC))
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Settled:
    """What a delivery came to; dead: `delivery.why`. `seconds` went into its work and its rows."""

    delivery: Delivery[Any, Any]
    came_to: CameTo
    outcome: Outcome = field(default_factory=Outcome)
    seconds: float = 0.0


def tell(stage: StageName, settled: Settled) -> None:
    """Count an event, end its span and write its one canonical line: numbers and names, nothing of its body."""
    delivery, why = settled.delivery, settled.delivery.why
    received = delivery.received
    digest = received.body.digest if received else None
    metrics.handled(stage, settled.came_to, settled.seconds, reason=why.reason if why else None)
    if received and settled.came_to != "duplicate":
        metrics.taken_up(stage, received.time, delivery.taken_up)
    settled.outcome.committed()
    facts = {
        "event_id": str(delivery.id),
        "correlation_id": received.correlation_id if received else None,
        "document": digest and digest[:DIGITS],
        "topic": delivery.record.topic,
        "partition": delivery.record.partition,
        "offset": delivery.record.offset,
        "events": len(settled.outcome.events),
        **({"reason": why.reason, "error": why.error} if why else {}),
    }
    delivery.span.end(settled.came_to, **facts)
    log.log(
        30 if settled.came_to == "dead" else 20,
        "delivery",
        stage=stage,
        outcome=settled.came_to,
        trace_id=delivery.span.trace_id,
        **facts,
        milliseconds=round(settled.seconds * 1000, 1),
    )
