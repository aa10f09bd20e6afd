"""Nothing that leaves the parser holds personal data."""

import dataclasses

from services.parse.document import Content, Grid, GridCell
from services.parse.privacy import mask, sealed
from shared.model.cell import Cell, PrintedRow, Printing, Table
from shared.model.report import Report, Section

MOBILE = "13912345678"


def test_cells_title_and_agency_are_masked_with_the_text():
    """A cell says what stands at its place in the masked text, whatever the reader took from there."""
    text = f"联系人 {MOBILE}"
    grid = Grid(0, len(text), ((GridCell("联系人", 0, 3, 0), GridCell(MOBILE, 4, 15, 1)),))
    content = Content(text, (grid,), title=f"电话{MOBILE}", agency="139\u200b1234\u200b5678")
    masked, marks = mask(content)
    assert len(marks) == 1
    assert "1234" not in repr(dataclasses.asdict(masked))


def test_a_text_without_personal_data_stays_as_it_is():
    """Blocks are the very same; only a title may need a mask."""
    content = Content("样例市", (Grid(0, 3, ((GridCell("样例市", 0, 3, 0),),)),), title=MOBILE)
    masked, marks = mask(content)
    assert marks == ()
    assert (masked.text, masked.title) == ("样例市", "139****5678")
    assert masked.blocks is content.blocks


def test_whatever_is_put_together_again_is_masked_again():
    """Dropped spaces and joined lines make a number whole that was none in the text: no string of a report holds it."""
    cells = (Cell("规章", "本年制发件数", raw=MOBILE, state="text"),)
    printing = Printing(rows=(PrintedRow(None, f"联系人{MOBILE}", 1),), copies=(cells,))
    report = Report(
        agency=f"样例市{MOBILE}局",
        year=2024,
        form="2021",
        title=f"报告（{MOBILE}）",
        published=None,
        sections=(Section("一", f"总体情况{MOBILE}", 0, 1),),
        tables={"2": Table("2021", "present", cells, printing)},
        claims=(),
        text="",
    )
    assert "1234" not in repr(sealed(report))
