"""数值异常大：件数超过100万，金额超过1000万万元（本单位可以另定）。

为什么：多半是多打了几位，或者把元当成了万元。
全省、全市的报告汇总各机关的处理决定，许可、处罚上百万件是常事，超过1亿件才报。
"""

from collections.abc import Iterator

from services.validate.rule import Case, Unchecked, Violation, rule
from services.validate.rules.c.doubtful import certain, doubtful
from services.validate.subject import FilledTable, Subject
from services.validate.threshold import Threshold
from services.validate.wording import figure, size
from shared.forms.form import Kind
from shared.model.cell import Cell
from shared.names import is_region
from shared.simplified import simplify
from shared.text import fold

_COUNTS = Threshold("C-07", "counts", 10**6, "件数、项数超过它的，请核实")
_AMOUNTS = Threshold("C-07", "amounts", 10**7, "金额（万元）超过它的，请核实")
_DECISIONS = frozenset({"处理决定数量", "本年处理决定数量"})
_OF_ALL_AGENCIES = 100  # times the decisions of one
_CEILINGS: dict[Kind, Threshold] = {"count": _COUNTS, "change": _COUNTS, "amount": _AMOUNTS}


@rule(
    id="C-07",
    severity="W",
    tables=("2", "3", "4"),
    suggestion="请核对位数和单位；数值无误的，请说明。",
    thresholds=(_COUNTS, _AMOUNTS),
    breaks=(
        Case("行政许可填1000001", {"table2/行政许可/本年处理决定数量": 1000001}),
        Case("采购总金额填20000000", {"table2/政府集中采购/采购总金额": 20000000}, edition="2019"),
    ),
    silent=(
        Case("行政许可填1000000", {"table2/行政许可/本年处理决定数量": 1000000}),
        Case("收费金额填9999999", {"table2/行政事业性收费/本年收费金额": 9999999}),
        Case(
            "全市汇总的行政处罚", {"report": {"agency": "样例市人民政府"}, "table2/行政处罚/本年处理决定数量": 6937489}
        ),
    ),
)
def implausible_size(subject: Subject) -> Iterator[Violation | Unchecked]:
    """数值异常偏大"""
    ceilings = {kind: subject.limit(threshold) for kind, threshold in _CEILINGS.items()}
    lowest = min(ceilings.values())
    for filled in subject.filled.values():
        large = (cell for cell in filled.table.cells if size(cell.number or 0) > lowest)
        cells = [cell for cell in large if _weight(subject, cell) > ceilings[_kind(filled, cell)]]
        yield from doubtful(filled, cells)
        for cell in certain(cells):
            assert cell.number is not None
            message = f"{filled.name(cell)}数值{figure(cell.number)}异常偏大，请核对。"
            yield Violation(message, (filled.place((cell.row, cell.column)),), cell.number)


def _weight(subject: Subject, cell: Cell) -> float:
    """Return how large a figure is for one agency, where a province or city counts the decisions of all of its own."""
    region = simplify(fold(subject.report.agency or "")).removesuffix("人民政府")
    of_all = cell.column in _DECISIONS and is_region(region) and region.endswith(("省", "市", "自治区", "州", "盟"))
    return float(size(cell.number or 0)) / (_OF_ALL_AGENCIES if of_all else 1)


def _kind(filled: FilledTable, cell: Cell) -> Kind:
    return filled.form.column(cell.row, cell.column).kind
