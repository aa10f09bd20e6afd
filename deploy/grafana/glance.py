"""The large numbers at the top of the dashboard: what was done, and what must not be there."""

import functools

from panels import COUNT, REPORTS, SECONDS, Panel, number
from queries import in_range, largest_of_all, share_within, used_of_allowance

LETTERS = "suffix: 封"
VERDICT_SECONDS, VERDICT_SHARE, MAIL_SECONDS = 120, 0.99, 3600

_figure = functools.partial(Panel, number, width=4, height=4)

AT_A_GLANCE = (
    _figure(
        "核验的报告",
        "所选时间内作出的核验结论；同一份报告重新核验，再算一次。图上的数由定时抽取推算，可能略有出入，准确的见 nianbao reports list。",
        REPORTS,
        (in_range("nianbao_reports_total"),),
    ),
    _figure(
        "需更正的报告",
        "其中结论为“需更正”的，这些机关会收到更正通知。",
        REPORTS,
        (in_range("nianbao_reports_total", verdict="需更正"),),
    ),
    _figure(
        "无法核验的报告",
        "其中结论为“无法核验”的：表格没有读出来，或者规则出错。要由人来看：nianbao tasks list 说是哪些。",
        REPORTS,
        (in_range("nianbao_reports_total", verdict="无法核验"),),
    ),
    _figure(
        "须立即撤下的报告",
        "其中公布了身份证号、银行卡号或者密级标志的，应当是0。不是0时运行 nianbao tasks list 看是哪些，立即打电话请机关撤下。",
        REPORTS,
        (in_range("nianbao_urgent_judgements_total"),),
        alarm=1,
    ),
    _figure(
        "两分钟内办结",
        "从看到文件到决定要不要发通知，两分钟以内的占多少；目标是99%。积压时会下降。",
        "percentunit",
        (share_within(VERDICT_SECONDS, "nianbao_end_to_end_seconds"),),
        decimals=1,
        alarm=VERDICT_SHARE,
        rising=False,
    ),
    _figure(
        "误差预算已用",
        "目标允许1%的报告超过两分钟；所选时间内，这点余量用去了多少。超过100%，就是没有达到目标。",
        "percentunit",
        (used_of_allowance(VERDICT_SECONDS, VERDICT_SHARE, "nianbao_end_to_end_seconds"),),
        decimals=0,
        alarm=1,
    ),
    _figure(
        "死信",
        "所选时间内无法处理、搁置起来的事件。应当是0；不是0时运行 nianbao dead-letters list，按原因处理。",
        COUNT,
        (in_range("nianbao_dead_letters_total"),),
        alarm=1,
    ),
    _figure(
        "规则出错",
        "所选时间内规则自身出错的次数，应当是0；有关报告的结论是“无法核验”。请报告给维护人员。",
        "suffix: 次",
        (in_range("nianbao_rule_failures_total"),),
        alarm=1,
    ),
    _figure(
        "待发送的邮件",
        "已放行、还没有发出的通知。只增不减时，查看邮件服务器。",
        COUNT,
        (largest_of_all("nianbao_notices_pending", "待发送"),),
    ),
    _figure(
        "最早一封已等",
        "最早放行而还没有发出的通知等了多久；0表示没有在等的。超过一小时显示为红色。",
        SECONDS,
        (largest_of_all("nianbao_notice_oldest_pending_seconds", "已等"),),
        decimals=0,
        alarm=MAIL_SECONDS,
    ),
    _figure(
        "发送失败的邮件",
        "所选时间内被拒收或者写不出来的通知，应当是0；不会再自动发送。不是0时运行 nianbao tasks list，按原因处理。",
        LETTERS,
        (in_range("nianbao_notices_total", outcome="failed"),),
        alarm=1,
    ),
    _figure(
        "送达不明的邮件",
        "所选时间内不知道邮件服务器是否已经收下的通知，应当是0；默认会再发一次。仍然不明的，列在 nianbao tasks list 里，等人认定。",
        LETTERS,
        (in_range("nianbao_notices_total", outcome="unknown"),),
        alarm=1,
    ),
)
