"""A made report spread over a page of a portal and the files that the page lists."""

from collections.abc import Mapping, Sequence
from html import escape

from shared.model.cell import TableNumber
from shared.testing import layouts
from shared.testing.formats.docx import write as docx
from shared.testing.layouts import TITLE, Laid, outline, written
from shared.testing.sheets import Figures, sheet

CHAPTERS = {**layouts.CHAPTERS, 1: f"{layouts.CHAPTERS[1]}加强信息管理。"}
"""The prose of a report that tells of all five aspects, so that nothing but its tables is ever found."""

ALL: tuple[TableNumber, ...] = ("2", "3", "4")
NAME = "附件：样例市数据局2024年政府信息公开工作年度报告附表.docx"


def page(
    figures: Figures,
    links: Mapping[str, str],
    *,
    without: Sequence[TableNumber] = ALL,
    title: str = TITLE,
    chapters: Mapping[int, str] = CHAPTERS,
) -> bytes:
    """Return a report's page without these tables, at its end links: address -> words."""
    laid = outline(figures, title=title, chapters=chapters, without=without)
    return _linking(written(laid, "html", title=title), links)


def cover(links: Mapping[str, str], *, title: str = TITLE) -> bytes:
    """Return a page that has only the report's title, and links: address -> words."""
    return _linking(written([title, "附件下载"], "html", title=title), links)


def tables_file(figures: Figures, numbers: Sequence[TableNumber] = ALL) -> bytes:
    """Return a Word document that holds nothing but these tables."""
    return docx([Laid(number, sheet(number, "2021", figures)) for number in numbers])


def report_file(figures: Figures, *, title: str = TITLE) -> bytes:
    """Return the whole report as a Word document."""
    return docx(outline(figures, title=title, chapters=CHAPTERS))


def _linking(html: str, links: Mapping[str, str]) -> bytes:
    listed = "".join(f'<p><a href="{escape(address)}">{escape(words)}</a></p>' for address, words in links.items())
    return html.replace("</td></tr></table><script>", f"{listed}</td></tr></table><script>").encode()
