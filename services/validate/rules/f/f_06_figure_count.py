"""表中一行的数据个数不对：表三每行应有7个；表二按栏目数，共10个（试行格式22个）；表四共15个。

为什么：少一个或者多一个数据，后面的数据都可能错列，该表的其他核验先不作。
只在原文有真正的单元格（网页、Word、电子表格等）时报；粘贴的文字里分不清是漏填还是读取时丢失，列入未核验。
单元格在、只是没填的，归C-01；行末多出空列的不算；表三整行没有的，归F-05。
"""

from collections.abc import Iterator

from services.validate.rule import Case, Unchecked, Violation, rule
from services.validate.subject import FilledTable, Subject
from shared.forms.printed import printed_row, printed_table
from shared.model.cell import Cell, PrintedRow, Printing
from shared.model.finding import CellPlace

_LOST = {"missing", "unplaced"}


@rule(
    id="F-06",
    severity="E",
    tables=("2", "3", "4"),
    basis=("F30", "F60"),
    suggestion="请检查该行是否漏填、多填或者错列。",
    suppresses=("C", "T2", "T3", "T4", "N"),
    breaks=(
        Case("表三一行少一个单元格", {"table3/部分公开/总计": {"state": "missing"}}),
        Case(
            "表三一行有8个数据",
            {
                "table3/部分公开": {"state": "unplaced"},
                "table3": {"printing": Printing(gridded=True, rows=(PrintedRow("部分公开", "(二)部分公开", 8),))},
            },
        ),
        Case("表二没有“行政强制”一行", {"table2/行政强制": {"state": "missing"}}),
        Case("表四少一个单元格", {"table4/行政复议/总计": {"state": "missing"}}, edition="2019"),
    ),
    silent=(
        Case("单元格没填", {"table3/部分公开/总计": None}),
        Case("数据个数对，但分不清属于哪一列", {"table3/部分公开": {"state": "unplaced"}}),
        Case(
            "粘贴的文字里少一个数据",
            {
                "table3/部分公开": {"state": "unplaced"},
                "table3": {"printing": Printing(rows=(PrintedRow("部分公开", "(二)部分公开", 6),))},
            },
        ),
    ),
)
def figure_count(subject: Subject) -> Iterator[Violation | Unchecked]:
    """一行的数据个数不对"""
    for filled in subject.filled.values():
        lost = [cell for cell in filled.table.cells if cell.state in _LOST]
        yield from _whole_table(subject, filled, lost) if filled.number == "4" else _rows(subject, filled, lost)


def _whole_table(subject: Subject, filled: FilledTable, lost: list[Cell]) -> Iterator[Violation | Unchecked]:
    """Count table 4 as one: its 15 figures stand in one line."""
    read = sum(row.figures for row in filled.table.printing.rows)
    if lost:
        yield _statement(subject, filled, CellPlace("4"), (read, len(filled.table.cells)), lost)


def _rows(subject: Subject, filled: FilledTable, lost: list[Cell]) -> Iterator[Violation | Unchecked]:
    printed = {row.row: row.figures for row in filled.table.printing.rows}
    paths = dict.fromkeys(cell.row for cell in lost)
    for path in paths:
        if path in printed or filled.number == "2":
            counts = printed.get(path, 0), len(filled.form.row(path).columns)
            cells = [cell for cell in lost if cell.row == path]
            yield _statement(subject, filled, CellPlace(filled.number, path), counts, cells)


def _statement(
    subject: Subject, filled: FilledTable, place: CellPlace, counts: tuple[int, int], lost: list[Cell]
) -> Violation | Unchecked:
    read, expected = counts
    if read == expected:
        return Unchecked("operand_unplaced", filled.places((cell.row, cell.column) for cell in lost))
    if not filled.table.printing.gridded:
        return Unchecked("no_grid", (place,))
    row = f"“{printed_row(filled.edition, filled.number, place.row)}”" if place.row else ""
    message = f"{printed_table(filled.number)}{row}读到{read}个数据，应为{expected}个。"
    return Violation(message, (place,), read, expected, read - expected, severity=subject.deviation)
