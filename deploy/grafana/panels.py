"""The kinds of panels, each with its title, what it means, its unit and its queries, on a grid of 24 columns."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from grafana_foundation_sdk.builders import bargauge, common, prometheus, stat, table, timeseries
from grafana_foundation_sdk.builders import dashboard as building
from grafana_foundation_sdk.models import common as options
from grafana_foundation_sdk.models import dashboard as model
from grafana_foundation_sdk.models.prometheus import PromQueryFormat
from queries import Query, metrics_in

DATASOURCE = model.DataSourceRef(type_val="prometheus", uid="${datasource}")
NOTHING = "无"
REPORTS, COUNT, SECONDS = "suffix: 份", "suffix: 件", "s"
_DASHED = {"fill": "dash", "dash": [8, 6]}

Built = timeseries.Panel | stat.Panel | bargauge.Panel | table.Panel
Ask = Callable[[prometheus.Dataquery], prometheus.Dataquery]

_newest: Ask = prometheus.Dataquery.instant
_over_time: Ask = prometheus.Dataquery.range


@dataclass(frozen=True)
class Panel:
    """What a panel shows. `names` says what series or columns are called, `colors` which colour they have.

    `alarm` is where good ends and bad begins, `rising` whether that is upwards; long names stand `names_above` their bars.
    """

    draw: Callable[["Panel"], "Built"]
    title: str
    meaning: str
    unit: str
    queries: tuple[Query, ...]
    width: int = 8
    height: int = 8
    decimals: int | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    colors: Mapping[str, str] = field(default_factory=dict)
    alarm: float | None = None
    rising: bool = True
    stacked: bool = False
    names_above: bool = False


def number(panel: Panel) -> stat.Panel:
    """Return the newest values, large."""
    built = (
        stat.Panel()
        .color_mode(options.BigValueColorMode.VALUE)
        .graph_mode(options.BigValueGraphMode.NONE)
        .reduce_options(common.ReduceDataOptions().calcs(["lastNotNull"]))
        .thresholds(_thresholds(panel))
        .no_value(NOTHING)
    )
    return _filled(built, panel, _newest)


def curves(panel: Panel) -> timeseries.Panel:
    """Return lines over time, the median of a pair dashed; areas upon each other where `stacked`."""
    built = (
        timeseries.Panel()
        .min(0)
        .line_width(2)
        .fill_opacity(40 if panel.stacked else 0)
        .show_points(options.VisibilityMode.AUTO)
        .legend(common.VizLegendOptions().placement(options.LegendPlacement.BOTTOM).show_legend(True))
        .tooltip(common.VizTooltipOptions().mode(options.TooltipDisplayMode.MULTI).sort(options.SortOrder.DESCENDING))
        .override_by_regexp("/p50$/", [model.DynamicConfigValue("custom.lineStyle", _DASHED)])
        .no_value(NOTHING)
    )
    if panel.stacked:
        built.stacking(common.StackingConfig().mode(options.StackingMode.NORMAL))
    return _filled(built, panel, _over_time)


def ranking(panel: Panel) -> bargauge.Panel:
    """Return a lying bar for each series, its name before or above it."""
    built = (
        bargauge.Panel()
        .min(0)
        .orientation(options.VizOrientation.HORIZONTAL)
        .display_mode(options.BarGaugeDisplayMode.BASIC)
        .name_placement(options.BarGaugeNamePlacement.TOP if panel.names_above else options.BarGaugeNamePlacement.LEFT)
        .reduce_options(common.ReduceDataOptions().calcs(["lastNotNull"]))
        .thresholds(_thresholds(panel))
        .no_value(NOTHING)
    )
    return _filled(built, panel, _newest)


def listing(panel: Panel) -> table.Panel:
    """Return a row for each series, a column for each of `names`: label and title."""
    hidden = {"Time": True, "Value": True}
    order = {name: place for place, name in enumerate(panel.names)}
    columns = {"excludeByName": hidden, "indexByName": order, "renameByName": dict(panel.names)}
    built = table.Panel().with_transformation(model.DataTransformerConfig(id_val="organize", options=columns))
    return _common(built.no_value(NOTHING), panel, _newest, PromQueryFormat.TABLE)


def _filled(built: Built, panel: Panel, ask: Ask) -> Built:
    """Return a panel with its series called and coloured as wanted."""
    for name in dict.fromkeys([*panel.names, *panel.colors]):
        properties = [model.DynamicConfigValue("displayName", panel.names.get(name, name))]
        if name in panel.colors:
            fixed = {"mode": "fixed", "fixedColor": panel.colors[name]}
            properties.append(model.DynamicConfigValue("color", fixed))
        # A consumer group is a service's name behind the prefix of its installation.
        built.override_by_regexp(f"/^(.*[^a-z_])?{name}$/", properties)
    return _common(built, panel, ask)


def _common(built: Built, panel: Panel, ask: Ask, as_: PromQueryFormat = PromQueryFormat.TIME_SERIES) -> Built:
    used = sorted({name for query in panel.queries for name in metrics_in(query.expr)})
    built.title(panel.title).description(f"{panel.meaning}\n\n指标：{'、'.join(used)}")
    built.datasource(DATASOURCE).unit(panel.unit).span(panel.width).height(panel.height)
    if panel.decimals is not None:
        built.decimals(panel.decimals)
    for letter, query in zip("ABCDEFGH", panel.queries, strict=False):
        target = prometheus.Dataquery().ref_id(letter).expr(query.expr).legend_format(query.legend or "__auto")
        built.with_target(ask(target.format(as_).datasource(DATASOURCE)))
    return built


def _thresholds(panel: Panel) -> building.ThresholdsConfig:
    good, bad = ("green", "red") if panel.rising else ("red", "green")
    above = [] if panel.alarm is None else [model.Threshold(panel.alarm, bad)]
    start = "blue" if panel.alarm is None else good
    return building.ThresholdsConfig().mode(model.ThresholdsMode.ABSOLUTE).steps([model.Threshold(None, start), *above])
