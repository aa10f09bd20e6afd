"""Made reports as Word documents, with the markup that real ones bear."""

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal, get_args

from shared.testing.archives import zipped
from shared.testing.layouts import Laid
from shared.testing.sheets import Place, Printed, places, width
from shared.text import PICTURE

Variant = Literal[
    "plain",
    "strict",
    "cell_control",
    "row_control",
    "table_control",
    "run_control",
    "changes",
    "moves",
    "links",
    "text_box",
    "layout_table",
    "split_digits",
    "numbered",
    "hidden",
    "fields",
    "bookmarks",
]
"""How the document is marked up; what a reader of it sees is the same in all."""

VARIANTS: tuple[Variant, ...] = get_args(Variant)

_TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMESPACES = (
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
_BY = 'w:id="7" w:author="a" w:date="2025-01-01T00:00:00Z"'
_GONE = "999"
_NUMERALS = "一二三四五六"


def _same(content: str) -> str:
    return content


def text(content: str) -> str:
    """Return a run of this text."""
    return f'<w:r><w:t xml:space="preserve">{escape(content)}</w:t></w:r>'


def paragraph(runs: str, properties: str = "") -> str:
    """Return a paragraph of these runs."""
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{runs}</w:p>"


@dataclass(frozen=True, slots=True)
class Markup:
    """What a variant puts round each piece of a document, from the text of a run to the whole body."""

    run: Callable[[str], str] = text
    line: Callable[[str], str] = paragraph
    line_in_cell: Callable[[str], str] = paragraph
    cell: Callable[[str], str] = _same
    row: Callable[[str], str] = _same
    table: Callable[[str], str] = _same
    body: Callable[[str], str] = _same


def _control(content: str) -> str:
    return f"<w:sdt><w:sdtPr><w:id w:val='1'/></w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def _changed(content: str) -> str:
    """Print an inserted text between deleted ones."""
    gone = f"<w:del {_BY}><w:r><w:delText>{_GONE}</w:delText></w:r></w:del>"
    return f"{gone}<w:ins {_BY}>{text(content)}</w:ins>{gone}"


def _changed_line(runs: str) -> str:
    """Print a line whose second half was a paragraph of its own until the mark between them was deleted."""
    gone = paragraph(
        f"<w:del {_BY}><w:r><w:delText>{_GONE}</w:delText></w:r></w:del>", f"<w:rPr><w:del {_BY}/></w:rPr>"
    )
    return gone + paragraph(runs)


def _changed_row(row: str) -> str:
    """Print a row before a deleted one."""
    gone = "".join(
        f"<w:tc>{paragraph(f'<w:del {_BY}><w:r><w:delText>{content}</w:delText></w:r></w:del>')}</w:tc>"
        for content in ("规章", _GONE)
    )
    return f"{row}<w:tr><w:trPr><w:del {_BY}/></w:trPr>{gone}</w:tr>"


def _moved(content: str) -> str:
    """Print a text that was moved here, and one that was moved away."""
    return f"<w:moveFrom {_BY}>{text(_GONE)}</w:moveFrom><w:moveTo {_BY}>{text(content)}</w:moveTo>"


def _linked(content: str) -> str:
    return f'<w:hyperlink r:id="rId9"><w:smartTag w:element="e">{text(content)}</w:smartTag></w:hyperlink>'


def _boxed(table: str) -> str:
    """Print a table in a text box, with the copy for older programs."""
    box = f"<w:txbxContent>{table}<w:p/></w:txbxContent>"
    choice = f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
    fallback = f"<mc:Fallback><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback>"
    return paragraph(f"<w:r><mc:AlternateContent>{choice}{fallback}</mc:AlternateContent></w:r>")


def _laid_out(body: str) -> str:
    return f"<w:tbl><w:tr><w:tc>{paragraph(text('导航'))}</w:tc><w:tc>{body}<w:p/></w:tc></w:tr></w:tbl>"


def _split(content: str) -> str:
    """Print each character in a run of its own, as proofing and input methods leave them."""
    return "<w:proofErr w:type='spellStart'/>".join(map(text, content))


def _numbered(runs: str) -> str:
    """Print the numeral of a chapter by the list that it belongs to."""
    for numeral in _NUMERALS:
        runs = runs.replace(f">{numeral}、", ">NUMBERED")
    numbering = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr>'
    return paragraph(runs.replace("NUMBERED", ""), numbering if "NUMBERED" in runs else "")


def _hidden(content: str) -> str:
    """Print a text between hidden ones: by the run's own properties, and by its style."""
    own = f"<w:r><w:rPr><w:vanish/></w:rPr><w:t>{_GONE}</w:t></w:r>"
    styled = f'<w:r><w:rPr><w:rStyle w:val="Unseen"/></w:rPr><w:t>{_GONE}</w:t></w:r>'
    shown = f'<w:r><w:rPr><w:rStyle w:val="Unseen"/><w:vanish w:val="0"/></w:rPr><w:t xml:space="preserve">{escape(content)}</w:t></w:r>'
    return own + shown + styled


def _computed(content: str) -> str:
    """Print a text as the result of a field, in whose instruction another field stands."""
    begin, middle, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    inner = f"{begin}<w:r><w:instrText>PAGE</w:instrText></w:r>{middle}{text(_GONE)}{end}"
    return f"{begin}<w:r><w:instrText> =SUM(LEFT) </w:instrText></w:r>{inner}{middle}{text(content)}{end}"


def _bookmarked(content: str) -> str:
    mark = '<w:bookmarkStart w:id="0" w:name="b"/><w:commentRangeStart w:id="1"/>'
    return f'{mark}{text(content)}<w:commentRangeEnd w:id="1"/><w:bookmarkEnd w:id="0"/><w:r><w:commentReference w:id="1"/></w:r>'


_MARKUPS: Mapping[Variant, Markup] = {
    "plain": Markup(),
    "strict": Markup(),
    "cell_control": Markup(cell=_control),
    "row_control": Markup(row=_control),
    "table_control": Markup(table=_control),
    "run_control": Markup(run=lambda content: _control(text(content))),
    "changes": Markup(run=_changed, line=_changed_line, line_in_cell=_changed_line, row=_changed_row),
    "moves": Markup(run=_moved),
    "links": Markup(run=_linked),
    "text_box": Markup(table=_boxed),
    "layout_table": Markup(body=_laid_out),
    "split_digits": Markup(run=_split),
    "numbered": Markup(line=_numbered),
    "hidden": Markup(run=_hidden),
    "fields": Markup(run=_computed),
    "bookmarks": Markup(run=_bookmarked),
}
_STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="character" w:styleId="Base"><w:name w:val="Base"/><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Unseen"><w:name w:val="Unseen"/><w:basedOn w:val="Base"/></w:style>'
)
_NUMBERING = (
    '<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
    '<w:suff w:val="nothing"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>'
)


