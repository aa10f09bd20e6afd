"""The markup and the damage that real web pages bear."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal

from shared.testing.formats.portal import portal
from shared.testing.sheets import Printed

Variant = Literal[
    "plain",
    "word",
    "upper_case",
    "spaced",
    "unclosed",
    "no_row_tags",
    "cell_control",
    "row_control",
    "form_rows",
    "division_rows",
    "nul",
    "deep",
    "cell_tables",
    "odd_spans",
    "layout_tables",
    "one_table",
    "scripts",
    "hidden_copy",
    "two_copies",
    "no_break_spaces",
    "comments",
    "self_closed",
    "head_cells",
    "split_tables",
    "repeated_head",
    "head_apart",
    "caption",
    "column_groups",
    "references",
    "breaks",
    "split_digits",
    "open_styling",
    "stray_signs",
    "quotes",
    "portal",
    "word_in_portal",
]
"""How the page is marked up; what a reader of it sees is the same in all."""

_GONE = "999"


def _line(content: str) -> str:
    return f"<p>{content}</p>\n"


def _cell(cell: Printed, content: str) -> str:
    return f"<td{_spans(cell)}><p>{content}</p></td>"


def _row(cells: str) -> str:
    return f"<tr>{cells}</tr>\n"


def _table(rows: Sequence[str]) -> str:
    return f'<table border="1"><tbody>{"".join(rows)}</tbody></table>\n'


def _same(content: str) -> str:
    return content


def _spans(cell: Printed, columns: str = ' colspan="{}"', rows: str = ' rowspan="{}"') -> str:
    return (columns.format(cell.columns) if cell.columns > 1 else "") + (
        rows.format(cell.rows) if cell.rows > 1 else ""
    )


@dataclass(frozen=True, slots=True)
class Markup:
    """How a page is marked up, from the text of a cell to the whole of it."""

    text: Callable[[str], str] = escape
    line: Callable[[str], str] = _line
    cell: Callable[[Printed, str], str] = _cell
    row: Callable[[str], str] = _row
    table: Callable[[Sequence[str]], str] = _table
    body: Callable[[str], str] = _same
    page: Callable[[str], str] = _same


def _word_text(content: str) -> str:
    style = (
        "font-size:10.5pt;mso-bidi-font-size:11.0pt;font-family:宋体;mso-ascii-font-family:Calibri;mso-font-kerning:0pt"
    )
    lines = [content[:4], content[4:]] if len(content) > 6 and not content[0].isdigit() else [content]
    shown = (escape(line) if line else "&nbsp;" for line in lines)
    return "".join(
        f'<p class=MsoNormal align=center style="text-align:center;line-height:15.0pt;mso-line-height-rule:exactly;'
        f'mso-pagination:widow-orphan"><span lang=EN-US style="{style}">{line}<o:p></o:p></span></p>'
        for line in shown
    )


def _word_cell(cell: Printed, content: str) -> str:
    style = (
        "width:47.25pt;border:solid windowtext 1.0pt;mso-border-alt:solid windowtext .5pt;padding:0cm 5.4pt 0cm 5.4pt"
    )
    return f'<td width=63{_spans(cell, " colspan={}", " rowspan={}")} valign=top style="{style}">{content}</td>'


def _word_table(rows: Sequence[str]) -> str:
    style = (
        "border-collapse:collapse;mso-table-layout-alt:fixed;mso-yfti-tbllook:1184;mso-padding-alt:0cm 5.4pt 0cm 5.4pt"
    )
    numbered = (
        row.replace("<tr>", f"<tr style='mso-yfti-irow:{number};height:21.0pt'>") for number, row in enumerate(rows)
    )
    return (
        f'<table class=MsoNormalTable border=0 cellspacing=0 cellpadding=0 style="{style}">{"".join(numbered)}</table>'
    )


def _word_page(page: str) -> str:
    rules = (
        "<style><!-- /* Style Definitions */ p.MsoNormal{margin:0cm;mso-hyphenate:none} @page{size:595.3pt} --></style>"
    )
    islands = "<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->"
    return page.replace("<body>", f"{rules}{islands}<body lang=ZH-CN style='tab-interval:21.0pt'>")


def _unclosed_cell(cell: Printed, content: str) -> str:
    return f"<td{_spans(cell)}><p><span>{content}"


def _in_control(content: str) -> str:
    return f'<w:sdt docpart="1" sdttag="goog_1">{content}</w:sdt>'


def _small_table(content: str) -> str:
    return f'<table width="100%"><tr><td>{content}</td></tr></table>'


def _odd_cell(cell: Printed, content: str) -> str:
    spans = _spans(cell, " colspan={}cols", ' rowspan=" {}px"')
    return f"<td{spans}>{content}</td>"


def _scripted(content: str) -> str:
    return f"<script>document.write('<td>{_GONE}</td><table>');</script>{content}<style>td{{}}</style>"


def _with_scripts(body: str) -> str:
    functions = "".join(
        f"function f{number}(){{return '<table><tr><td>规章</td><td>{_GONE}</td></tr>';}}" for number in range(60)
    )
    return f"<script type='text/javascript'>//<![CDATA[\n<!--\n{functions}\n//-->\n//]]></script>{body}<noscript><p>{_GONE}</p></noscript>"


def _hidden_copy(body: str) -> str:
    """Put a stale copy before the body that the page does not show."""
    stale = body.replace("<p>0</p>", f"<p>{_GONE}</p>")
    return f'<div id="old" style="width:1px; DISPLAY : none">{stale}</div><div hidden>{stale}</div>{body}'


def _between_spaces(content: str) -> str:
    return f"&nbsp;{escape(content)}&#160;&#x3000;" if content else "&nbsp;"


def _commented(content: str) -> str:
    """Print a text among comments, also those that only one browser reads."""
    only = f"<!--[if supportMisalignedColumns]><td>{_GONE}</td><![endif]-->"
    return f"<!-- {_GONE} -->{only}{escape(content)}<![if !supportEmptyParas]><![endif]><!-- </td><td> -->"


def _self_closed(cell: Printed, content: str) -> str:
    return f"<td{_spans(cell)}>{content}</td>" if content else f"<td{_spans(cell)}/>"


def _head_cell(cell: Printed, content: str) -> str:
    name = "td" if cell.value else "th"
    return f"<{name}{_spans(cell)}>{content}</{name}>"


def _after(rows: Sequence[str], inserted: str) -> str:
    """Return rows with something between two of table 3 over which no cell reaches, where its results are done."""
    place = next((number for number, row in enumerate(rows) if "结转下年度" in row), len(rows))
    return "".join(rows[:place]) + inserted + "".join(rows[place:])


def _split(rows: Sequence[str]) -> str:
    return f"<table>{_after(rows, '</table>&nbsp;<table>')}</table>"


def _head_of_3(rows: Sequence[str]) -> int:
    return 3 if len(rows) > 20 else 0


def _repeated(rows: Sequence[str]) -> str:
    head = "".join(rows[: _head_of_3(rows)])
    return f"<table><thead>{head}</thead>{_after(rows[_head_of_3(rows) :], head)}</table>"


def _apart(rows: Sequence[str]) -> str:
    head = _head_of_3(rows)
    return (f"<table>{''.join(rows[:head])}</table>" if head else "") + f"<table>{''.join(rows[head:])}</table>"


def _captioned(rows: Sequence[str]) -> str:
    return f"<table><caption>单位：件</caption><tbody>{''.join(rows)}</tbody><tfoot><tr><td></td></tr></tfoot></table>"


def _grouped(rows: Sequence[str]) -> str:
    return f'<table><colgroup><col width="1"><col span="9"></colgroup>{"".join(rows)}</table>'


def _referred(content: str) -> str:
    """Print every other character as a reference, decimal and hexadecimal."""
    forms = ("{}", "&#{};", "&#x{:X};")
    return "".join(
        escape(each) if number % 3 == 0 else forms[number % 3].format(ord(each))
        for number, each in enumerate(content, start=1)
    )


def _broken(content: str) -> str:
    """Break labels over lines, as narrow columns are."""
    if len(content) < 4 or content[0].isdigit():
        return escape(content)
    return "<br />\n".join(escape(content[place : place + 3]) for place in range(0, len(content), 3))


def _digit_by_digit(content: str) -> str:
    return "".join(f'<span style="font-size:10pt"><font>{escape(each)}</font></span>' for each in content)


def _open_cell(cell: Printed, content: str) -> str:
    return f"<td{_spans(cell)}><p><b><font color=red>{content}</p></td>"


def _quoted_cell(cell: Printed, content: str) -> str:
    return f"""<td{_spans(cell)} width="56"" title='<td>"{_GONE}"</td>' style=" " alt=">">{content}</td>"""


