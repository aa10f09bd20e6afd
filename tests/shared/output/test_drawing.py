import pytest

from shared.forms import FORMS
from shared.model.cell import Cell, FormEdition, Table, TableNumber
from shared.output.drawing import Figure, draw
from shared.testing.reports import clean_report

WIDTHS = {"2": 4, "3": 10, "4": 15}
EDITIONS: tuple[FormEdition, ...] = ("2019", "2021")
NUMBERS: tuple[TableNumber, ...] = ("2", "3", "4")


def occupied(edition: FormEdition, number: TableNumber) -> list[set[tuple[int, int]]]:
    """Return for each drawn cell the positions it covers, placed as a browser places them."""
    taken: set[tuple[int, int]] = set()
    drawn = []
    for y, row in enumerate(draw(number, clean_report(edition).tables[number])):
        x = 0
        for cell in row:
            while (y, x) in taken:
                x += 1
            down = 1 if isinstance(cell, Figure) else cell.down
            area = {(y + dy, x + dx) for dy in range(down) for dx in range(cell.across)}
            assert not area & taken
            taken |= area
            drawn.append(area)
    return drawn


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("number", NUMBERS)
def test_the_drawing_is_a_full_rectangle(edition: FormEdition, number: TableNumber):
    """Spans fill the official table without gap or overlap, and no cell reaches beyond it."""
    areas = occupied(edition, number)
    rows = len(draw(number, clean_report(edition).tables[number]))
    assert set().union(*areas) == {(y, x) for y in range(rows) for x in range(WIDTHS[number])}


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("number", NUMBERS)
def test_every_figure_is_drawn_once_in_the_forms_order(edition: FormEdition, number: TableNumber):
    """The drawing has exactly the figures of the form, in its order."""
    table = clean_report(edition).tables[number]
    figures = [cell.cell for row in draw(number, table) for cell in row if isinstance(cell, Figure)]
    assert tuple((cell.row, cell.column) for cell in figures) == FORMS[edition].tables[number].addresses


def test_a_table_that_was_not_found_is_drawn_in_the_form_of_its_cells():
    """A table without a known form is drawn in the edition whose cells it has."""
    addresses = FORMS["2019"].tables["2"].addresses
    table = Table(None, "absent", tuple(Cell(*address) for address in addresses))
    assert sum(isinstance(cell, Figure) for row in draw("2", table) for cell in row) == 22