def write(parts: Sequence[str | Laid], variant: Variant = "plain") -> bytes:
    """Return a Word document of these lines and tables (`shared.testing.layouts.outline`)."""
    markup = _MARKUPS[variant]
    body = "".join(
        markup.line(markup.run(part)) if isinstance(part, str) else markup.table(table(part, markup)) for part in parts
    )
    return package(markup.body(body), strict=variant == "strict")


def package(body: str, *, strict: bool = False, parts: Mapping[str, str] | None = None) -> bytes:
    """Return a Word document with this body, and further parts by their kind ("footnotes" -> what stands in its root)."""
    namespace = _STRICT if strict else _TRANSITIONAL
    contents = {"styles": _STYLES, "numbering": _NUMBERING, **(parts or {})}
    members = {
        f"word/{kind}.xml": f'<w:{kind} xmlns:w="{namespace}" {_NAMESPACES}>{content}</w:{kind}>'
        for kind, content in contents.items()
    }
    related = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{kind}.xml"/>'
        for number, kind in enumerate(contents, 1)
    )
    document = f'<w:document xmlns:w="{namespace}" {_NAMESPACES}><w:body>{body}</w:body></w:document>'
    members |= {
        "[Content_Types].xml": _content_types(contents),
        "_rels/.rels": _relationships(
            f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
        ),
        "word/_rels/document.xml.rels": _relationships(related),
        "word/document.xml": document,
    }
    return zipped({name: f'<?xml version="1.0" encoding="UTF-8"?>{xml}'.encode() for name, xml in members.items()})


