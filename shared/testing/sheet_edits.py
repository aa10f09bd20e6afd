"""Laid-out tables edited as offices and page breaks edit them: by positions, from which the spans are made anew."""

from collections.abc import Callable, Iterable, Sequence

from shared.testing.sheets import Printed, Sheet, places

Position = tuple[int, Printed]  # which cell covers it: a number, the same at every position of that cell
Positions = list[list[Position]]

_ODD_CELLS = 100_000  # above the numbers of a sheet's own cells


def positions(printed: Sheet) -> Positions:
    """Return what covers each position of each row."""
    rows: Positions = []
    going_on: dict[int, int] = {}  # column -> the number of the cell that began there
    numbers = iter(range(_ODD_CELLS))
    for placed in places(printed):
        row: list[Position] = []
        for column, cell, above in placed:
            going_on[column] = going_on[column] if above else next(numbers)
            row += [(going_on[column], cell)] * cell.columns
        rows.append(row)
    return rows


def sheet_of(rows: Positions, *, again: bool = False) -> Sheet:
    """Return the sheet of these positions; a cell that comes again behind something else is empty there, or printed `again`."""
    result: Sheet = []
    seen: set[int] = set()
    for place, row in enumerate(rows):
        before = rows[place - 1] if place else []
        cells = []
        for column, (number, cell) in enumerate(row):
            if (row[column - 1] if column else None) == (number, cell) or before[column : column + 1] == [
                (number, cell)
            ]:
                continue
            text = cell.text if again or number not in seen else ""
            cells.append(cell._replace(text=text, columns=_wide(row, column), rows=_deep(rows[place:], column)))
            seen.add(number)
        result.append(cells)
    return result


def _wide(row: Sequence[Position], column: int) -> int:
    return next((wide for wide, each in enumerate(row[column:]) if each != row[column]), len(row) - column)


def _deep(rows: Positions, column: int) -> int:
    first = rows[0][column]
    return next((deep for deep, row in enumerate(rows) if row[column : column + 1] != [first]), len(rows))


def relabelled(printed: Sheet, change: Callable[[int, str], str]) -> Sheet:
    """Return the sheet with the text of every cell that is no figure changed; `change` is given the row's number and the text."""
    return [
        [cell if cell.value or not cell.text else cell._replace(text=change(number, cell.text)) for cell in row]
        for number, row in enumerate(printed)
    ]


def row_of(printed: Sheet, label: str) -> int | None:
    """Return the number of the row with this label; None if none, or more than one, bears it."""
    found = [number for number, row in enumerate(printed) if any(cell.text == label and not cell.value for cell in row)]
    return found[0] if len(found) == 1 else None


def head_rows(printed: Sheet) -> int:
    """Return how many rows stand over the first figures."""
    return next((number for number, row in enumerate(printed) if any(cell.value for cell in row)), len(printed))


def split(printed: Sheet, at: int, *, again: bool) -> tuple[Sheet, Sheet]:
    """Return the rows above a row and those from it on; labels that reach over the cut are empty below it, or printed `again`."""
    whole = sheet_of(_parted(positions(printed), at), again=again)
    return whole[:at], whole[at + 1 :]


def _parted(rows: Positions, at: int) -> Positions:
    return [*rows[:at], _filled(rows, [Printed("")] * len(rows[at])), *rows[at:]]


def _filled(rows: Positions, cells: Iterable[Printed]) -> list[Position]:
    """Return positions of new cells."""
    first = max(number for row in rows for number, _ in row) + _ODD_CELLS
    return [
        position
        for number, cell in enumerate(cells, first)
        for position in [(number, cell._replace(columns=1))] * cell.columns
    ]


def inserted(printed: Sheet, at: int, cells: Sequence[Printed]) -> Sheet:
    """Return the sheet with a row before another; labels that reach over that place reach over the new row, if it is narrower."""
    rows = positions(printed)
    new = _filled(rows, cells)
    left = len(rows[at]) - len(new)
    empty = _filled([*rows, new], [Printed("")] * left)
    over = [here if rows[at - 1][column] == here else empty[column] for column, here in enumerate(rows[at][:left])]
    return sheet_of([*rows[:at], [*over, *new], *rows[at:]])


def own_cells(printed: Sheet, at: int) -> list[Printed]:
    """Return the cells that only this row has: its label and its figures, without the groups that open in it."""
    return [cell for cell in printed[at] if cell.rows == 1]


def without(printed: Sheet, at: int) -> Sheet:
    """Return the sheet without a row; a group that opens in it opens in the next."""
    rows = positions(printed)
    return sheet_of([*rows[:at], *rows[at + 1 :]])


def moved(printed: Sheet, first: int, second: int) -> Sheet:
    """Return the sheet with the own cells of two rows of equal width exchanged; as it is where they differ in width."""
    one, other = own_cells(printed, first), own_cells(printed, second)
    if sum(cell.columns for cell in one) != sum(cell.columns for cell in other):
        return printed
    rows = list(printed)
    for at, cells in ((first, other), (second, one)):
        rows[at] = [*(cell for cell in printed[at] if cell.rows > 1), *cells]
    return rows


def exchanged(printed: Sheet, first: str, second: str, *, begin: int = 0) -> Sheet:
    """Return the sheet with two columns exchanged from a row on, heads and figures; they are known by their heads."""
    rows = positions(printed)
    head = next(number for number, row in enumerate(rows) if {first, second} <= {cell.text for _, cell in row})
    one, other = (
        next(place for place, (_, cell) in enumerate(rows[head]) if cell.text == name) for name in (first, second)
    )
    for row in rows[max(head, begin) :]:
        row[one], row[other] = row[other], row[one]
    return sheet_of(rows)


def with_column(printed: Sheet, column: int, texts: Sequence[str]) -> Sheet:
    """Return the sheet with a column more, one text for each row; cells that reach over its place reach over it too."""
    rows = positions(printed)
    new = [position for text in texts for position in _filled(rows, [Printed(text)])]
    for number, (row, (_, cell)) in enumerate(zip(rows, new, strict=True)):
        spanned = 0 < column < len(row) and row[column - 1] == row[column]
        row.insert(column, row[column] if spanned else (new[0][0] + number, cell))
    return sheet_of(rows)
