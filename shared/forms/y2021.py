"""The form in force: 国办公开办函〔2021〕30号 (2021-09-26, published 2021-09-29), for the reports on 2021 and later."""

from shared.forms.form import Column, Form, FormTable, Row
from shared.forms.shared_tables import TABLE3_2021, TABLE4

_TEXTS = (
    Column("本年制发件数", "本年制发件数"),
    Column("本年废止件数", "本年废止件数"),
    Column("现行有效件数", "现行有效件数"),
)
_DECISIONS = (Column("本年处理决定数量", "本年处理决定数量"),)
_FEES = (Column("本年收费金额", "本年收费金额（单位：万元）", kind="amount", unit="万元"),)

TABLE2 = FormTable(
    number="2",
    title="二、主动公开政府信息情况",
    captions=("第二十条第（一）项", "第二十条第（五）项", "第二十条第（六）项", "第二十条第（八）项"),
    rows=(
        Row("规章", "规章", _TEXTS, ("第二十条第（一）项",)),
        Row("行政规范性文件", "行政规范性文件", _TEXTS, ("第二十条第（一）项",)),
        Row("行政许可", "行政许可", _DECISIONS, ("第二十条第（五）项",)),
        Row("行政处罚", "行政处罚", _DECISIONS, ("第二十条第（六）项",)),
        Row("行政强制", "行政强制", _DECISIONS, ("第二十条第（六）项",)),
        Row("行政事业性收费", "行政事业性收费", _FEES, ("第二十条第（八）项",)),
    ),
)

Y2021 = Form(
    edition="2021",
    document="国办公开办函〔2021〕30号",
    first_year=2021,
    last_year=None,
    tables={"2": TABLE2, "3": TABLE3_2021, "4": TABLE4},
)
