"""Why a rule, or one of its equations, could not be checked: the closed list of output.md, as a reader is told it."""

from typing import Literal

Reason = Literal[
    "table_absent",
    "attachment_unread",
    "table_picture",
    "table_damaged",
    "row_incomplete",
    "form_unknown",
    "year_unknown",
    "operand_unplaced",
    "operand_missing",
    "operand_text",
    "operand_placeholder",
    "operand_blank",
    "low_confidence",
    "prose_ambiguous",
    "no_grid",
    "no_directory",
    "no_prior_year",
    "rule_failed",
]

REASONS: dict[Reason, str] = {
    "table_absent": "报告中没有这张表",
    "attachment_unread": "这张表可能在附件中，附件没有读到",
    "table_picture": "表格是图片，读不出数据",
    "table_damaged": "表格残缺，读不出完整数据",
    "row_incomplete": "表中有的行数据个数不对，先更正该行再核验",
    "form_unknown": "看不出表格是哪一版格式",
    "year_unknown": "看不出报告年度",
    "operand_unplaced": "该行的数据少于列数，分不清属于哪一列",
    "operand_missing": "原文中没有这个单元格",
    "operand_text": "单元格内容不是可以识别的数字",
    "operand_placeholder": "单元格填的是符号或文字，不是数字",
    "operand_blank": "单元格未填",
    "low_confidence": "识别把握不足，需要人工确认",
    "prose_ambiguous": "正文有几个不同的说法，不能确定哪一个对应表格",
    "no_grid": "原文没有真正的单元格，分不清是漏填还是读取时丢失",
    "no_directory": "没有机关名录，或者名录未写明该机关的层级、类型",
    "no_prior_year": "没有上一年度的报告，或者其中没有读准“结转下年度”的总计，本年“上年结转”的总计无从核对",
    "rule_failed": "系统执行这条规则时出错，不代表报告有问题",
}
