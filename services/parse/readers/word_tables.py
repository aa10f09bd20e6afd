"""Tables of a Word document: rows and cells through whatever wraps them, merged cells as spans."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from services.parse.grid import WIDEST_SPAN
from services.parse.readers.flow import Cell, Flow, Table
from services.parse.readers.package import leading, local, local_name, whole
from services.parse.readers.word_styles import is_on, value_of

_GONE = frozenset({"del", "moveFrom", "tblPr", "tblGrid", "trPr", "sdtPr", "sdtEndPr", "tblPrEx"})
_Collect = Callable[[Iterable[Any], Flow], None]


def read_table(table: Any, collect: _Collect) -> Table:
    """Return a table of the accepted document; `collect` collects what stands in a cell."""
    read = Table()
    merging: dict[int, Cell] = {}  # column -> the cell that goes on into the next row
    for row in _inside(table, "tr"):
        properties = _properties(row[:2], "trPr")
        if not _left_out(properties):
            cells, merging = _row(row, properties, merging, collect)
            read.rows.append(cells)
    return read


def shown(alternatives: Any) -> Any:
    """Return the first of alternatives for newer and older programs: what stands in it is shown, and nothing else of them."""
    return next(alternatives.iterchildren("{*}Choice", "{*}Fallback"), ())


def _inside(parent: Any, wanted: str) -> Iterator[Any]:
    """Yield the rows of a table or the cells of a row, also those in content controls, insertions and markup of their own."""
    for child in parent[:]:
        name = local_name(child.tag)
        if name == wanted:
            yield child
        elif name == "AlternateContent":
            yield from _inside(shown(child), wanted)
        elif name not in _GONE:
            yield from _inside(child, wanted)


def _properties(children: Sequence[Any], name: str) -> dict[str, Any]:
    properties = leading(children, name)
    return {local(child): child for child in properties} if properties is not None and len(properties) else {}


def _left_out(properties: dict[str, Any]) -> bool:
    """Whether a row is deleted, or hidden."""
    return "del" in properties or ("hidden" in properties and is_on(properties["hidden"]))


def _row(
    row: Any, properties: dict[str, Any], above: dict[int, Cell], collect: _Collect
) -> tuple[list[Cell], dict[int, Cell]]:
    """Return the cells that begin in a row, and those of its cells that may go on into the next one, by column."""
    before = whole(_value(properties, "gridBefore"), 0)
    cells: list[Cell] = [Cell(Flow(), min(before, WIDEST_SPAN))] if before else []
    column, merging = before, dict[int, Cell]()
    for each in _inside(row, "tc"):
        children = each[:]  # faster than a list of it
        told = _properties(children, "tcPr")
        if not told:
            cells.append(_cell(children, 1, collect))
            column += 1
            continue
        if "cellDel" in told:
            continue
        wide = min(max(whole(_value(told, "gridSpan"), 1), 1), WIDEST_SPAN)
        if _value(told, "hMerge", "continue") == "continue" and cells:
            cells[-1].columns += wide
        elif (upper := _continued(told, column, wide, above)) is not None:
            upper.rows += 1
            merging[column] = upper
        else:
            cells.append(_cell(children, wide, collect))
            if "vMerge" in told:
                merging[column] = cells[-1]
        column += wide
    return cells, merging


def _value(properties: dict[str, Any], name: str, otherwise: str | None = None) -> str | None:
    """Return the value of a property, `otherwise` where it is there without one, None where it is not."""
    return (value_of(properties[name]) or otherwise) if name in properties else None


def _continued(told: dict[str, Any], column: int, wide: int, above: dict[int, Cell]) -> Cell | None:
    """Return the cell that goes on here from the row above: as wide, and in the same column."""
    upper = above.get(column) if _value(told, "vMerge", "continue") == "continue" else None
    return upper if upper is not None and upper.columns == wide else None


def _cell(children: Iterable[Any], wide: int, collect: _Collect) -> Cell:
    flow = Flow()
    collect(children, flow)
    return Cell(flow, wide)
