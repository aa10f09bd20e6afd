"""What stands on the dashboard: its rows from the whole to the parts, the reader's questions in the order he asks them."""

from glance import AT_A_GLANCE
from panels import COUNT, REPORTS, SECONDS, Panel, curves, listing, number, ranking
from queries import (
    in_range_by,
    largest,
    largest_of_all,
    most_in_range,
    per_minute,
    quantiles,
    rows,
    since,
    summed,
)

from services.notify.release import STATUSES as NOTICES
from shared.documents import PROBLEMS
from shared.output.checked import STATUSES as DOCUMENTS
from shared.stream.cli import REASONS

FILES, A_MINUTE, TOP = "suffix: 个", "suffix: 件/分", 15

STAGES = {"ingest": "收件 ingest", "parse": "读取 parse", "validate": "核验 validate", "notify": "通知 notify"}
SHADES = {"ingest": "blue", "parse": "green", "validate": "orange", "notify": "purple"}
SERVICES = {"names": STAGES, "colors": SHADES}
PAIRS = {
    "names": {f"{stage} {which}": f"{name} {which}" for stage, name in STAGES.items() for which in ("p50", "p95")},
    "colors": {f"{stage} {which}": shade for stage, shade in SHADES.items() for which in ("p50", "p95")},
}
VERDICTS = {"colors": {"合格": "green", "请核实": "yellow", "需更正": "red", "无法核验": "purple"}}
MAILS = {
    "names": NOTICES,
    "colors": {
        "held": "purple",
        "pending": "super-light-blue",
        "sending": "blue",
        "sent": "green",
        "deferred": "yellow",
        "failed": "red",
        "unknown": "orange",
        "superseded": "super-light-purple",
    },
}
FAULTS = {
    "names": REASONS,
    "colors": {"bug": "red", "schema": "orange", "envelope": "yellow", "document_missing": "purple"},
}
REFUSALS = {problem: text.partition("，")[0].rstrip("。") for problem, text in PROBLEMS.items()}

FLOW = (
    Panel(
        curves,
        "各环节处理的事件",
        "每分钟办完的事件。四条线应当一先一后同样起落；后一条一直低于前一条，就是那里在积压。",
        A_MINUTE,
        (per_minute("nianbao_stage_outcomes_total", "stage", outcome="done"),),
        **SERVICES,
    ),
    Panel(
        curves,
        "各环节失败的事件",
        "每分钟成为死信的事件，应当一直是0。读不出的文件不在其内：那是文件的问题，见“收到的文件”。",
        A_MINUTE,
        (per_minute("nianbao_stage_outcomes_total", "stage", outcome="dead"),),
        **SERVICES,
    ),
    Panel(
        curves,
        "全程用时",
        "从看到文件到决定要不要发通知用了多久：一半在虚线以下，95%在实线以下。重新核验的不算；没有报告时没有线。",
        SECONDS,
        quantiles("nianbao_end_to_end_seconds"),
        colors={"p50": "blue", "p95": "blue"},
    ),
    Panel(
        curves,
        "事件等了多久",
        "事件轮到处理时已经等了多久，也就是以时间计的积压：虚线为中位数，实线为95%分位。没有事件时没有线。",
        SECONDS,
        quantiles("nianbao_event_age_seconds", "stage"),
        **PAIRS,
    ),
    Panel(
        curves,
        "处理一件用时",
        "一个环节处理一件事件用了多久，包括写入数据库：虚线为中位数，实线为95%分位。",
        SECONDS,
        quantiles("nianbao_stage_duration_seconds", "stage"),
        **PAIRS,
    ),
    Panel(
        number,
        "距上次办成",
        "各环节距最近一次办成一件过了多久；启动以来还没有办成过的不显示。淡季里很久是正常的。",
        SECONDS,
        tuple(since("nianbao_last_success_timestamp_seconds", stage, stage=stage) for stage in STAGES),
        decimals=0,
        names=STAGES,
    ),
)

