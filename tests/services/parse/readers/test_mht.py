"""Web pages saved as one file say what the page says."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.parse.core import parse
from services.parse.document import Unreadable
from services.parse.readers import html
from services.parse.readers.mht import read
from shared.testing.figures import ODD, drawn, misread, unread
from shared.testing.formats.html import write as write_page
from shared.testing.formats.mht import TRANSFERS, write
from shared.testing.layouts import outline


@pytest.mark.parametrize("transfer", TRANSFERS)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_every_figure_at_its_place(transfer, encoding):
    """However the bytes of the page are written, and in whatever charset its part declares."""
    figures = drawn(random.Random(transfer), "2021", ODD)
    document = parse(write(outline(figures), "word", transfer, encoding), source="a.doc")
    (report,) = document.reports
    assert document.media_type == "multipart/related"
    assert not misread(report.tables, figures)
    assert not unread(report.tables)
    assert report.agency == "样例市数据局"


def test_the_content_is_that_of_the_page():
    """Text and blocks are those of the page alone; frames and style sheets say nothing."""
    parts = outline(drawn(random.Random(1)))
    saved, page = read(write(parts)), html.read(write_page(parts, "word", head=""))
    assert (saved.text, saved.blocks) == (page.text, page.blocks)


def test_links_lead_from_where_the_page_was():
    """A link relative to the page is resolved by the place that the file names."""
    assert read(write(["<见附件>"], "plain")).links == ()
    data = write(["年报LINK"], "plain", "8bit").replace(b"LINK", b"<a href=a/1.pdf>x</a>")
    assert [link.address for link in read(data).links] == ["http://www.example.gov.cn/nb/a/1.pdf"]


def test_a_mail_that_is_one_page():
    """A single part with the header of a page is a page, whatever its transfer encoding."""
    data = b"MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\nPHA+5bm05oqlPC9wPg==\r\n"
    assert parse(data, source="a.mht").media_type == "multipart/related"
    assert read(data).text == "年报\n"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (
            b"Content-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/plain\n\na\n--x--",
            "unsupported_format",
        ),
        (b"Content-Type: multipart/related\n\n", "unsupported_format"),
        (
            b"Content-Type: multipart/mixed; boundary=x\n\n"
            + b"--x\nContent-Type: multipart/mixed; boundary=x\n\n" * 5000,
            "refused_structure",
        ),
        (b"Content-Type: multipart/mixed; boundary=x\n\n" + b"--x\n\na\n" * 5000, "refused_structure"),
        (b"Content-Type: multipart/mixed; boundary=x\n\n--x\n" + b"a: b\n" * 2_000_000, "refused_structure"),
        (b"Content-Type: text/html\n\n" + b"<p>a" * 3_000_000, "text_too_large"),
    ],
    ids=["no page", "no parts", "nested", "parts", "lines", "large"],
)
def test_what_is_no_saved_page_is_refused(data, code):
    """A mail without a page, and one that only exhausts."""
    with pytest.raises(Unreadable) as refused:
        read(data)
    assert refused.value.code == code


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_damaged_bytes_are_never_read_wrong(data):
    """A file cut off anywhere, or with bytes changed, is a document with a status, and says nothing wrong with full confidence."""
    figures = drawn(random.Random(3), "2021", ("7", "31", ""))
    saved = bytearray(
        write(outline(figures), data.draw(st.sampled_from(["plain", "word"])), data.draw(st.sampled_from(TRANSFERS)))
    )
    for place in data.draw(st.lists(st.integers(0, 2000), max_size=4)):
        saved[place] ^= 1 << data.draw(st.integers(0, 7))
    document = parse(bytes(saved[: data.draw(st.integers(0, len(saved)))]), source="report")
    assert document.reason is None or document.reason.code != "reader_failed"
    for report in document.reports:
        assert not [
            cell for _, _, cell in misread(report.tables, figures) if cell.confidence == 1 and cell.number is not None
        ]
