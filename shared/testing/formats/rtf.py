r"""Made reports as RTF, in the ways in which programs write it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from shared.testing.formats.png import png
from shared.testing.layouts import Laid
from shared.testing.sheets import Place, places
from shared.text import PICTURE

Variant = Literal[
    "plain",
    "numbers",
    "raw_bytes",
    "defined_again",
    "changes",
    "hidden",
    "fields",
    "split_digits",
    "numbered",
    "text_box",
    "layout_table",
    "merged_cells",
    "without_intbl",
]
"""How the document is written; what a reader of it sees is the same in all."""

VARIANTS: tuple[Variant, ...] = get_args(Variant)

_GONE = "999"
_NUMERALS = "一二三四五六"
_COLUMN = 600  # twips
_HEAD = r"{\rtf1\ansi\ansicpg936\deff1{\fonttbl{\f0\froman\fcharset0 Times New Roman;}{\f1\fnil\fcharset134 \'cb\'ce\'cc\'e5;}}"
_AGAIN = r"{\stylesheet{\s0 Normal;}{\s1\v Unseen;}}{\info{\title 999}}{\header 999\par}{\*\generator 999;}\pard\plain "


def text(content: str) -> str:
    """Return text by the bytes of GB18030, as Chinese programs write it."""
    return "".join(_byte(byte) if byte > 0x7F else escaped(chr(byte)) for byte in content.encode("gb18030"))


def _byte(byte: int) -> str:
    return f"\\'{byte:02x}"


def escaped(content: str) -> str:
    """Return text with the characters of markup escaped."""
    return "".join(f"\\{each}" if each in "\\{}" else each for each in content)


def numbers(content: str) -> str:
    """Return text by the numbers of its characters, each with what older programs show in its place."""
    halves = content.encode("utf-16-le")
    codes = (int.from_bytes(halves[place : place + 2], "little", signed=True) for place in range(0, len(halves), 2))
    return "".join(escaped(chr(code)) if 0 <= code < 0x80 else f"\\u{code}?" for code in codes)


def _same(content: str) -> str:
    return content


def _line(runs: str) -> str:
    return f"{runs}\\par\n"


@dataclass(frozen=True, slots=True)
class Markup:
    r"""What a variant puts round each piece of a document; `opening` begins each paragraph of a cell."""

    run: Callable[[str], str] = text
    line: Callable[[str], str] = _line
    row: Callable[[str, str], str] = lambda definition, cells: f"{definition}\\pard\\intbl{cells}\\row\n"
    table: Callable[[str], str] = _same
    body: Callable[[str], str] = _same
    split_spans: bool = False


def _defined_again(definition: str, cells: str) -> str:
    """Print a row as Word does: its definition before it, and once more in a group of its own."""
    return f"{definition}\\pard\\plain \\ltrpar\\intbl{{{cells}}}\\pard \\ltrpar\\intbl{{{definition}\\row }}\n"


def _changed(content: str) -> str:
    gone = f"{{\\deleted\\revauthdel1 {_GONE}}}"
    return f"{gone}{{\\revised\\revauth1 {text(content)}}}{gone}"


def _changed_line(runs: str) -> str:
    """Print a line whose first half was a paragraph of its own until the mark between them was deleted."""
    return f"{{\\deleted {_GONE}\\par }}{runs}\\par\n"


def _changed_row(definition: str, cells: str) -> str:
    gone = f"\\trowd\\cldel\\cellx600\\cldel\\cellx1200\\pard\\intbl {text('规章')}\\cell {_GONE}\\cell\\row\n"
    return f"{gone}{definition}\\pard\\intbl{cells}\\row\n"


def _hidden(content: str) -> str:
    return f"{{\\v {_GONE}}}{{\\v\\v0 {text(content)}}}{{\\plain\\f1\\v {_GONE}}}"


def _computed(content: str) -> str:
    """Print a text as the result of a field, in whose instruction another field stands."""
    inner = f"{{\\field{{\\*\\fldinst PAGE}}{{\\fldrslt {_GONE}}}}}"
    return f"{{\\field\\flddirty{{\\*\\fldinst {{ =SUM(LEFT) {inner}}}}}{{\\fldrslt {{{text(content)}}}}}}}"


def _split(content: str) -> str:
    """Print each character in a group of its own, as revisions leave them."""
    return "".join(f"{{\\insrsid{number} {text(each)}}}" for number, each in enumerate(content))


def _numbered(runs: str) -> str:
    """Print the numeral of a chapter as that of a list, for programs that know no lists."""
    for numeral in _NUMERALS:
        runs = runs.replace(
            text(f"{numeral}、"), f"{{\\listtext\\pard\\plain\\f1 {text(numeral + '、')}}}\\ls1\\ilvl0 ", 1
        )
    return f"\\pard {runs}\\par\n"


def _boxed(table: str) -> str:
    """Print a table in a text box, with the copy for older programs."""
    inside = f"{{\\*\\shpinst\\shpleft0{{\\sp{{\\sn shapeType}}{{\\sv 202}}}}{{\\shptxt {table}\\pard\\par}}}}"
    return f"{{\\shp{inside}{{\\shprslt{{\\*\\do\\dptxbx{{\\dptxbxtext {table}}}}}}}}}\\par\n"


def _nested(table: str) -> str:
    """Print a table inside a cell of another: its marks are those of nested ones, its rows are defined behind their cells."""
    rows = []
    for row in table.split("\\row\n")[:-1]:
        definition, cells = row.split("\\pard\\intbl", 1)
        cells = cells.replace("\\cell", "\\nestcell{\\nonesttables\\par}")
        rows.append(f"\\pard\\intbl\\itap2{cells}{{\\*\\nesttableprops{definition}\\nestrow}}{{\\nonesttables\\par}}\n")
    return "".join(rows) + "\\pard\\intbl "


def _laid_out(body: str) -> str:
    definition = "\\trowd\\cellx1200\\cellx9600"
    lines = body.replace("\\pard\\plain ", "").replace("\\par\n", "\\par\\pard\\intbl ")
    return f"{definition}\\pard\\intbl {text('导航')}\\cell\\pard\\intbl {lines}\\cell\\row\n"


_MARKUPS: Mapping[Variant, Markup] = {
    "plain": Markup(),
    "numbers": Markup(run=numbers),
    "raw_bytes": Markup(run=escaped),
    "defined_again": Markup(row=_defined_again),
    "changes": Markup(run=_changed, line=_changed_line, row=_changed_row),
    "hidden": Markup(run=_hidden),
    "fields": Markup(run=_computed),
    "split_digits": Markup(run=_split),
    "numbered": Markup(line=_numbered),
    "text_box": Markup(table=_boxed),
    "layout_table": Markup(table=_nested, body=_laid_out),
    "merged_cells": Markup(split_spans=True),
    "without_intbl": Markup(row=lambda definition, cells: f"{definition}\\pard {cells}\\row\n"),
}


def write(parts: Sequence[str | Laid], variant: Variant = "plain") -> bytes:
    """Return an RTF document of these lines and tables (`shared.testing.layouts.outline`)."""
    markup = _MARKUPS[variant]
    body = "".join(
        markup.line(markup.run(part)) if isinstance(part, str) else markup.table(table(part, markup)) + "\\pard\\plain "
        for part in parts
    )
    return document(_AGAIN + markup.body(body))


def document(body: str) -> bytes:
    """Return an RTF document with this body; Chinese characters in it stand as bytes of GB18030."""
    return f"{_HEAD}{body}}}".encode("gb18030")


def table(laid: Laid, markup: Markup | None = None) -> str:
    """Return a table, its merged cells as programs merge them."""
    markup = markup or _MARKUPS["plain"]
    return "".join(_row(row, markup) for row in places(laid.sheet))


def _row(row: Sequence[Place], markup: Markup) -> str:
    definition, cells = "\\trowd\\trgaph108\\trleft0", ""
    for place in row:
        shown = _content(place.cell.text, markup) if place.cell.text and not place.above else ""
        for number, (edge, joined) in enumerate(_edges(place, split=markup.split_spans)):
            definition += f"{joined}\\clbrdrt\\brdrs\\cellx{edge}"
            cells += f" {'' if number else shown}\\cell"
    return markup.row(definition, cells)


def _content(printed: str, markup: Markup) -> str:
    return picture() if printed == PICTURE else markup.run(printed)


def picture(wide: int = 280, high: int = 240) -> str:
    """Return a picture of this size in twips, and the copy for older programs."""
    size = f"\\picwgoal{wide}\\pichgoal{high}"
    new = f"{{\\*\\shppict{{\\pict\\pngblip{size} {png().hex()}}}}}"
    return f"{new}{{\\nonshppict{{\\pict\\wmetafile8{size} 0100}}}}"


def _edges(place: Place, *, split: bool) -> Iterator[tuple[int, str]]:
    """Yield the right edge of a cell and what it is joined with; if split, each column is a cell joined with the one before it."""
    cell, wide = place.cell, place.cell.columns
    down = "\\clvmrg" if place.above else "\\clvmgf" if cell.rows > 1 else ""
    columns = range(1, wide + 1) if split and wide > 1 else (wide,)
    for number in columns:
        across = "" if len(columns) == 1 else "\\clmgf" if number == 1 else "\\clmrg"
        yield _COLUMN * (place.column + number), down + across
