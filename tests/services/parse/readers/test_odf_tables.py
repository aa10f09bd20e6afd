"""Tables of OpenDocument files."""

from services.parse.document import Grid
from services.parse.readers.odt import read
from shared.testing.formats.odt import SPREADSHEET, package


def cell(content, more=""):
    """Return a cell."""
    return f"<table:table-cell {more}>{f'<text:p>{content}</text:p>' if content else ''}</table:table-cell>"


def row(*cells, more=""):
    """Return a row."""
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


COVERED = "<table:covered-table-cell/>"


def grids(body, media=None):
    """Return the cells of every grid."""
    data = (
        package(f"<office:text>{body}</office:text>")
        if media is None
        else package(f"<office:spreadsheet>{body}</office:spreadsheet>", media)
    )
    return [
        [[each.text for each in line] for line in block.rows] for block in read(data).blocks if isinstance(block, Grid)
    ]


def test_spans_cover_their_positions():
    """What a merged cell covers is no cell, down and to the right."""
    rows = (
        row(cell("组", 'table:number-rows-spanned="2"'), cell("头", 'table:number-columns-spanned="2"'), COVERED),
        row(COVERED, cell("1"), cell("2")),
        row(cell("丁"), cell(""), cell("3")),
    )
    assert grids(f"<table:table>{''.join(rows)}</table:table>") == [[["组", "头"], ["1", "2"], ["丁", "", "3"]]]


def test_a_covered_cell_that_nothing_covers_is_empty():
    """The columns behind it stay where they are."""
    rows = row(cell("a"), cell("b"), cell("c")) + row(cell("d"), COVERED, cell("3"))
    assert grids(f"<table:table>{rows}</table:table>") == [[["a", "b", "c"], ["d", "", "3"]]]


def test_repeated_cells_and_rows_are_as_many():
    """A repetition is written once and read as often as it says."""
    repeated = 'table:number-columns-repeated="2"'
    rows = row(cell("a"), cell("0", repeated)) + row(
        cell("b"), cell("", repeated), more='table:number-rows-repeated="2"'
    )
    assert grids(f"<table:table>{rows}</table:table>") == [[["a", "0", "0"], ["b", "", ""], ["b", "", ""]]]


def test_groups_of_rows_are_seen_through_and_hidden_rows_are_not_seen():
    """Header rows and groups are rows; a collapsed or filtered row is not there."""
    rows = (
        f"<table:table-header-rows>{row(cell('a'), cell('b'))}</table:table-header-rows>",
        f"<table:table-row-group><table:table-rows>{row(cell('c'), cell('1'))}</table:table-rows></table:table-row-group>",
        row(cell("d"), cell("9"), more='table:visibility="collapse"'),
        row(cell("e"), cell("9"), more='table:visibility="filter"'),
    )
    body = "".join(rows)
    assert (
        grids(f"<table:table>{body}</table:table>")
        == grids(f"<table:table>{body}</table:table>", SPREADSHEET)
        == [[["a", "b"], ["c", "1"]]]
    )


def test_sheets_leave_out_what_is_hidden():
    """A hidden column takes no position, a hidden sheet is not read; remarks at cells are not their text."""
    columns = '<table:table-column/><table:table-column-group><table:table-column table:visibility="collapse"/></table:table-column-group>'
    remark = "<table:table-cell><office:annotation><text:p>批注</text:p></office:annotation><text:p>1</text:p></table:table-cell>"
    hidden = '<table:table table:style-name="Away">' + row(cell("x"), cell("9")) + "</table:table>"
    body = f"<table:table>{columns}{row(cell('a'), cell('9'), remark)}</table:table>{hidden}"
    assert grids(body, SPREADSHEET) == [[["a", "1"]]]


def test_numbers_of_repetitions_that_make_no_sense_count_once():
    """Nought, a word, more digits than any number."""
    for odd in ("0", "x", "9" * 5000, "-3", ""):
        odd_cell = cell("1", f'table:number-columns-repeated="{odd}"')
        assert grids(f"<table:table>{row(cell('a'), odd_cell)}</table:table>") == [[["a", "1"]]]


def test_a_cell_that_leaves_out_what_it_shows_is_not_blank():
    """Its value is read, and nothing of the workbook is sure; what shows nothing, though it holds a nought, is blank."""
    held = '<table:table-cell office:value-type="float" office:value="58"/>'
    nought = '<table:table-cell office:value-type="float" office:value="0"><text:p/></table:table-cell>'
    for last, seen, confidence in ((held, "58", 0.8), (nought, "", 1.0)):
        body = f"<table:table>{row(cell('a'), cell('b'))}{row(cell('规章'), last)}</table:table>"
        assert grids(body, SPREADSHEET) == [[["a", "b"], ["规章", seen]]]
        assert read(package(f"<office:spreadsheet>{body}</office:spreadsheet>", SPREADSHEET)).confidence == confidence
