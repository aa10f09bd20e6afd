"""LibreOffice writes what our readers are tested with."""

PAGE = b"<table border=1><tr><td>a<td>7</table>"


def test_files_are_converted_together(libreoffice):
    """Every file comes back in the other format, by its stem."""
    converted = libreoffice.converted({"one.html": PAGE, "two.html": PAGE}, "docx")
    assert sorted(converted) == ["one", "two"]
    assert {data[:4] for data in converted.values()} == {b"PK\x03\x04"}


def test_what_was_converted_is_converted_further(libreoffice):
    """A document made here is a source too, and a page becomes a sheet."""
    docx = libreoffice.converted({"one.html": PAGE}, "docx")["one"]
    assert libreoffice.converted({"one.docx": docx}, "pdf")["one"].startswith(b"%PDF")
    assert libreoffice.converted({"one.html": PAGE}, "xls")["one"].startswith(b"\xd0\xcf\x11\xe0")
