"""Tables of OpenDocument files, in texts and as sheets: repeated and covered cells, hidden rows and columns."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from services.parse.document import Unreadable
from services.parse.grid import MOST_CELLS, WIDEST_SPAN
from services.parse.readers.flow import Cell, Flow, Table
from services.parse.readers.package import attributes, local
from services.parse.readers.sheet_page import Area, Sheet, position

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


class _Cell(NamedTuple):
    """An element of a row: what stands in it (None: another cell covers it), its spans, how often it is repeated."""

    flow: Flow | None
    columns: int
    rows: int
    times: int


def read_table(table: Any, blocks: _Blocks) -> Table:
    """Return a table of a text; `blocks` collects what stands in a cell. Unreadable beyond 100 000 positions."""
    read, positions = Table(), 0
    covering: dict[int, int] = {}  # column -> rows that a cell from above still covers
    for row in _rows(table):
        cells = [cell for element in row.element for cell in _cell(element, blocks)]
        width = sum(cell.times for cell in cells) + 1
        for _ in range(row.times):
            positions += width
            if positions > MOST_CELLS:
                raise Unreadable("a table of too many cells")
            placed, covering = _placed(cells, covering)
            read.rows.append(placed)
    return read


def _cell(element: Any, blocks: _Blocks) -> Iterator[_Cell]:
    told, name, flow = attributes(element), local(element), Flow()
    times = min(_number(told, "number-columns-repeated"), WIDEST_SPAN)
    if name == "covered-table-cell":
        yield _Cell(None, 1, 1, times)
    elif name == "table-cell":
        blocks(element, flow)
        wide = min(_number(told, "number-columns-spanned"), WIDEST_SPAN)
        yield _Cell(flow, wide, _number(told, "number-rows-spanned"), times)


def _placed(cells: Sequence[_Cell], above: Mapping[int, int]) -> tuple[list[Cell], dict[int, int]]:
    """Return the cells that begin in a row, and what covers columns of the next; a position covered by nothing is empty."""
    placed: list[Cell] = []
    column = spanned_to = 0
    covering = {place: left - 1 for place, left in above.items() if left > 1}
    for cell in cells:
        for _ in range(cell.times):
            if cell.flow is not None:
                placed.append(Cell(cell.flow, cell.columns, cell.rows))
                spanned_to = column + cell.columns
                if cell.rows > 1:
                    covering |= dict.fromkeys(range(column, spanned_to), cell.rows - 1)
            elif column >= spanned_to and column not in above:
                placed.append(Cell(Flow()))
            column += 1
    return placed, covering


def read_sheet(table: Any, blocks: _Blocks) -> Sheet:
    """Return a sheet of a spreadsheet as it is seen."""
    sheet = Sheet(attributes(table).get("name", ""))
    _hide_columns(table, sheet)
    for row in _rows(table):
        column = 0
        for element in row.element:
            times = _number(attributes(element), "number-columns-repeated")
            if local(element) == "table-cell" and (len(element) or len(element.attrib)):
                _put(sheet, row, range(column, column + times), element, blocks)
            column += times
    return sheet


def _put(sheet: Sheet, row: _Row, columns: range, element: Any, blocks: _Blocks) -> None:
    flow, told = Flow(), attributes(element)
    blocks(element, flow)
    text = "\n".join(block for block in flow.blocks if isinstance(block, str))
    held = told.get("string-value") or told.get("value") or told.get("formula")
    if held and element.find("{*}p") is None:  # what it shows is left out, which is not to show nothing
        text, sheet.sure = held, False
    for number in range(row.first, row.first + (row.times if text else 0)):
        for column in columns:
            sheet.put(number, column, text)
    if flow.drawn and not text:
        _draw(sheet, row.first, columns[0], element)
    wide, deep = _number(told, "number-columns-spanned"), _number(told, "number-rows-spanned")
    if wide * deep > 1:
        sheet.merged.append(Area(row.first, columns[0], row.first + deep - 1, columns[0] + wide - 1))


def _draw(sheet: Sheet, row: int, column: int, element: Any) -> None:
    """Note the cells under what is anchored in one: they reach to the cell that is named as its last, if one is."""
    named = (attributes(each).get("end-cell-address", "") for each in element)
    ends = [position(name.rpartition(".")[2].replace("$", "")) for name in named]
    last = max((end for end in ends if end), default=(row, column))
    sheet.draw(Area(row, column, max(last[0], row), max(last[1], column)))


def _hide_columns(table: Any, sheet: Sheet) -> None:
    first = 0
    for column in _parts(table, "table-column"):
        told = attributes(column)
        end = first + _number(told, "number-columns-repeated")
        if told.get("visibility", "visible") != "visible":
            sheet.hide(first, end)
        first = end
