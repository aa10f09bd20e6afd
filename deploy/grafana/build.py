"""Writes deploy/grafana/dashboards/pipeline.json, which Grafana is provisioned with; with --check it only says whether it is stale."""

import json
import pathlib
import sys

from grafana_foundation_sdk.builders import dashboard as building
from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.models import dashboard as model
from panels import DATASOURCE
from rows import ROWS

FILE = pathlib.Path(__file__).parent / "dashboards" / "pipeline.json"
_EVERYTHING = model.VariableOption(selected=True, text="全部", value="$__all")


def dashboard() -> building.Dashboard:
    """Return the dashboard: read-only, the last six hours, anew every half minute."""
    built = (
        building.Dashboard("年报核验")
        .uid("nianbao-pipeline")
        .description("年报从收件到更正通知：处理了多少，等了多久，哪里失败，核验出什么，邮件发出没有。")
        .tags(["nianbao"])
        .readonly()
        .time("now-6h", "now")
        .refresh("30s")
        .timezone("browser")
        .tooltip(model.DashboardCursorSync.CROSSHAIR)
        .with_variable(building.DatasourceVariable("datasource").label("数据源").type("prometheus"))
        .with_variable(_chosen("job", "任务", "label_values(nianbao_build_info, job)"))
        .with_variable(_chosen("instance", "进程", 'label_values(nianbao_build_info{job=~"$job"}, instance)'))
    )
    for title, panels in ROWS.items():
        built.with_row(building.Row(title))
        for panel in panels:
            built.with_panel(panel.draw(panel))
    return built


def _chosen(name: str, label: str, query: str) -> building.QueryVariable:
    return (
        building.QueryVariable(name)
        .label(label)
        .query(query)
        .datasource(DATASOURCE)
        .refresh(model.VariableRefresh.ON_TIME_RANGE_CHANGED)
        .sort(model.VariableSort.ALPHABETICAL_ASC)
        .multi(multi=True)
        .include_all(include_all=True)
        .all_value(".+")
        .current(_EVERYTHING)
    )


def as_text() -> str:
    """Return the dashboard as the file must be; a panel's number is its place."""
    built = dashboard().build()
    for place, panel in enumerate(built.panels or [], start=1):
        panel.id_val = place
    return json.dumps(built, cls=JSONEncoder, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def main(arguments: list[str]) -> int:
    """Write the file, or with --check return 1 where it is stale."""
    stale = not FILE.exists() or FILE.read_text(encoding="utf-8") != as_text()
    if stale:
        print(f"deploy/grafana/dashboards/{FILE.name}")
    if stale and "--check" not in arguments:
        FILE.write_text(as_text(), encoding="utf-8", newline="\n")
    return int(stale and "--check" in arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
