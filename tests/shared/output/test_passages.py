from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from shared.model.cell import Span
from shared.model.report import Mark, Report, Section
from shared.output.passages import Address, passages
from shared.testing.reports import clean_report

TEXT = "一、总体情况\n收到60件，电话138****8000。\n二、\n\t1\t\t2\n"
RANGES = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(sorted)


def printed(*spans: tuple[int, int], marks: tuple[Mark, ...] = (), sections: tuple[Section, ...] = ()) -> Report:
    """Return a report of this text whose first cells of table 3 stand at these places, and no others anywhere."""
    report = clean_report()
    table = report.tables["3"]
    places = [Span(*span) for span in spans] + [None] * (len(table.cells) - len(spans))
    cells = tuple(replace(cell, at=at) for cell, at in zip(table.cells, places, strict=True))
    return replace(
        report, text=TEXT, tables={"3": replace(table, cells=cells)}, claims=(), marks=marks, sections=sections
    )


@given(spans=st.lists(RANGES, max_size=12), marked=st.lists(RANGES, max_size=3), headed=st.lists(RANGES, max_size=3))
def test_nothing_of_the_text_is_lost_and_every_cell_has_one_place(spans, marked, headed):
    """The passages are the text; each cell with a range stands in exactly one, which holds what the cell was read from."""
    marks = tuple(Mark("mobile", *each, "*") for each in marked)
    sections = tuple(Section("一", "…", *each) for each in headed)
    cut = passages(printed(*map(tuple, spans), marks=marks, sections=sections))
    assert "".join(passage.text for passage in cut) == TEXT
    found = [address for passage in cut for address in passage.addresses]
    assert sorted(found) == [Address("3", position) for position in range(len(spans))]
    for passage in cut:
        assert all(TEXT[slice(*spans[position])] in passage.text for _, position in passage.addresses)


def test_cells_that_share_a_range_share_a_passage():
    """Figures whose columns are not known all point to the row where they stand; an empty cell has a place of its own."""
    cut = passages(printed((30, 35), (30, 35), (33, 34), (36, 36)))
    assert [passage.addresses for passage in cut if passage.addresses] == [
        (Address("3", 0), Address("3", 1), Address("3", 2)),
        (Address("3", 3),),
    ]


def test_headings_and_masked_data_are_told_apart():
    """A heading ends with its line; what is masked is named so; a cell comes before both."""
    start = TEXT.index("138")
    report = printed(
        (9, 11),
        marks=(Mark("mobile", start, start + 11, "138****8000"),),
        sections=(Section("一", "总体情况", 0, 20), Section(None, "", 8, 20)),
    )
    assert [(passage.kind, passage.text) for passage in passages(report) if passage.kind != "text"] == [
        ("heading", "一、总体情况"),
        ("cells", "60"),
        ("masked", "138****8000"),
    ]
