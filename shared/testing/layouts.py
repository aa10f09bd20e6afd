"""Made reports in the layouts in which real ones are pasted or extracted: for tests, samples and benchmarks."""

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Literal, NamedTuple, get_args

from shared.forms import FORMS
from shared.forms.chapters import CHAPTERS as OFFICIAL
from shared.forms.chapters import heading
from shared.model.cell import FormEdition, TableNumber
from shared.testing.sheets import Figures, Printed, Sheet, full_rows, sheet, width

Style = Literal[
    "row_pipes",
    "led_pipes",
    "collapsed_pipes",
    "cell_pipes",
    "paragraphs",
    "lines",
    "tab_led",
    "broken_pipes",
    "unique_lines",
    "layout_table",
    "lost_breaks",
    "no_tables",
    "pictures",
    "pdf",
    "markdown",
    "tabs",
    "html",
    "word_html",
]
"""How the tables are printed: classes A, A′, A″, B, C, D, E, F, G, H, I, J, K, L, M of pasted text, a browser's copy, a page."""

STYLES: tuple[Style, ...] = get_args(Style)
WHOLE: tuple[Style, ...] = tuple(
    style for style in STYLES if style not in {"unique_lines", "layout_table", "no_tables", "pictures"}
)
"""Styles that print every filled cell."""
BLANKS_KEPT: tuple[Style, ...] = ("row_pipes", "led_pipes", "lines", "tab_led", "markdown", "tabs", "html", "word_html")
"""Styles that also show where an empty cell is."""

TITLE = "样例市数据局2024年政府信息公开工作年度报告"
CHAPTERS: Mapping[int, str] = {
    1: "一年来，本机关依法公开政府信息，规范办理公开申请，加强平台建设和监督保障。",
    5: "存在的主要问题是公开内容不够全面。下一步将加强培训，充实公开内容。",
    6: "本机关本年度未收取政府信息公开信息处理费。",
}
_TABLES: dict[int, TableNumber] = {2: "2", 3: "3", 4: "4"}
_PAGE_WIDTH = 34


class Laid(NamedTuple):
    """One official table, laid out as it is printed."""

    number: TableNumber
    sheet: Sheet


def render(
    figures: Figures,
    edition: FormEdition = "2021",
    style: Style = "row_pipes",
    *,
    title: str | None = TITLE,
    chapters: Mapping[int, str] = CHAPTERS,
    without: Sequence[TableNumber] = (),
) -> str:
    """Return a whole report: title, six chapters (`chapters` has the prose of each), the tables but those in `without`."""
    return written(outline(figures, edition, title=title, chapters=chapters, without=without), style, title=title)


def written(laid: Sequence[str | Laid], style: Style = "row_pipes", *, title: str | None = TITLE) -> str:
    """Return the text or page of these lines and tables (`outline`)."""
    parts = [part if isinstance(part, str) else _PRINTERS[style](part.sheet, part.number) for part in laid]
    if style in {"html", "word_html"}:
        return _page(parts, title or "")
    if style == "lost_breaks":
        parts[1:3] = ["".join(parts[1:3])]
    if style == "layout_table":
        return f"{parts[0]} | {'|' * 360}\n{' '.join(part for part in parts[1:] if part)}\n"
    text = ("\n\n" if style == "paragraphs" else "\n").join(part for part in parts if part) + "\n"
    return _first_of_each(text) if style == "unique_lines" else text


def outline(
    figures: Figures,
    edition: FormEdition = "2021",
    *,
    title: str | None = TITLE,
    chapters: Mapping[int, str] = CHAPTERS,
    without: Sequence[TableNumber] = (),
) -> list[str | Laid]:
    """Return what a report consists of, in its order: lines, and tables laid out; what every file format is written from."""
    parts: list[str | Laid] = [title] if title else []
    for number in OFFICIAL:
        parts += [heading(number), *([chapters[number]] if number in chapters else [])]
        table = _TABLES.get(number)
        if table is not None and table not in without:
            parts.append(Laid(table, sheet(table, edition, figures)))
    return parts


def render_table(
    number: TableNumber, figures: Figures, edition: FormEdition = "2021", style: Style = "row_pipes"
) -> str:
    """Return one official table as this style prints it; "" where the style loses tables."""
    return _PRINTERS[style](sheet(number, edition, figures), number)


def blank_figures(edition: FormEdition = "2021", printed: str = "") -> dict[tuple[TableNumber, str, str], str]:
    """Return figures that print the same in every cell: "" is the official template."""
    return {
        (number, *address): printed for number, table in FORMS[edition].tables.items() for address in table.addresses
    }


def _texts(row: list[Printed]) -> list[str]:
    return [cell.text for cell in row]


def _row_pipes(printed: Sheet, _: TableNumber) -> str:
    columns = width(printed)
    return "\n".join(_padded(_texts(row), columns) for row in printed)


def _collapsed_pipes(printed: Sheet, _: TableNumber) -> str:
    columns = width(printed)
    return "\n".join(_padded([text for text in _texts(row) if text], columns) for row in printed)


def _padded(texts: list[str], width: int) -> str:
    """Print a row as extractors do: swallowed cells leave bare pipes behind it."""
    padding = "|" * (width - len(texts))
    return " | ".join(texts) + " |" + (f" {padding}" if padding else "")