WAITING = (
    Panel(
        curves,
        "Kafka 积压",
        "各服务还没有处理的记录。高而不降时，看该服务的日志，或者加副本。内置总线（nianbao up）没有这一项。",
        "suffix: 条",
        (summed("nianbao_consumer_lag_records", "group", ("topic", "partition")),),
        **SERVICES,
    ),
    Panel(
        curves,
        "待发布的事件",
        "各服务已写入数据库、还没有发布出去的事件。",
        COUNT,
        (largest("nianbao_outbox_depth", "service"),),
        **SERVICES,
    ),
    Panel(
        curves,
        "最早的事件待发布多久",
        "一直上升，就是 Kafka 不应答，或者数据库不应答。",
        SECONDS,
        (largest("nianbao_outbox_oldest_seconds", "service"),),
        **SERVICES,
    ),
    Panel(
        curves,
        "死信（按原因）",
        "每分钟的死信。“程序出错”要报告给维护人员；“内容不合约定”多半是新旧版本混用。",
        A_MINUTE,
        (per_minute("nianbao_dead_letters_total", "reason"),),
        stacked=True,
        **FAULTS,
    ),
    Panel(
        curves,
        "重复送达的事件",
        "每分钟又送来一次、因已经办过而略去的事件。重启、扩缩副本时出现一些是正常的。",
        A_MINUTE,
        (per_minute("nianbao_inbox_duplicates_total", "stage"),),
        **SERVICES,
    ),
    Panel(
        listing,
        "正在运行的进程",
        "各进程的版本，核验进程还有规则集。升级以后版本应当全部相同，改了规则集文件以后各核验进程的规则集应当相同；缺了哪个，哪个就没有运行。",
        "none",
        (rows("nianbao_build_info", "job", "instance", "version", "ruleset"),),
        names={"job": "任务", "instance": "进程", "version": "版本", "ruleset": "规则集"},
    ),
)

RESULTS = (
    Panel(
        curves,
        "核验结论",
        "每分钟作出的结论。“无法核验”是表格没有读出来，或者规则出错，不是报告合格。",
        "suffix: 份/分",
        (per_minute("nianbao_reports_total", "verdict"),),
        stacked=True,
        **VERDICTS,
    ),
    Panel(
        ranking,
        "各种结论",
        "所选时间内作出的结论，按种类。",
        REPORTS,
        (in_range_by("nianbao_reports_total", "verdict"),),
        **VERDICTS,
    ),
    Panel(
        ranking,
        "收到的文件",
        "所选时间内读取的文件各是什么。“无法读取”多时，运行 nianbao tasks list 看是哪些。",
        FILES,
        (in_range_by("nianbao_documents_total", "status"),),
        names=DOCUMENTS,
    ),
    Panel(
        ranking,
        f"问题最多的{TOP}条规则",
        "所选时间内核验出的问题，按规则；没有问题的规则不显示。规则说的是什么，见 nianbao rules explain 编号。",
        "suffix: 处",
        (most_in_range("nianbao_findings_total", "rule", TOP),),
        width=16,
        height=12,
    ),
    Panel(
        ranking,
        "收不进的文件",
        "所选时间内没有收下的文件，按原因。",
        FILES,
        (in_range_by("nianbao_refusals_total", "problem"),),
        height=12,
        names=REFUSALS,
        names_above=True,
    ),
)

LETTERS = (
    Panel(
        curves,
        "通知的去向",
        "每分钟成为各种状态的通知；一封通知先后经过几种状态。“是否送达不明”是发送中断，默认会再发一次。",
        A_MINUTE,
        (per_minute("nianbao_notices_total", "outcome"),),
        **MAILS,
    ),
    Panel(
        curves,
        "待发送的邮件",
        "已放行、还没有发出的通知。",
        COUNT,
        (largest_of_all("nianbao_notices_pending", "待发送"),),
        colors={"待发送": "blue"},
    ),
    Panel(
        curves,
        "最早一封等了多久",
        "最早放行而还没有发出的通知等了多久。一直上升，就是邮件发不出去：运行 nianbao doctor。",
        SECONDS,
        (largest_of_all("nianbao_notice_oldest_pending_seconds", "已等"),),
        colors={"已等": "blue"},
    ),
)

ROWS = {"概况": AT_A_GLANCE, "流程": FLOW, "积压与死信": WAITING, "结论与问题": RESULTS, "邮件": LETTERS}
