"""The trial form of 2019: 国办公开办函〔2019〕60号 (2019-11-15), for the reports on 2019 and 2020."""

from shared.forms.form import Column, Form, FormTable, Row
from shared.forms.shared_tables import TABLE3_2019, TABLE4

_TEXTS = (
    Column("本年新制作数量", "本年新制作数量"),
    Column("本年新公开数量", "本年新公开数量"),
    Column("对外公开总数量", "对外公开总数量"),
)
_STOCK = (Column("上一年项目数量", "上一年项目数量"), Column("本年增减", "本年增/减", kind="change"))
_ITEMS = (*_STOCK, Column("处理决定数量", "处理决定数量"))
_PURCHASES = (
    Column("采购项目数量", "采购项目数量"),
    Column("采购总金额", "采购总金额（单位：万元，保留4位小数）", kind="amount", unit="万元"),
)

TABLE2 = FormTable(
    number="2",
    title="二、主动公开政府信息情况",
    captions=(
        "第二十条第（一）项",
        "第二十条第（五）项",
        "第二十条第（六）项",
        "第二十条第（八）项",
        "第二十条第（九）项",
    ),
    rows=(
        Row("规章", "规章", _TEXTS, ("第二十条第（一）项",)),
        Row("规范性文件", "规范性文件", _TEXTS, ("第二十条第（一）项",)),
        Row("行政许可", "行政许可", _ITEMS, ("第二十条第（五）项",)),
        Row("其他对外管理服务事项", "其他对外管理服务事项", _ITEMS, ("第二十条第（五）项",)),
        Row("行政处罚", "行政处罚", _ITEMS, ("第二十条第（六）项",)),
        Row("行政强制", "行政强制", _ITEMS, ("第二十条第（六）项",)),
        Row("行政事业性收费", "行政事业性收费", _STOCK, ("第二十条第（八）项",)),
        Row("政府集中采购", "政府集中采购", _PURCHASES, ("第二十条第（九）项",)),
    ),
)

Y2019 = Form(
    edition="2019",
    document="国办公开办函〔2019〕60号",
    first_year=2019,
    last_year=2020,
    tables={"2": TABLE2, "3": TABLE3_2019, "4": TABLE4},
)