def _led_pipes(printed: Sheet, _: TableNumber) -> str:
    return "\n".join("| " + " | ".join(_texts(row)) + " |" for row in printed)


def _cell_pipes(printed: Sheet, _: TableNumber) -> str:
    columns, lines = width(printed), []
    for row in printed:
        cells = [f"{text} |" for text in _texts(row) if text]
        padding = "|" * (columns - len(cells))
        lines += [*cells[:-1], cells[-1] + (f" {padding}" if padding else "")] if cells else []
    return "\n".join(lines)


def _paragraphs(printed: Sheet, _: TableNumber) -> str:
    return "\n\n".join(text for row in printed for text in _texts(row) if text)


def _lines(printed: Sheet, _: TableNumber) -> str:
    return "\n".join(text for row in printed for text in _texts(row))


def _tab_led(printed: Sheet, _: TableNumber) -> str:
    """Print covered positions before a label as empty cells, as one portal's copies do."""
    rows = []
    for row, full in zip(printed, full_rows(printed, width(printed)), strict=True):
        covered = next((place for place, cell in enumerate(full) if cell.text or cell.value), 0)
        rows.append("\n".join("\t" + text for text in [""] * covered + _texts(row)))
    return "\n\n".join(rows) + "\n\n"


def _broken_pipes(printed: Sheet, _: TableNumber) -> str:
    return "\n".join("| \n" + "\n".join(f" {text}\xa0 | " for text in _texts(row) if text) for row in printed)


def _first_of_each(text: str) -> str:
    return "\n".join(dict.fromkeys(text.split("\n"))) + "\n"


def _pdf(printed: Sheet, _: TableNumber) -> str:
    """Print hard line breaks at the page's width and a page number after every ten rows."""
    lines = []
    for number, row in enumerate(printed, start=1):
        line = " ".join(cell.text for cell in row if not cell.value and cell.text)
        lines += [line[cut : cut + _PAGE_WIDTH] for cut in range(0, len(line), _PAGE_WIDTH)]
        values = [cell.text for cell in row if cell.value and cell.text]
        lines[-1:] = [" ".join([*lines[-1:], *values])] if line else [" ".join(values)]
        if number % 10 == 0:
            lines.append(f"— {number // 10 + 2} —")
    return "\n".join(lines)


def _markdown(printed: Sheet, _: TableNumber) -> str:
    columns = width(printed)
    rows = ["| " + " | ".join(_texts(row)) + " |" for row in full_rows(printed, columns)]
    return "\n".join(["", rows[0], "|" + "---|" * columns, *rows[1:], ""])


def _tabs(printed: Sheet, _: TableNumber) -> str:
    return "\n".join("\t".join(_texts(row)) for row in printed)


def _html(printed: Sheet, _: TableNumber) -> str:
    return _markup(printed, "<p>{}</p>", '<table border="1">')


def _word_html(printed: Sheet, _: TableNumber) -> str:
    cell = '<p class="MsoNormal" style="mso-pagination:none"><span lang="EN-US" style="font-size:10.5pt">{}<o:p></o:p></span></p>'
    return _markup(printed, cell, '<table class="MsoNormalTable" border="0" style="mso-padding-alt:0cm">')


def _markup(printed: Sheet, cell: str, opening: str) -> str:
    rows = []
    for row in printed:
        cells = (
            f'<td colspan="{each.columns}" rowspan="{each.rows}">{cell.format(escape(each.text) or "&nbsp;")}</td>'
            for each in row
        )
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f"{opening}<tbody>{''.join(rows)}</tbody></table>"


def _page(parts: Sequence[str], title: str) -> str:
    """Return a page of a portal: navigation, scripts that contain markup, a layout table round the content."""
    body = "".join(part if part.startswith("<table") else f"<p>{escape(part)}</p>" for part in parts if part)
    script = "<script>document.write('<table><tr><td>规章</td><td>1</td></tr></table>');</script>"
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><meta name="ArticleTitle" content="{escape(title)}">'
        f'<title>{escape(title)}</title></head><body>{script}<div class="nav"><a href="#">首页</a><a href="#">规章</a></div>'
        f'<table width="100%"><tr><td><p>【字体：大 中 小】</p></td><td>{body}</td></tr></table>{script}</body></html>\n'
    )


def _nothing(_printed: Sheet, _number: TableNumber) -> str:
    return ""


def _picture(_printed: Sheet, number: TableNumber) -> str:
    return f"捕获{number}.PNG"


_PRINTERS: dict[Style, Callable[[Sheet, TableNumber], str]] = {
    "row_pipes": _row_pipes,
    "led_pipes": _led_pipes,
    "collapsed_pipes": _collapsed_pipes,
    "cell_pipes": _cell_pipes,
    "paragraphs": _paragraphs,
    "lines": _lines,
    "tab_led": _tab_led,
    "broken_pipes": _broken_pipes,
    "unique_lines": _lines,
    "layout_table": _nothing,
    "lost_breaks": _row_pipes,
    "no_tables": _nothing,
    "pictures": _picture,
    "pdf": _pdf,
    "markdown": _markdown,
    "tabs": _tabs,
    "html": _html,
    "word_html": _word_html,
}
