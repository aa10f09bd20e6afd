"""What a metric is, and which of its series can be known before anything was counted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product

from prometheus_client import CollectorRegistry
from prometheus_client.metrics import MetricWrapperBase

Labels = Mapping[str, tuple[str, ...] | None]


@dataclass(frozen=True)
class Metric:
    """A metric: its name as scraped, what it says, its labels (None: values that are not ours to list), who has it."""

    metric: MetricWrapperBase
    name: str
    kind: str
    text: str
    labels: Labels
    stages: tuple[str, ...]


@cache
def register(metric: MetricWrapperBase, registry: CollectorRegistry) -> None:
    """Show a metric in a registry, once."""
    registry.register(metric)


def series(labels: Labels, known: Mapping[str, tuple[str, ...]]) -> Iterable[tuple[str, ...]]:
    """Return the label values of each series that can be known: none of a metric without labels, or of partitions."""
    if not labels:
        return ()
    listed = ((values, known.get(label) or values or ()) for label, values in labels.items())
    return product(*(tuple(value for value in here if ours is None or value in ours) for ours, here in listed))
