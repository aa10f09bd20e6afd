"""Which links are the report's attachments, and where they stand."""

import pytest

from services.parse.attachments import MOST, fetchable, listed, located
from services.parse.document import Link

PAGE = "https://sample.invalid/xxgk/2025/t1.html"


@pytest.mark.parametrize(
    ("address", "source", "place"),
    [
        ("./P01.docx", PAGE, "https://sample.invalid/xxgk/2025/P01.docx"),
        ("/files/附件 1.docx", PAGE, "https://sample.invalid/files/%E9%99%84%E4%BB%B6%201.docx"),
        ("http://other.invalid/x.doc", PAGE, "http://other.invalid/x.doc"),
        ("javascript:void(0)", PAGE, None),
        ("附件.docx", "收件/年报.html", "收件/附件.docx"),
        ("附件.docx", "年报.html", "附件.docx"),
        ("./年报_files/%E9%99%84%E4%BB%B6.docx#p1", "/收件/年报.html", "/收件/年报_files/附件.docx"),
        ("../附件.docx", "包.zip/县/年报.html", "包.zip/附件.docx"),
        ("../附件.docx", "年报.html", None),
        ("../附件.docx", "../收件/年报.html", "../附件.docx"),
        ("../../附件.docx", "../收件/年报.html", None),
        ("files\\附件.docx", "/收件/年报.html", "/收件/files/附件.docx"),
        ("https://sample.invalid/P01.docx?d=1", "收件/年报.html", "收件/P01.docx"),
        ("/P01.docx", "收件/年报.html", "收件/P01.docx"),
        ("file:///C:/saved/P01.docx", "upload:/收件/年报.html", "upload:/收件/P01.docx"),
        ("附件.docx", "upload:年报.html", "upload:附件.docx"),
        ("#", "年报.html", None),
    ],
)
def test_where_a_link_leads(address: str, source: str, place: str | None):
    """From a page of the web to a web address, from a saved page to a file beside or below it, never higher than its path."""
    assert located(address, source) == place


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("附件：样例市数据局2024年政府信息公开工作年度报告.docx", "P01.docx"),
        ("附件1：2024年情况统计表", "P01.xlsx"),
        ("附件", "P01.wps"),
        ("", "P020250120.pdf"),
        ("点击下载", "download.jsp?id=7"),
        ("P01.docx", "P01.docx"),
        ("样例市数据局年报(2025-01-20)", "P01.docx"),
        ("表三", "3.xls"),
    ],
)
def test_links_to_the_report(text: str, address: str):
    """Its words name the report, an attachment or a table, or say nothing at all."""
    assert listed((Link(address, text),), 2024, PAGE) == (located(address, PAGE),)


@pytest.mark.parametrize(
    "text",
    [
        *("政府信息公开申请表.doc", "政府信息公开指南", "政府信息公开目录", "《政府信息公开条例》", "信息公开流程图"),
        *(
            "2024年部门预算",
            "领导简介.docx",
            "年度报告解读",
            "关于编制年度报告的通知",
            "PDF阅读器下载",
            "2022年年度报告.pdf",
        ),
    ],
)
def test_links_to_other_things(text: str):
    """What every page of a portal offers, and reports on other years, are none of this report's."""
    assert listed((Link("P01.doc", text),), 2024, PAGE) == ()


def test_a_page_lists_each_file_once_and_only_so_many():
    """The same file twice is one attachment, the page itself is none, and a page cannot make us fetch without end."""
    links = [Link("P01.doc", "附件"), Link("./P01.doc", "下载"), Link(PAGE, "附件")]
    assert listed(tuple(links), None, PAGE) == ("https://sample.invalid/xxgk/2025/P01.doc",)
    assert len(listed(tuple(Link(f"P{number}.doc", "附件") for number in range(100)), None, PAGE)) == MOST


@pytest.mark.parametrize(
    ("address", "page", "allowed"),
    [
        ("https://sample.invalid/a.doc", "http://www.sample.invalid/x", True),
        ("https://other.invalid/a.doc", PAGE, False),
        ("https://sample.invalid.other.invalid/a.doc", PAGE, False),
        ("收件/a.doc", "收件/年报.html", False),
        ("https://sample.invalid/a.doc", "收件/年报.html", False),
    ],
)
def test_what_is_fetched_for_a_page(address: str, page: str, *, allowed: bool):
    """Only from the page's own host; for a page that came as a file nothing is fetched."""
    assert fetchable(address, page) is allowed
