"""Made reports as OpenDocument texts, in the ways in which such files are written."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import Literal, get_args

from shared.testing.archives import zipped
from shared.testing.layouts import Laid
from shared.testing.sheets import Place, places
from shared.text import PICTURE

Variant = Literal["plain", "repeated", "spans", "changes", "hidden", "numbered", "frames", "sections"]
"""How the document is marked up; what a reader of it sees is the same in all."""

VARIANTS: tuple[Variant, ...] = get_args(Variant)

TEXT = "application/vnd.oasis.opendocument.text"
SPREADSHEET = "application/vnd.oasis.opendocument.spreadsheet"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_NAMESPACES = " ".join(
    f'xmlns:{prefix}="{_OASIS}{name}:1.0"'
    for prefix, name in (
        *(("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"), ("draw", "drawing")),
        *(("fo", "xsl-fo-compatible"), ("xlink", "xlink"), ("svg", "svg-compatible")),
    )
)
_GONE = "999"
_NUMERALS = "一二三四五六"
STYLES = (
    '<style:style style:name="Unseen" style:family="text"><style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="Away" style:family="table"><style:table-properties table:display="false"/></style:style>'
    '<text:list-style style:name="Chapters"><text:list-level-style-number text:level="1" style:num-format="一, 二, 三, ..." '
    'style:num-suffix="、"/></text:list-style>'
)


def paragraph(runs: str) -> str:
    """Return a paragraph of these runs."""
    return f'<text:p text:style-name="P">{runs}</text:p>'


def _same(content: str) -> str:
    return content


@dataclass(frozen=True, slots=True)
class Markup:
    """What a variant puts round each piece of a document."""

    run: Callable[[str], str] = escape
    line: Callable[[str], str] = paragraph
    table: Callable[[str], str] = _same
    body: Callable[[str], str] = _same
    repeated: bool = False


def _spans(content: str) -> str:
    """Print each character in a span of its own."""
    return "".join(f'<text:span text:style-name="T1">{escape(character)}</text:span>' for character in content)


def _changed(content: str) -> str:
    """Print an inserted text behind the place of a deleted one."""
    return (
        f'<text:change text:change-id="c1"/><text:change-start text:change-id="c2"/>{escape(content)}'
        '<text:change-end text:change-id="c2"/>'
        f"<office:annotation><text:p>{_GONE}</text:p></office:annotation>"
    )


def _with_deletions(body: str) -> str:
    deleted = f"<text:deletion><text:p>{_GONE}</text:p></text:deletion>"
    return f'<text:tracked-changes><text:changed-region text:id="c1">{deleted}</text:changed-region></text:tracked-changes>{body}'


def _hidden(content: str) -> str:
    return f'<text:span text:style-name="Unseen">{_GONE}</text:span>{escape(content)}<text:hidden-text>{_GONE}</text:hidden-text>'


def _with_hidden_table(body: str) -> str:
    row = f"<table:table-row>{_plain_cell('规章')}{_plain_cell(_GONE)}</table:table-row>"
    gone = f'<text:p><text:hidden-paragraph text:is-hidden="true"/>{_GONE}</text:p>'
    return f'<table:table table:style-name="Away">{row}</table:table>{gone}{body}'


def _plain_cell(content: str) -> str:
    return f"<table:table-cell>{paragraph(content)}</table:table-cell>"


def _numbered(runs: str) -> str:
    """Print the numeral of a chapter by the list that it belongs to."""
    if runs[:1] not in _NUMERALS or runs[1:2] != "、":
        return paragraph(runs)
    more = "" if runs[0] == "一" else ' text:continue-numbering="true"'
    item = f"<text:list-item>{paragraph(runs[2:])}</text:list-item>"
    return f'<text:list text:style-name="Chapters"{more}>{item}</text:list>'


def _framed(table: str) -> str:
    return paragraph(f"<draw:frame><draw:text-box>{table}</draw:text-box></draw:frame>")


def _in_sections(body: str) -> str:
    gone = f'<text:section text:display="none">{paragraph(_GONE)}</text:section>'
    return f'{gone}<text:section text:name="s">{body}</text:section>'


_MARKUPS: Mapping[Variant, Markup] = {
    "plain": Markup(),
    "repeated": Markup(repeated=True),
    "spans": Markup(run=_spans),
    "changes": Markup(run=_changed, body=_with_deletions),
    "hidden": Markup(run=_hidden, body=_with_hidden_table),
    "numbered": Markup(line=_numbered),
    "frames": Markup(table=_framed),
    "sections": Markup(body=_in_sections),
}


def write(parts: Sequence[str | Laid], variant: Variant = "plain") -> bytes:
    """Return an OpenDocument text of these lines and tables (`shared.testing.layouts.outline`)."""
    markup = _MARKUPS[variant]
    body = "".join(
        markup.line(markup.run(part)) if isinstance(part, str) else markup.table(table(part, markup)) for part in parts
    )
    return package(f"<office:text>{markup.body(body)}</office:text>")


def write_sheet(parts: Sequence[str | Laid]) -> bytes:
    """Return an OpenDocument spreadsheet of these lines and tables, with the empty rows and columns that programs append."""
    rows = "".join(
        f"<table:table-row>{_plain_cell(escape(part))}{_NO_MORE_CELLS}</table:table-row>"
        if isinstance(part, str)
        else _rows(part, _MARKUPS["repeated"])
        for part in parts
    )
    columns = '<table:table-column table:number-columns-repeated="16384"/>'
    empty = f'<table:table-row table:number-rows-repeated="1048000">{_NO_MORE_CELLS}</table:table-row>'
    sheet = f'<table:table table:name="年度报告">{columns}{rows}{empty}</table:table>'
    return package(f"<office:spreadsheet>{sheet}</office:spreadsheet>", SPREADSHEET)


_NO_MORE_CELLS = '<table:table-cell table:number-columns-repeated="16000"/>'


def package(body: str, media: str = TEXT, *, styles: str = STYLES, more: Mapping[str, bytes] | None = None) -> bytes:
    """Return an OpenDocument file with this body and these styles."""
    content = (
        f'<office:document-content {_NAMESPACES} office:version="1.3"><office:automatic-styles>{styles}'
        f"</office:automatic-styles><office:body>{body}</office:body></office:document-content>"
    )
    entry = '<manifest:file-entry manifest:full-path="{}" manifest:media-type="{}"/>'
    entries = entry.format("/", media) + entry.format("content.xml", "text/xml")
    manifest = (
        f'<manifest:manifest xmlns:manifest="{_OASIS}manifest:1.0" manifest:version="1.3">{entries}</manifest:manifest>'
    )
    members = {"content.xml": content.encode(), "META-INF/manifest.xml": manifest.encode(), **(more or {})}
    return zipped(members, mimetype=media)


def table(laid: Laid, markup: Markup | None = None) -> str:
    """Return a table with its covered cells."""
    return f'<table:table table:name="t">{_rows(laid, markup or _MARKUPS["plain"])}</table:table>'


def picture(*, wide: str = "0.49cm", high: str = "0.42cm") -> str:
    """Return a frame of this size with a picture."""
    image = '<draw:image xlink:href="Pictures/7.png"/>'
    return f'<draw:frame text:anchor-type="as-char" svg:width="{wide}" svg:height="{high}">{image}</draw:frame>'


def _rows(laid: Laid, markup: Markup) -> str:
    return "".join(f"<table:table-row>{''.join(_cells(row, markup))}</table:table-row>" for row in places(laid.sheet))


def _cells(row: Sequence[Place], markup: Markup) -> Iterator[str]:
    """Yield the cells of a row; equal neighbours and covered positions as repetitions where the variant writes them so."""
    cells: list[tuple[str, str]] = []
    for place in row:
        cell = place.cell
        covered = cell.columns if place.above else cell.columns - 1
        if not place.above:
            content = paragraph(picture() if cell.text == PICTURE else markup.run(cell.text)) if cell.text else ""
            spans = f' table:number-columns-spanned="{cell.columns}" table:number-rows-spanned="{cell.rows}"'
            cells.append((f"table-cell{spans if cell.columns * cell.rows > 1 else ''}", content))
        cells += [("covered-table-cell", "")] * covered
    for (head, content), same in groupby(cells):
        times = len(list(same))
        element, name = f"table:{head}", f"table:{head.split(' ')[0]}"
        if markup.repeated and times > 1:
            yield f'<{element} table:number-columns-repeated="{times}">{content}</{name}>'
        else:
            yield f"<{element}>{content}</{name}>" * times
