"""The closed list of what a claim of the prose may be about: cells of the official tables, sums of them, and a few more."""

from collections.abc import Iterable, Iterator

from shared.forms import FORMS
from shared.forms.form import Form
from shared.forms.printed import printed_place
from shared.forms.y2019 import Y2019
from shared.forms.y2021 import Y2021
from shared.model.cell import FormEdition, TableNumber
from shared.model.finding import CellPlace

TOTAL = "总计"
_APPLICATIONS = ("不予公开", "无法提供", "不予处理", "其他处理")
_CHANNELS = ("当面", "信函", "网络", "邮箱", "传真", "电话", "其他")
_TABLES: dict[str, TableNumber] = {"table2": "2", "table3": "3", "table4": "4"}
_SUITS = ("未经复议直接起诉", "复议后起诉")
_LEGAL_PERSONS = ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")
_RESULTS = ("结果维持", "结果纠正", "其他结果", "尚未审结")

SUMS: dict[str, str] = {
    f"table3/新收加结转/{TOTAL}": "新收和上年结转的申请合计",
    f"table3/公开及部分公开/{TOTAL}": "予以公开和部分公开合计",
    **{f"table3/{group}/{TOTAL}": f"{group}合计" for group in _APPLICATIONS},
    "table3/本年新收/法人或其他组织": "法人或其他组织的申请合计",
    **{f"table4/行政诉讼/{result}": f"行政诉讼{result}合计" for result in _RESULTS},
    f"table4/行政诉讼/{TOTAL}": "行政诉讼合计",
    f"table4/复议诉讼/{TOTAL}": "行政复议和行政诉讼合计",
}
"""Metric -> its name: sums of cells of tables 3 and 4."""

OTHERS: dict[str, str] = {
    "outcome/不掌握": "本机关不掌握的申请",
    "outcome/不存在": "信息不存在的申请",
    "outcome/不属于本机关": "不属于本机关公开的申请",
    "outcome/已主动公开": "已主动公开的申请",
    "outcome/告知其他途径": "告知其他途径办理的申请",
    "outcome/告知更改补充": "告知更改、补充的申请",
    "outcome/撤回": "申请人撤回的申请",
    "outcome/其他": "其他办理结果的申请",
    **{f"channel/{channel}": f"{channel}方式的申请" for channel in _CHANNELS},
    "list/total": "分项说明的总数",
    "list/part": "分项",
    "rate/办结率": "申请办结率（%）",
    "rate/按期答复率": "申请按期答复率（%）",
    "rate/公开率": "申请公开率（%）",
    "rate/占比": "占比（%）",
    "fee/信息处理费": "信息处理费金额（元）",
    "fee/收费通知": "信息处理费收费通知件数",
    "publish/规范性文件": "公开的规范性文件",
    "statement/未收到申请": "未收到政府信息公开申请",
    "statement/全部办结": "申请全部办结",
    "statement/均为自然人": "申请人均为自然人",
    "statement/均为法人或其他组织": "申请人均为法人或其他组织",
    "statement/无上年结转": "没有上年结转的申请",
    "statement/无结转下年度": "没有结转下年度的申请",
    "statement/未发生行政复议": "没有行政复议",
    "statement/未发生行政诉讼": "没有行政诉讼",
    "statement/零纠错": "没有被纠错",
    "statement/零败诉": "没有败诉",
    "statement/均获维持": "复议、诉讼结果均为维持",
    "statement/未收取信息处理费": "没有收取信息处理费",
    "statement/未发收费通知": "没有发出收费通知",
    "statement/说明其他处理": "说明了“其他处理”中的“其他”",
}
"""Metric -> its name: channels, outcomes without a row, lists, rates (0 to 100), fees, and statements without a figure."""


def _cells(form: Form) -> Iterator[str]:
    for number, table in form.tables.items():
        yield from (f"table{number}/{row}/{column}" for row, column in table.addresses)


METRICS: frozenset[str] = frozenset({*_cells(Y2019), *_cells(Y2021), *SUMS, *OTHERS})
"""Every metric that a claim may have."""


def metric_title(metric: str) -> str:
    """Return a metric's name in Chinese; a cell's is its table, row and column."""
    known = SUMS.get(metric) or OTHERS.get(metric)
    if known:
        return known
    table, path = metric.split("/", 1)
    row, column = path.rsplit("/", 1)
    number = _TABLES[table]
    edition: FormEdition = "2021" if (row, column) in FORMS["2021"].tables[number].addresses else "2019"
    return printed_place(edition, CellPlace(number, row, column))


def cells_of(edition: FormEdition, metric: str) -> tuple[TableNumber, tuple[tuple[str, str], ...]] | None:
    """Return the table and the addresses of the cells whose sum a metric is; None where no cells answer to it in this edition."""
    table, _, path = metric.partition("/")
    if table not in _TABLES:
        return None
    number = _TABLES[table]
    row, _, column = path.rpartition("/")
    known = set(FORMS[edition].tables[number].addresses)
    asked = [(row, column)] if (row, column) in known else _summed(edition, row, column)
    cells = tuple(address for address in asked if address in known)
    return (number, cells) if cells else None


def _summed(edition: FormEdition, row: str, column: str) -> Iterable[tuple[str, str]]:
    sums: dict[str, tuple[str, ...]] = {
        "新收加结转": ("本年新收", "上年结转"),
        "公开及部分公开": ("予以公开", "部分公开"),
        "行政诉讼": _SUITS,
        "复议诉讼": ("行政复议", *_SUITS),
    }
    if row in sums:
        return [(each, column) for each in sums[row]]
    if column == "法人或其他组织":
        return [(row, each) for each in _LEGAL_PERSONS]
    inside = [each.path for each in FORMS[edition].tables["3"].rows if each.path.startswith(f"{row}/")]
    return [(each, column) for each in inside]
