"""Real grids: as many cells as columns, else by the heads; a row that fits neither is refused."""

import re

import pytest

from services.parse.readers import html
from services.parse.tables import read_tables
from shared.forms import FORMS
from shared.testing.layouts import render

FIGURES = {
    (number, *address): str(place % 9)
    for number, table in FORMS["2021"].tables.items()
    for place, address in enumerate(table.addresses)
}
PAGE = render(FIGURES, "2021", "html")


def values(page):
    """Return all values by address."""
    tables = read_tables(html.read(page.encode()), 2024).tables
    return {(number, cell.row, cell.column): cell.value for number, table in tables.items() for cell in table.cells}


def test_the_page_is_read():
    """The unchanged page gives every figure."""
    assert values(PAGE) == {address: int(printed) for address, printed in FIGURES.items()}


@pytest.mark.parametrize(
    "change",
    [
        lambda page: page.replace("</tr>", "<td></td></tr>"),
        lambda page: page.replace('colspan="5" rowspan="1"><p>法人', 'colspan="4" rowspan="1"><p>法人'),
        lambda page: re.sub(r'(<p>行政(?:许可|处罚|强制)</p></td>)<td colspan="3"', r'\1<td colspan="2"', page),
        lambda page: re.sub(
            r'(<p>行政(?:许可|处罚|强制)</p></td>)<td colspan="3" rowspan="1">(.*?</td>)',
            r"\1<td>\2<td></td><td>&nbsp;</td>",
            page,
        ),
        lambda page: page.replace(
            '<tr><td colspan="1" rowspan="3"><p>（四）', '</table><table><tr><td rowspan="3"><p>（四）'
        ),
        lambda page: page.replace("<p>", "<table><tr><td>").replace("</p>", "</td></tr></table>"),
    ],
    ids=["empty column", "wrong head span", "spans vary", "unmerged", "broken over pages", "a table in each cell"],
)
def test_irregular_grids_are_read_alike(change):
    """Real pages have odd spans, empty columns and page breaks."""
    assert values(change(PAGE)) == values(PAGE)


@pytest.mark.parametrize("cells", ["", "<td><p>9</p></td>" * 2])
def test_a_row_of_another_length_is_refused(cells):
    """A missing or an extra cell shifts the others: the row has no values, the others keep theirs."""
    page = re.sub(r"(重复申请</p></td>)<td.*?</td>", rf"\1{cells}", PAGE, count=1)
    read = values(page)
    lost = {address for address, value in read.items() if value is None}
    assert {row for _, row, _ in lost} == {"不予处理/重复申请"}
    assert {address: value for address, value in read.items() if address not in lost} == {
        address: value for address, value in values(PAGE).items() if address not in lost
    }
