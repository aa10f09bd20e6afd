"""Tables of OpenDocument files, in texts and as sheets: repeated and covered cells, hidden rows and columns."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from services.parse.document import Unreadable
from services.parse.grid import MOST_CELLS, WIDEST_SPAN
from services.parse.readers.flow import Cell, Flow, Table
from services.parse.readers.package import attributes, local
from services.parse.readers.sheet_page import Area, Sheet

_Blocks = Callable[[Any, Flow], None]
_GROUPS = frozenset({"table-header-rows", "table-rows", "table-row-group", "table-columns", "table-header-columns"})
_MOST = 10**7


class _Row(NamedTuple):
    element: Any
    first: int
    times: int


def _number(told: Mapping[str, str], name: str) -> int:
    """Return how often something is repeated, or how far it spans: 1 where nothing, or nothing sensible, is said."""
    printed = told.get(name, "1")
    return min(max(int(printed), 1), _MOST) if printed.isascii() and printed.isdigit() and len(printed) < 10 else 1


def _parts(table: Any, wanted: str) -> Iterator[Any]:
    for child in table:
        name = local(child)
        if name == wanted:
            yield child
        elif name in _GROUPS or name == "table-column-group":
            yield from _parts(child, wanted)


def _rows(table: Any) -> Iterator[_Row]:
    """Yield the rows that are shown, with their places counted from 0."""
    first = 0
    for row in _parts(table, "table-row"):
        told = attributes(row)
        times = _number(told, "number-rows-repeated")
        if told.get("visibility", "visible") == "visible":
            yield _Row(row, first, times)
        first += times


def read_table(table: Any, blocks: _Blocks) -> Table:
    """Return a table of a text; `blocks` collects what stands in a cell. Unreadable beyond 100 000 positions."""
    read, positions = Table(), 0
    covering: dict[int, int] = {}  # column -> rows that a cell from above still covers
    for row in _rows(table):
        for _ in range(row.times):
            cells, covering = _row(row.element, covering, blocks)
            positions += 1 + sum(cell.columns for cell in cells)
            if positions > MOST_CELLS:
                raise Unreadable("a table of too many cells")
            read.rows.append(cells)
    return read


def _row(row: Any, above: Mapping[int, int], blocks: _Blocks) -> tuple[list[Cell], dict[int, int]]:
    """Return the cells that begin in a row, and what covers columns of the next; a position covered by nothing is empty."""
    cells: list[Cell] = []
    column = spanned_to = 0
    covering = {place: left - 1 for place, left in above.items() if left > 1}
    for element in row:
        told, name = attributes(element), local(element)
        times = min(_number(told, "number-columns-repeated"), WIDEST_SPAN)
        for _ in range(times):
            if name == "covered-table-cell":
                if column >= spanned_to and column not in above:
                    cells.append(Cell(Flow()))
            elif name == "table-cell":
                cells.append(_cell(element, told, blocks))
                spanned_to = column + cells[-1].columns
                if cells[-1].rows > 1:
                    covering |= dict.fromkeys(range(column, spanned_to), cells[-1].rows - 1)
            else:
                break
            column += 1
    return cells, covering


def _cell(element: Any, told: Mapping[str, str], blocks: _Blocks) -> Cell:
    flow = Flow()
    blocks(element, flow)
    wide = min(_number(told, "number-columns-spanned"), WIDEST_SPAN)
    return Cell(flow, wide, _number(told, "number-rows-spanned"))


def read_sheet(table: Any, blocks: _Blocks) -> Sheet:
    """Return a sheet of a spreadsheet as it is seen."""
    sheet = Sheet(attributes(table).get("name", ""), hidden_columns=list(_hidden_columns(table)))
    for row in _rows(table):
        column = 0
        for element in row.element:
            told = attributes(element)
            times = _number(told, "number-columns-repeated")
            if local(element) == "table-cell" and len(element):
                _put(sheet, row, range(column, column + times), element, blocks)
            column += times
    return sheet


def _put(sheet: Sheet, row: _Row, columns: range, element: Any, blocks: _Blocks) -> None:
    flow, told = Flow(), attributes(element)
    blocks(element, flow)
    text = "\n".join(block for block in flow.blocks if isinstance(block, str))
    for number in range(row.first, row.first + (row.times if text else 0)):
        for column in columns:
            sheet.put(number, column, text)
    wide, deep = _number(told, "number-columns-spanned"), _number(told, "number-rows-spanned")
    if wide * deep > 1:
        sheet.merged.append(Area(row.first, columns[0], row.first + deep - 1, columns[0] + wide - 1))


def _hidden_columns(table: Any) -> Iterator[range]:
    first = 0
    for column in _parts(table, "table-column"):
        told = attributes(column)
        times = _number(told, "number-columns-repeated")
        if told.get("visibility", "visible") != "visible":
            yield range(first, first + times)
        first += times
