"""What codes mean to a clerk, and which form a table is drawn in."""

from collections.abc import Iterable

from shared.forms import FORMS
from shared.forms.sources import SOURCES
from shared.model.cell import Cell, CellState, FormEdition, Table, TableNumber, TableState
from shared.model.claim import Scope
from shared.model.reasons import REASONS
from shared.text import PICTURE

CELL_STATES: dict[CellState, str] = {
    "number": "数字",
    "blank": "空白",
    "placeholder": "符号",
    "text": "带单位或文字",
    "missing": "未见",
    "unplaced": "位置不明",
}
TABLE_STATES: dict[TableState, str] = {
    "absent": "报告中没有找到这张表。",
    "picture": "这张表是图片，没有核验其中的数据。",
    "damaged": "这张表残缺，无法可靠读取。",
    "repeated": "这张表在报告中出现不止一次，以下为第一次出现的数据。",
}
"""What is to be said of a table that is not simply there."""

SCOPES: dict[Scope, str] = {"own": "本机关", "region": "全区域", "unknown": "范围不明"}
"""Whom a claim of the prose is about."""

_NOT_PRINTED: tuple[CellState, ...] = ("blank", "missing", "unplaced")
_REASONS = {str(code): sentence for code, sentence in REASONS.items()}


def edition_of(number: TableNumber, table: Table) -> FormEdition:
    """Return the edition whose cells the table has; a table that was not found has the cells of its year's form."""
    addresses = tuple((cell.row, cell.column) for cell in table.cells)
    return next(edition for edition, form in FORMS.items() if form.tables[number].addresses == addresses)


def basis(codes: Iterable[str]) -> str:
    """Return the sources of law by document number and article: 国办公开办函〔2021〕30号；国令第711号第五十条."""
    sources = (SOURCES[code] for code in codes)
    return "；".join(f"{source.number}{source.article or ''}" for source in sources)


def reason(code: str) -> str:
    """Return why a rule was not checked; the bare code where a stored judgement has one that is no longer listed."""
    return _REASONS.get(code, code)


def shown(cell: Cell) -> str:
    """Return what stands in a drawn cell: the figure as printed, or a word for a picture and for what is not there."""
    if cell.raw == PICTURE:
        return "图片"
    return CELL_STATES[cell.state] if cell.state in _NOT_PRINTED else cell.raw or ""
