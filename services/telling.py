"""What `nianbao up` tells a person who watches its terminal; a log that goes elsewhere keeps its lines for programs."""

from collections.abc import Callable, Mapping
from typing import Any

from services.notify.release import STATUSES
from shared.documents import PROBLEMS
from shared.output.table import base_name, short_id

Line = Mapping[str, Any]

_RELEASE = {
    "review": "通知先审阅后发出：nianbao notices list、show、release",
    "auto": "通知自动发出",
}


def sentence(line: Line) -> str | None:
    """Return a log line's sentence, empty where it is not worth one, None where there is none: the line stays as it is."""
    told = SENTENCES.get(str(line["event"]))
    return told(line) if told else None


def _delivery(line: Line) -> str | None:
    """Return what a delivery brought forth; the steps between are for programs, and trouble is told in full."""
    if line["outcome"] == "dead":
        return None
    if line["stage"] == "notify" and line["outcome"] == "done":
        return "核验了一份报告，结果见：nianbao reports list"
    unread = line["stage"] == "parse" and line["outcome"] == "done" and not line["events"]
    return "有一份文件没有读出报告，原因见：nianbao documents list" if unread else ""


SENTENCES: dict[str, Callable[[Line], str | None]] = {
    "started": lambda line: f"已启动，按 Ctrl-C 停止。{_RELEASE[line['release']]}",
    "listening": lambda line: f"运行状况：http://{line['address']}/readyz",
    "uploads_served": lambda line: f"接收提交：http://{line['address']}{line['path']}",
    "watching": lambda line: f"监视文件夹：{line['folder']}",
    "watch_waits": lambda line: f"文件夹读不到，等它恢复：{line['folder']}（{line['why']}）",
    "watch_goes_on": lambda line: f"文件夹恢复了：{line['folder']}",
    "taken": lambda line: f"收到：{base_name(line['source'])}",
    "refused": lambda line: f"没有收下：{base_name(line['source'])}，{PROBLEMS[line['problem']]}",
    "attachment_unread": lambda line: f"附件没有读到：{base_name(line['source'])}，{PROBLEMS[line['problem']]}",
    "delivery": _delivery,
    "urgent": lambda line: (
        f"有报告公布了个人信息或者密级标志（{'、'.join(line['rules'])}），请立即处理：nianbao tasks list"
    ),
    "notice": lambda line: f"通知 {short_id(line['notice'])}：{STATUSES[line['outcome']]}",
    "stopped": lambda _: "已停止",
}
