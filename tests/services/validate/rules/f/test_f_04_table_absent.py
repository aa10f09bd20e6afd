"""A table that may stand behind the end of what was read is not called absent."""

import pytest

from services.parse.core import parse
from services.validate.core import judge
from services.validate.subject import Subject
from shared.testing.formats.html import write
from shared.testing.prose import clean_page, clean_parts


def _cut_in(number):
    """Return a page of the clean report that breaks off in the middle of a table."""
    parts = clean_parts()
    lines = [line for part in parts for line in (part.split("\n") if isinstance(part, str) else [part])]
    page = write(lines, "plain")
    pieces = page.split(b"<table")
    return b"<table".join([*pieces[: number - 1], pieces[number - 1][: len(pieces[number - 1]) // 2]])


@pytest.mark.parametrize("number", [2, 3, 4])
def test_a_page_that_breaks_off_in_a_table_has_no_error(number):
    """Rows, tables and chapters behind the end may be there: they are listed as not checked."""
    (report,) = parse(_cut_in(number), source="样例.html").reports
    judgement = judge(Subject(report))
    assert not [finding for finding in judgement.findings if finding.severity == "E"]
    assert report.tables[str(number)].state == "damaged"
    unchecked = {(each.rule, place.table) for each in judgement.not_checked for place in each.places}
    assert {("F-04", str(later)) for later in range(number + 1, 5)} <= unchecked


@pytest.mark.parametrize("style", ["row_pipes", "paragraphs", "lines", "tabs", "cell_pipes", "markdown"])
@pytest.mark.parametrize("last", ["2.其他法律行政法规禁止公开", "1.信访举报投诉类申请", "四、结转下年度继续办理"])
def test_pasted_text_that_breaks_off_in_table_3_has_no_error(style, last):
    """The same of a text that ends before the table's last row, or within it."""
    page = clean_page(style=style)
    assert page.count(last) == 1
    (report,) = parse(page[: page.index(last) + 4].encode(), source="样例.txt").reports
    judgement = judge(Subject(report))
    assert report.tables["3"].state == "damaged"
    assert not [finding for finding in judgement.findings if finding.severity == "E"]
    assert ("F-04", "4") in {(each.rule, place.table) for each in judgement.not_checked for place in each.places}
