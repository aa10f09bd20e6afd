"""What both editions print alike: the applicant columns and all but one row of table 3, and the whole of table 4."""

from shared.forms.form import Column, FormTable, Row

APPLICANTS = (
    Column("自然人", "自然人"),
    Column("商业企业", "商业企业"),
    Column("科研机构", "科研机构"),
    Column("社会公益组织", "社会公益组织"),
    Column("法律服务机构", "法律服务机构"),
    Column("其他", "其他"),
    Column("总计", "总计"),
)

BALANCE_NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"

_RESULTS = "三、本年度办理结果"
_REFUSED = (_RESULTS, "（三）不予公开")
_UNAVAILABLE = (_RESULTS, "（四）无法提供")
_NOT_HANDLED = (_RESULTS, "（五）不予处理")
OTHER_GROUP = (_RESULTS, "（六）其他处理")


def applicant_row(path: str, label: str, *groups: str) -> Row:
    """Return a row of table 3 with its seven columns."""
    return Row(path, label, APPLICANTS, groups)


_ROWS = (
    applicant_row("本年新收", "一、本年新收政府信息公开申请数量"),
    applicant_row("上年结转", "二、上年结转政府信息公开申请数量"),
    applicant_row("予以公开", "（一）予以公开", _RESULTS),
    applicant_row("部分公开", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）", _RESULTS),
    applicant_row("不予公开/属于国家秘密", "1.属于国家秘密", *_REFUSED),
    applicant_row("不予公开/其他法律行政法规禁止公开", "2.其他法律行政法规禁止公开", *_REFUSED),
    applicant_row("不予公开/危及“三安全一稳定”", "3.危及“三安全一稳定”", *_REFUSED),
    applicant_row("不予公开/保护第三方合法权益", "4.保护第三方合法权益", *_REFUSED),
    applicant_row("不予公开/属于三类内部事务信息", "5.属于三类内部事务信息", *_REFUSED),
    applicant_row("不予公开/属于四类过程性信息", "6.属于四类过程性信息", *_REFUSED),
    applicant_row("不予公开/属于行政执法案卷", "7.属于行政执法案卷", *_REFUSED),
    applicant_row("不予公开/属于行政查询事项", "8.属于行政查询事项", *_REFUSED),
    applicant_row("无法提供/本机关不掌握相关政府信息", "1.本机关不掌握相关政府信息", *_UNAVAILABLE),
    applicant_row("无法提供/没有现成信息需要另行制作", "2.没有现成信息需要另行制作", *_UNAVAILABLE),
    applicant_row("无法提供/补正后申请内容仍不明确", "3.补正后申请内容仍不明确", *_UNAVAILABLE),
    applicant_row("不予处理/信访举报投诉类申请", "1.信访举报投诉类申请", *_NOT_HANDLED),
    applicant_row("不予处理/重复申请", "2.重复申请", *_NOT_HANDLED),
    applicant_row("不予处理/要求提供公开出版物", "3.要求提供公开出版物", *_NOT_HANDLED),
    applicant_row("不予处理/无正当理由大量反复申请", "4.无正当理由大量反复申请", *_NOT_HANDLED),
    applicant_row(
        "不予处理/要求行政机关确认或重新出具已获取信息", "5.要求行政机关确认或重新出具已获取信息", *_NOT_HANDLED
    ),
)


def _table3(other: tuple[Row, ...]) -> FormTable:
    return FormTable(
        number="3",
        title="三、收到和处理政府信息公开申请情况",
        captions=(BALANCE_NOTE,),
        rows=(
            *_ROWS,
            *other,
            applicant_row("总计", "（七）总计", _RESULTS),
            applicant_row("结转下年度", "四、结转下年度继续办理"),
        ),
    )


TABLE3_2019 = _table3((applicant_row("其他处理", "（六）其他处理", _RESULTS),))
TABLE3_2021 = _table3(
    (
        applicant_row(
            "其他处理/逾期不补正",
            "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
            *OTHER_GROUP,
        ),
        applicant_row(
            "其他处理/逾期未缴费",
            "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
            *OTHER_GROUP,
        ),
        applicant_row("其他处理/其他", "3.其他", *OTHER_GROUP),
    )
)

_OUTCOMES = (
    Column("结果维持", "结果维持"),
    Column("结果纠正", "结果纠正"),
    Column("其他结果", "其他结果"),
    Column("尚未审结", "尚未审结"),
    Column("总计", "总计"),
)

TABLE4 = FormTable(
    number="4",
    title="四、政府信息公开行政复议、行政诉讼情况",
    rows=(
        Row("行政复议", "行政复议", _OUTCOMES),
        Row("未经复议直接起诉", "未经复议直接起诉", _OUTCOMES, ("行政诉讼",)),
        Row("复议后起诉", "复议后起诉", _OUTCOMES, ("行政诉讼",)),
    ),
)
