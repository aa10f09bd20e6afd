"""What the processes that run services show of themselves: the metrics of their stages, and the spans of their work."""

import importlib.metadata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from services.notify import store as notify
from services.validate.configuration import AS_WRITTEN, Configuration
from services.validate.rules import RULES
from shared.database.pool import Pool
from shared.ops import metrics, tracing
from shared.stream import outbox
from shared.stream.stage import StageName


@contextmanager
def shown(stages: Sequence[StageName], configuration: Configuration = AS_WRITTEN) -> Iterator[None]:
    """Show the metrics of these stages and send their spans where they are wanted, as long as the block runs.

    Only a process that judges shows a rule set; the others know nothing of what is set in it.
    """
    metrics.start(
        stages,
        rules=[rule.id for rule in RULES],
        version=importlib.metadata.version("nianbao"),
        ruleset=configuration.ruleset.label if "validate" in stages else "",
    )
    with tracing.exported(tracing.TracingSettings()):
        yield


async def look(pool: Pool, stages: Sequence[StageName]) -> None:
    """Ask the database what waits there for these stages, and show it."""
    await outbox.measure(pool, stages)
    if "notify" in stages:
        await notify.measure(pool)
