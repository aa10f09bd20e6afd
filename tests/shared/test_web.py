"""One spelling for each web address."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.web import NoWebAddress, web_address


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("HTTP://Www.Example.INVALID:80/a#第二部分", "http://www.example.invalid/a"),
        (" https://example.invalid:443 ", "https://example.invalid/"),
        ("https://example.invalid?年=2024", "https://example.invalid/?%E5%B9%B4=2024"),
        ("http://样例.invalid/年报 1.html", "http://xn--fsq541d.invalid/%E5%B9%B4%E6%8A%A5%201.html"),
        ("http://１２７。０．０.１:8080/", "http://127.0.0.1:8080/"),  # noqa: RUF001
        ("http://[2001:DB8::1]/x", "http://[2001:db8::1]/x"),
        ("http://h.invalid/a%2Fb%zz", "http://h.invalid/a%2Fb%zz"),
        ("http://h.invalid:0/", "http://h.invalid:0/"),
    ],
)
def test_spellings_of_an_address(written: str, address: str):
    """Case, default ports, fragments, Chinese hosts and paths, full-width digits: each comes to one spelling."""
    assert str(web_address(written)) == address
    assert str(web_address(address)) == address


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("附件.docx", "https://h.invalid/年报/%E9%99%84%E4%BB%B6.docx"),
        ("../P0.pdf", "https://h.invalid/P0.pdf"),
        ("//other.invalid/x", "https://other.invalid/x"),
        ("?id=1", "https://h.invalid/年报/2024.html?id=1"),
    ],
)
def test_links_are_seen_from_their_page(link: str, address: str):
    """A relative link is resolved as a browser does."""
    assert web_address(link, "https://h.invalid/年报/2024.html") == web_address(address)


@pytest.mark.parametrize(
    "written",
    [
        *("", "年报.html", "//h/x", "ftp://h/", "file:///etc/passwd", "javascript:void(0)", "mailto:a@b.invalid"),
        *("http://", "http:///x", "http:\\\\h\\x", "http://-h/", "http://%31.0.0.1/", "http://h:99999/", "http://h:x/"),
        *("http://h\n.invalid/", "http://[fe80::1%25eth0]/", "http://[bad", "http://h/" + "a" * 2000, "http://h h/"),
    ],
)
def test_what_is_no_address(written: str):
    """Anything but http and https with a host is refused, under one code."""
    with pytest.raises(NoWebAddress) as refused:
        web_address(written)
    assert refused.value.fault == "address_invalid"


@pytest.mark.parametrize("written", ["http://u:p@h/", "http://u@h/", "http://a.invalid@b.invalid/", "http://a\\@b/"])
def test_credentials_have_a_code_of_their_own(written: str):
    """Whatever stands before an @ is taken for a name or password, never for a host."""
    with pytest.raises(NoWebAddress) as refused:
        web_address(written)
    assert refused.value.fault == "address_credentials"


@given(st.text(), st.sampled_from(["", "http://", "https://h.invalid/"]))
def test_any_text_is_an_address_or_refused(text: str, head: str):
    """No text raises anything else, and an address read again is the same."""
    try:
        address = web_address(head + text)
    except NoWebAddress:
        return
    assert web_address(str(address)) == address
