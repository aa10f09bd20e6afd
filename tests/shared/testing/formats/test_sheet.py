"""Made workbooks hold what was asked for, as another reader sees them."""

import io

import openpyxl
import pytest

from shared.testing.formats.sheet import VARIANTS, write
from shared.testing.layouts import TITLE, outline


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_title_and_a_figure_are_there(variant):
    """Whatever the variant, title and figure stand in some cell."""
    book = openpyxl.load_workbook(
        io.BytesIO(write(outline({("2", "规章", "本年制发件数"): "117"}), variant)), data_only=True
    )
    values = [value for sheet in book for row in sheet.iter_rows(values_only=True) for value in row]
    assert TITLE in values
    assert {117, "117"} & set(values)
    assert len(book.worksheets) == {"sheets": 4, "hidden": 2}.get(variant, 1)
