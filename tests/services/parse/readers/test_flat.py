"""Word documents saved as one XML file say what the same document says in its usual form."""

import random

import pytest

from services.parse.core import parse
from services.parse.document import Unreadable
from services.parse.readers import docx
from services.parse.readers.flat import read
from shared.testing.figures import ODD, drawn, misread, unread
from shared.testing.formats.docx import VARIANTS, flat, write
from shared.testing.layouts import outline

PART = '<pkg:part pkg:name="/{}"><pkg:xmlData><a/></pkg:xmlData></pkg:part>'
PACKAGE = '<?xml version="1.0"?><pkg:package xmlns:pkg="p">{}</pkg:package>'


@pytest.mark.parametrize("variant", VARIANTS)
def test_it_says_what_the_package_says(variant):
    """Text, tables and everything else, in every variant."""
    document = write(outline(drawn(random.Random(variant), printed=ODD)), variant)
    assert read(flat(document)) == docx.read(document)


def test_a_report_is_read_by_what_it_is(chance):
    """Its name does not matter; all figures are read as printed, with full confidence."""
    figures = drawn(chance)
    (report,) = parse(flat(write(outline(figures))), source="报告.doc").reports
    assert misread(report.tables, figures) == unread(report.tables) == []
    assert {cell.confidence for table in report.tables.values() for cell in table.cells} == {1.0}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (PACKAGE.format(""), "damaged"),
        (PACKAGE.format("")[:-9], "damaged"),
        (PACKAGE.format("".join(PART.format(number) for number in range(2001))), "refused_structure"),
        (PACKAGE.format(PART.format("x" * 70_000) + PART.format("") + PART.format("a") * 2), "damaged"),
    ],
    ids=["no document", "cut off", "parts", "names"],
)
def test_what_is_not_read_says_why(data, code):
    """Damaged, or of more parts than any report."""
    with pytest.raises(Unreadable) as why:
        read(data.encode())
    assert why.value.code == code