def flat(document: bytes) -> bytes:
    """Return a Word document as one XML file (Flat OPC)."""
    with zipfile.ZipFile(io.BytesIO(document)) as members:
        parts = "".join(
            f'<pkg:part pkg:name="/{name}"><pkg:xmlData>{members.read(name).decode().partition("?>")[2]}</pkg:xmlData></pkg:part>'
            for name in members.namelist()
            if name != "[Content_Types].xml"
        )
    picture_ = '<pkg:part pkg:name="/word/media/7.png"><pkg:binaryData>iVBORw0KGgo=</pkg:binaryData></pkg:part>'
    head = '<?xml version="1.0" standalone="yes"?>\n<?mso-application progid="Word.Document"?>\n'
    namespace = "http://schemas.microsoft.com/office/2006/xmlPackage"
    return f'{head}<pkg:package xmlns:pkg="{namespace}">{parts}{picture_}</pkg:package>'.encode()


def _content_types(kinds: Iterable[str]) -> str:
    parts = {"document": "document.main", **{kind: kind for kind in kinds}}
    told = "".join(
        f'<Override PartName="/word/{kind}.xml" ContentType="{_WORD}.{part}+xml"/>' for kind, part in parts.items()
    )
    usual = "".join(
        f'<Default Extension="{extension}" ContentType="application/{media}"/>'
        for extension, media in (("xml", "xml"), ("rels", "vnd.openxmlformats-package.relationships+xml"))
    )
    return f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{usual}{told}</Types>'


def _relationships(content: str) -> str:
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{content}</Relationships>'
    )


def picture(*, wide: int = 177_800, high: int = 152_400) -> str:
    """Return a run with a picture of this size in English Metric Units."""
    shown = '<pic:pic><pic:blipFill><a:blip r:embed="rId77"/></pic:blipFill></pic:pic>'
    graphic = f"<a:graphic><a:graphicData>{shown}</a:graphicData></a:graphic>"
    return f'<w:r><w:drawing><wp:inline><wp:extent cx="{wide}" cy="{high}"/>{graphic}</wp:inline></w:drawing></w:r>'


def table(laid: Laid, markup: Markup | None = None) -> str:
    """Return a table, its merged cells as Word merges them."""
    markup = markup or _MARKUPS["plain"]
    grid = '<w:gridCol w:w="600"/>' * width(laid.sheet)
    rows = "".join(
        markup.row("<w:tr>" + "".join(_cell(place, markup) for place in row) + "</w:tr>") for row in places(laid.sheet)
    )
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return (
        f"<w:tbl><w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def _cell(place: Place, markup: Markup) -> str:
    cell: Printed = place.cell
    span = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
    merge = "<w:vMerge/>" if place.above else '<w:vMerge w:val="restart"/>' if cell.rows > 1 else ""
    run = picture() if cell.text == PICTURE else markup.run(cell.text)
    content = "<w:p/>" if place.above or not cell.text else markup.line_in_cell(run)
    return markup.cell(
        f'<w:tc><w:tcPr><w:tcW w:w="{600 * cell.columns}" w:type="dxa"/>{span}{merge}</w:tcPr>{content}</w:tc>'
    )
