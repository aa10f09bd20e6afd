"""Made reports as workbooks (XLSX), in the ways in which offices fill them."""

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal, get_args

import xlsxwriter

from shared.testing.formats.png import png
from shared.testing.layouts import Laid
from shared.testing.sheets import WIDTHS, Place, Sheet, places
from shared.text import PICTURE

Variant = Literal["numbers", "texts", "sheets", "shifted", "hidden", "formulas", "rich"]
"""How the cells are filled; what is seen is the same in all."""

VARIANTS: tuple[Variant, ...] = get_args(Variant)

_WIDEST = max(WIDTHS.values())

_CREATED = datetime(2024, 1, 31, tzinfo=UTC)
"""The same bytes at any time: a search for failures reaches every example again."""


@dataclass
class _Filling:
    """A workbook under way: the sheet and row where it goes on, the first column, and how figures are written."""

    book: Any
    write: Callable[[Any, int, int, str, Any], Any]
    top: int = 0
    left: int = 0
    sheet: Any = None
    row: int = 0

    def begin(self, name: str) -> None:
        """Go on in a new sheet."""
        self.sheet, self.row = self.book.add_worksheet(name), self.top

    def line(self, text: str) -> None:
        """Write a line over the whole width."""
        self.sheet.merge_range(
            self.row, self.left, self.row, self.left + _WIDEST - 1, text, self.book.add_format({"text_wrap": True})
        )
        self.row += 1

    def table(self, printed: Sheet) -> None:
        """Write a table, merged cells as such."""
        border = self.book.add_format({"border": 1})
        for number, row in enumerate(places(printed), self.row):
            for place in row:
                self._cell(number, place, border)
        self.row += len(printed)

    def _cell(self, row: int, place: Place, form: Any) -> None:
        cell, column = place.cell, self.left + place.column
        if place.above:
            return
        if cell.rows * cell.columns > 1:
            self.sheet.merge_range(row, column, row + cell.rows - 1, column + cell.columns - 1, "", form)
        if cell.text == PICTURE:
            self.sheet.insert_image(
                row, column, "7.png", {"image_data": io.BytesIO(png()), "x_offset": 4, "y_offset": 3}
            )
        else:
            self.write(self.sheet, row, column, cell.text, form)


def _as_number(sheet: Any, row: int, column: int, text: str, form: Any) -> Any:
    """Write plain figures as numbers."""
    if text.isascii() and text.isdigit():
        return sheet.write_number(row, column, int(text), form)
    return _as_text(sheet, row, column, text, form)


def _as_text(sheet: Any, row: int, column: int, text: str, form: Any) -> Any:
    return sheet.write_string(row, column, text, form) if text else sheet.write_blank(row, column, None, form)


def _as_formula(sheet: Any, row: int, column: int, text: str, form: Any) -> Any:
    """Write plain figures as the results of formulas."""
    if text.isascii() and text.isdigit():
        return sheet.write_formula(row, column, f"={text}+0", form, int(text))
    return _as_text(sheet, row, column, text, form)


def _as_runs(sheet: Any, row: int, column: int, text: str, form: Any) -> Any:
    """Write every character of longer texts as a piece of its own."""
    pieces = [piece for character in text for piece in (form, character)]
    if len(text) > 1:
        return sheet.write_rich_string(row, column, *pieces, form)
    return _as_text(sheet, row, column, text, form)


_WRITERS: Mapping[Variant, Callable[[Any, int, int, str, Any], Any]] = {
    "texts": _as_text,
    "formulas": _as_formula,
    "rich": _as_runs,
}


def write(parts: Sequence[str | Laid], variant: Variant = "numbers") -> bytes:
    """Return a workbook of these lines and tables (`shared.testing.layouts.outline`)."""
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as book:
        book.set_properties({"created": _CREATED})
        filling = _Filling(book, _WRITERS.get(variant, _as_number))
        if variant == "shifted":
            filling.top, filling.left = 3, 2
        filling.begin("年度报告")
        for part in parts:
            if isinstance(part, str):
                filling.line(part)
                continue
            if variant == "sheets":
                filling.begin(f"表{part.number}")
            filling.table(part.sheet)
        if variant == "hidden":
            _hide(filling, parts)
    return data.getvalue()


def _hide(filling: _Filling, parts: Sequence[str | Laid]) -> None:
    """Add what nobody sees: a row and a column with figures, and a sheet with the tables of another year."""
    for number in range(7):
        filling.sheet.write_number(filling.row, number, 999)
        filling.sheet.write_number(number, _WIDEST + 1, 999)
    filling.sheet.set_row(filling.row, None, None, {"hidden": True})
    filling.sheet.set_column(_WIDEST + 1, _WIDEST + 1, None, None, {"hidden": True})
    filling.begin("上年")
    for part in parts:
        if isinstance(part, Laid):
            filling.table([[cell._replace(text="999") if cell.value else cell for cell in row] for row in part.sheet])
    filling.sheet.hide()
