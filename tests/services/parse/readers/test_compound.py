"""Compound files of the older office programs."""

import pytest

from services.parse.document import Unreadable
from services.parse.readers.compound import streams
from shared.testing.formats.xls import workbook


def test_streams_are_found_by_name():
    """A stream that is not there is None."""
    stream, other = streams(workbook(b"content"), "Workbook", "WordDocument")
    assert stream is not None
    assert stream.startswith(b"content")
    assert other is None


@pytest.mark.parametrize("damage", [slice(0, 100), slice(0, 600), slice(0, 0)])
def test_a_damaged_file_says_so(damage):
    """Cut off anywhere, it is damaged, and no fault of ours."""
    with pytest.raises(Unreadable) as why:
        streams(workbook(b"content" * 200)[damage], "Workbook")
    assert why.value.code == "damaged"