def _upper(page: str) -> str:
    """Write names in upper case and values without quotes."""
    for name in ("table", "tbody", "tr", "td", "p", "colspan", "rowspan", "body"):
        for before in ("<", "</", " "):
            page = page.replace(f"{before}{name}", f"{before}{name.upper()}")
    return page.replace('="', "=").replace('">', ">").replace('" ', " ")


MARKUPS: Mapping[Variant, Markup] = {
    "plain": Markup(),
    "word": Markup(text=_word_text, cell=_word_cell, table=_word_table, page=_word_page),
    "upper_case": Markup(page=_upper),
    "spaced": Markup(page=lambda page: page.replace(">", ">\r\n\t ").replace("<", "\r\n   <")),
    "unclosed": Markup(line=lambda line: f"<p><span>{line}", cell=_unclosed_cell, row=lambda row: f"<tr>{row}"),
    "no_row_tags": Markup(row=lambda row: f"{row}</tr>"),
    "cell_control": Markup(cell=lambda cell, content: _in_control(_cell(cell, content))),
    "row_control": Markup(row=lambda row: _in_control(_row(row))),
    "form_rows": Markup(row=lambda row: f'<form method="post"><input type="hidden" value="{_GONE}">{_row(row)}</form>'),
    "division_rows": Markup(row=lambda row: f"<div>{_row(row)}</div><p>"),
    "nul": Markup(
        text=lambda text: "\0".join(("", escape(text), "")), page=lambda page: page.replace("</tr>", "\0</tr>")
    ),
    "deep": Markup(body=lambda body: "<div>" * 600 + body + "</div>" * 600),
    "cell_tables": Markup(text=lambda text: _small_table(escape(text))),
    "odd_spans": Markup(cell=_odd_cell),
    "layout_tables": Markup(body=lambda body: _small_table(_small_table(body))),
    "one_table": Markup(
        line=lambda line: f"<tr><td colspan=15>{line}",
        table=lambda rows: f"<tr><td>{_table(rows)}",
        body=lambda body: f"<table>{body}</table>",
    ),
    "scripts": Markup(text=lambda text: _scripted(escape(text)), body=_with_scripts),
    "hidden_copy": Markup(body=_hidden_copy),
    "two_copies": Markup(body=lambda body: f'<div class="pc">{body}</div><div class="mobile">{body}</div>'),
    "no_break_spaces": Markup(text=_between_spaces),
    "comments": Markup(text=_commented, body=lambda body: f"<!-- {_GONE} --!>{body}"),
    "self_closed": Markup(cell=_self_closed),
    "head_cells": Markup(cell=_head_cell),
    "split_tables": Markup(table=_split),
    "repeated_head": Markup(table=_repeated),
    "head_apart": Markup(table=_apart),
    "caption": Markup(table=_captioned),
    "column_groups": Markup(table=_grouped),
    "references": Markup(text=_referred),
    "breaks": Markup(text=_broken),
    "split_digits": Markup(text=_digit_by_digit),
    "open_styling": Markup(cell=_open_cell),
    "stray_signs": Markup(body=lambda body: f"<p>占比<5%，<>&nbsp公开&公示&lt;<=<3</p>{body}</tr></td></table></div>"),
    "quotes": Markup(cell=_quoted_cell),
    "portal": Markup(body=portal),
    "word_in_portal": Markup(text=_word_text, cell=_word_cell, table=_word_table, body=portal),
}
