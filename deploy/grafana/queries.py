"""The queries of the dashboard: PromQL over the metrics of shared/ops/metrics.py, limited to the jobs and instances chosen."""

from dataclasses import dataclass

from shared.ops.metrics import METRICS


@dataclass(frozen=True)
class Query:
    """A query, and what its series are called."""

    expr: str
    legend: str = ""


def series(metric: str, **labels: str) -> str:
    """Return the selector of a metric's series on the jobs and instances chosen."""
    chosen = ['job=~"$job"', 'instance=~"$instance"', *(f'{name}="{value}"' for name, value in labels.items())]
    return f"{metric}{{{', '.join(chosen)}}}"


def per_minute(metric: str, by: str, **labels: str) -> Query:
    """Return how much a counter gains a minute: a rate a second would be three zeros behind the point."""
    return Query(f"60 * sum by ({by}) (rate({series(metric, **labels)}[$__rate_interval]))", _legend(by))


def in_range(metric: str, **labels: str) -> Query:
    """Return how much a counter gained in the time shown, in whole numbers: `increase` estimates the ends of the range."""
    return Query(f"round(sum(increase({series(metric, **labels)}[$__range])))")


def in_range_by(metric: str, by: str) -> Query:
    """Return how much each series of a counter gained in the time shown, the most first."""
    gained = f"round(sum by ({by}) (increase({series(metric)}[$__range])))"
    return Query(f"sort_desc({gained})", _legend(by))


def most_in_range(metric: str, by: str, count: int) -> Query:
    """Return the series of a counter that gained most in the time shown, those that gained nothing left out."""
    gained = f"round(sum by ({by}) (increase({series(metric)}[$__range])))"
    return Query(f"topk({count}, {gained} > 0)", _legend(by))


def share_within(seconds: float, metric: str) -> Query:
    """Return which part of a histogram's observations in the time shown was at most a bucket's limit; nothing of nothing."""
    return Query(_share(seconds, metric))


def used_of_allowance(seconds: float, share: float, metric: str) -> Query:
    """Return how much of what a target allows was used in the time shown: 1 where exactly this share kept to its limit."""
    return Query(f"(1 - {_share(seconds, metric)}) / {1 - share:.4g}")


def quantiles(metric: str, *by: str) -> tuple[Query, ...]:
    """Return the median and the 95th percentile of a histogram."""
    kept = ", ".join(("le", *by))
    rates = f"sum by ({kept}) (rate({series(f'{metric}_bucket')}[$__rate_interval]))"
    return tuple(
        Query(f"histogram_quantile({quantile}, {rates})", " ".join((*map(_legend, by), name)))
        for quantile, name in ((0.5, "p50"), (0.95, "p95"))
    )


def largest(metric: str, by: str) -> Query:
    """Return a gauge that every replica shows alike, such as the depth of a table; their sum would count it twice."""
    return Query(f"max by ({by}) ({series(metric)})", _legend(by))


def largest_of_all(metric: str, called: str) -> Query:
    """Return such a gauge that has no labels of its own."""
    return Query(f"max({series(metric)})", called)


def summed(metric: str, by: str, within: tuple[str, ...]) -> Query:
    """Return a gauge added up over its parts; a part that goes from one replica to another counts once meanwhile."""
    parts = f"max by ({', '.join((by, *within))}) ({series(metric)})"
    return Query(f"sum by ({by}) ({parts})", _legend(by))


def since(metric: str, called: str, **labels: str) -> Query:
    """Return how long ago the moment of a gauge was; nothing where it is still 0."""
    return Query(f"time() - max({series(metric, **labels)} > 0)", called)


def rows(metric: str, *by: str) -> Query:
    """Return a row for each set of labels of a gauge."""
    return Query(f"max by ({', '.join(by)}) ({series(metric)})")


def metrics_in(expr: str) -> list[str]:
    """Return the names of the metrics that an expression reads."""
    return [each.name for each in METRICS if each.name in expr]


def _share(seconds: float, metric: str) -> str:
    within = series(f"{metric}_bucket", le=str(float(seconds)))
    everything = f"sum(increase({series(f'{metric}_count')}[$__range]))"
    return f"sum(increase({within}[$__range])) / ({everything} > 0)"


def _legend(label: str) -> str:
    return f"{{{{{label}}}}}"
