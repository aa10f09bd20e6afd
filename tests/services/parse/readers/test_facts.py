"""A page says in its meta tags what it is, whose and of when, and its links say which files belong to it."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from services.parse.readers.facts import read_facts
from services.parse.readers.rare import rare


def facts(page, address=""):
    """Return the facts of a page."""
    tree = LexborHTMLParser(page)
    return read_facts(tree, rare(tree), address)


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ('<meta name="ArticleTitle" content=" 甲 乙 "><title>丙</title>', "甲 乙"),
        ('<META NAME="articletitle" CONTENT="甲">', "甲"),
        ('<meta property="og:title" content="甲"><title>丙</title>', "甲"),
        ('<meta name="DC.title" content="甲">', "甲"),
        ('<meta name="ArticleTitle" content=""><title>\n丙\u200b\n</title>', "丙"),
        ('<meta name="ArticleTitle"><meta content="x">', None),
        ("<title> </title>", None),
    ],
)
def test_the_title(head, title):
    """The article's own title before that of the page."""
    assert facts(head).title == title


@pytest.mark.parametrize(
    ("told", "published"),
    [
        ("2025-01-20 09:30", "2025-01-20"),
        ("2025年1月9日", "2025-01-09"),
        ("2025/1/9", "2025-01-09"),
        ("2025.01.09", "2025-01-09"),
        ("2025-01-20T09:30:00+08:00", "2025-01-20"),
        ("20250120", "2025-01-20"),
        ("20250120093000", "2025-01-20"),
        ("2025-13-45", None),
        ("2025-02-30", None),
        ("202501201", None),
        ("一月", None),
        ("", None),
    ],
)
def test_the_date_of_publication(told, published):
    """In any usual notation; a day that does not exist is none."""
    assert facts(f'<meta name="PubDate" content="{told}">').published == published


def test_the_first_date_that_is_one_counts():
    """A tag without a date does not hide the next."""
    page = '<meta name="PubDate" content="见正文"><meta property="article:published_time" content="2025-01-20">'
    assert facts(page).published == "2025-01-20"


@pytest.mark.parametrize(
    ("head", "agency"),
    [
        (
            '<meta name="ContentSource" content="样例市数据局"><meta name="SiteName" content="样例市人民政府">',
            "样例市数据局",
        ),
        ('<meta name="SiteName" content="样例市数据局">', "样例市数据局"),
        ('<meta name="SiteName" content="样例市人民政府">', None),
        ('<meta property="og:site_name" content="样例市政务网">', None),
        ('<meta name="dc.publisher" content="样例市数据局">', "样例市数据局"),
    ],
)
def test_the_source(head, agency):
    """The source of the article; the name of the site only where it is no site of a whole government."""
    assert facts(head).agency == agency


@pytest.mark.parametrize(
    "link",
    [
        '<a href="./P020250120.pdf">年度报告</a>',
        '<a href="/a/b.DOCX?v=1">全文</a>',
        '<a href="b.wps#x">全文</a>',
        '<a href="%E5%B9%B4%E6%8A%A5.ofd">全文</a>',
        '<a href="/download.jsp?file=年报.xls">全文</a>',
        '<a href="/module/download/downfile.jsp?classid=0&amp;filename=1">全文</a>',
        '<a href="/attach/0/7f">全文</a>',
        '<a href="/x?id=7">附件1：统计表</a>',
        '<a href="/x?id=7">年报.pdf</a>',
        '<iframe src="/a/b.pdf"></iframe>',
        '<embed src="/a/b.pdf">',
        '<object data="/a/b.pdf"></object>',
    ],
)
def test_a_link_to_a_file_is_told(link):
    """By the end of its address, an address of downloads, or its words; also a file that is shown in the page."""
    assert len(facts(f"<p>{link}</p>").links) == 1


@pytest.mark.parametrize(
    "link",
    [
        '<a href="#">附件</a>',
        '<a href="">附件</a>',
        '<a href="javascript:void(0)">附件</a>',
        '<a href="mailto:a@b.c">附件</a>',
        '<a href="/2023/index.html">2023年年报</a>',
        '<a href="/download/index.html">下载中心</a>',
        '<a href="/download/">下载中心</a>',
        '<nav><ul><li><a href="help.pdf">使用帮助</a></ul></nav>',
        '<footer><a href="help.pdf">使用帮助</a></footer>',
        "<a>附件</a>",
        '<a href="http://[x">附件</a><base href="http://a/">',
    ],
)
def test_other_links_are_passed_over(link):
    """Navigation, scripts, pages, and what is no address."""
    assert facts(f"<p>{link}</p>").links == ()


def test_links_are_told_once_as_written_or_from_the_base():
    """An address as the page writes it; where the page names its base, or has a place of its own, from there."""
    page = '<a href=" a\n.pdf ">附件 <b>1</b></a><a href="a.pdf">附件 1</a><a href="b.pdf"></a>'
    assert facts(page).links == (("a.pdf", "附件 1"), ("b.pdf", ""))
    assert facts('<base href="/c/">' + page).links[0].address == "/c/a.pdf"
    assert facts(page, "http://a.example/b/c.html").links[0].address == "http://a.example/b/a.pdf"
    assert (
        facts('<base href="d/">' + page, "http://a.example/b/c.html").links[0].address == "http://a.example/b/d/a.pdf"
    )


def test_links_are_bounded():
    """A page of thousands of files is no report with attachments."""
    assert len(facts("".join(f'<a href="{number}.pdf">x</a>' for number in range(5000))).links) == 50
    assert facts(f'<a href="{"a" * 3000}.pdf">x</a>').links == ()
