"""Made OpenDocument files are OpenDocument files."""

import pytest

from shared.media import ODS, ODT, media_type
from shared.testing.formats.odt import VARIANTS, write, write_sheet
from shared.testing.layouts import outline


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_text_is_told_by_its_first_member(variant):
    """The type stands first in the archive, unpacked."""
    data = write(outline({}), variant)
    assert media_type(data) == ODT
    assert data[30:38] == b"mimetype"


def test_a_spreadsheet_says_that_it_is_one():
    """Sheets have a type of their own; no two variants of a text are the same bytes."""
    assert media_type(write_sheet(outline({}))) == ODS
    assert len({write(outline({}), variant) for variant in VARIANTS}) == len(VARIANTS)
