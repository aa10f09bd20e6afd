"""表中一行的数据个数不对：表三每行应有7个；表二、表四按各自的栏目数，表四共15个。

为什么：少一个或者多一个数据，后面的数据都可能错列，该表的其他核验先不作。
只在原文有真正的单元格（网页、Word、电子表格等）时报；粘贴的文字里分不清是漏填还是读取时丢失，列入未核验。
单元格在、只是没填的，归C-01。
"""

from collections.abc import Iterator

from services.validate.rule import Case, Unchecked, Violation, rule
from services.validate.subject import FilledTable, Subject
from shared.forms.form import Row
from shared.forms.printed import printed_row, printed_table
from shared.model.cell import Cell, PrintedRow, Printing
from shared.model.finding import CellPlace


@rule(
    id="F-06",
    severity="E",
    tables=("2", "3", "4"),
    basis=("F30", "F60"),
    suggestion="请检查该行是否漏填、多填或者错列。",
    suppresses=("C", "T2", "T3", "T4"),
    breaks=(
        Case("表三一行少一个单元格", {"table3/部分公开/总计": {"state": "missing"}}),
        Case(
            "表三一行有8个数据",
            {"table3": {"printing": Printing(gridded=True, rows=(PrintedRow("部分公开", "(二)部分公开", 8),))}},
        ),
        Case("表二没有“行政强制”一行", {"table2/行政强制": {"state": "missing"}}),
        Case("表四少一个单元格", {"table4/行政复议/总计": {"state": "missing"}}, edition="2019"),
    ),
    silent=(
        Case("单元格没填", {"table3/部分公开/总计": None}),
        Case("数据少于列数，分不清属于哪一列", {"table3/部分公开": {"state": "unplaced"}}),
        Case(
            "粘贴的文字里少一个数据",
            {"table3/部分公开/总计": {"state": "missing"}, "table3": {"printing": Printing(gridded=False)}},
        ),
    ),
)
def figure_count(subject: Subject) -> Iterator[Violation | Unchecked]:
    """一行的数据个数不对"""
    for filled in subject.filled.values():
        for row in _short_or_long(filled):
            yield _statement(subject, filled, *row)


def _short_or_long(filled: FilledTable) -> Iterator[tuple[Row, tuple[Cell, ...], PrintedRow | None]]:
    """Yield each row of the form whose cells are not one figure a column; rows missing from table 3 are F-05's."""
    printed = {row.row: row for row in filled.table.printing.rows}
    incomplete = {cell.row for cell in filled.table.cells if cell.state in {"missing", "unplaced"}}
    for row in filled.form.rows:
        line = printed.get(row.path)
        if row.path not in incomplete and (line is None or line.figures <= len(row.columns)):
            continue
        cells = tuple(filled.cell((row.path, column.name)) for column in row.columns)
        whole_row_lost = line is None and all(cell.state == "missing" for cell in cells)
        if not (whole_row_lost and filled.number == "3"):
            yield row, cells, line


def _statement(
    subject: Subject, filled: FilledTable, row: Row, cells: tuple[Cell, ...], line: PrintedRow | None
) -> Violation | Unchecked:
    unplaced = [(cell.row, cell.column) for cell in cells if cell.state == "unplaced"]
    if unplaced:
        return Unchecked("operand_unplaced", filled.places(unplaced))
    if not filled.table.printing.gridded:
        return Unchecked("no_grid", (CellPlace(filled.number, row.path),))
    read = line.figures if line else sum(cell.state != "missing" for cell in cells)
    name = printed_row(filled.edition, filled.number, row.path)
    return Violation(
        f"{printed_table(filled.number)}“{name}”读到{read}个数据，应为{len(cells)}个，请检查是否漏填或错列。",
        (CellPlace(filled.number, row.path),),
        read,
        len(cells),
        read - len(cells),
        severity=subject.deviation,
    )
