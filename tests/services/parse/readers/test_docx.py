"""Word documents: what a reader of the accepted document sees, whatever markup stands round it."""

import io
import random
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.parse.core import parse
from services.parse.document import Grid, Unreadable
from services.parse.readers.docx import read
from shared.testing.archives import zipped
from shared.testing.figures import COUNTS, ODD, drawn, misread, unread
from shared.testing.formats import html, mht
from shared.testing.formats.docx import VARIANTS, package, paragraph, picture, table, text, write
from shared.testing.layouts import TITLE, Laid, outline, render
from shared.testing.sheets import Printed
from shared.text import PICTURE


def lines(body, **parts):
    """Return the lines of text outside grids."""
    content = read(package(body, parts=parts))
    return [content.text[block.start : block.end] for block in content.blocks if not isinstance(block, Grid)]


def grids(body):
    """Return the cells of every grid, row by row."""
    return [
        [[cell.text for cell in row] for row in block.rows]
        for block in read(package(body)).blocks
        if isinstance(block, Grid)
    ]


def run(content, properties):
    """Return a run with properties."""
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{content}</w:t></w:r>"


def cells(*rows):
    """Return a table of these cells."""
    return f"<w:tbl>{''.join('<w:tr>' + ''.join(row) + '</w:tr>' for row in rows)}</w:tbl>"


def cell(content, properties=""):
    """Return a cell."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text(content))}</w:tc>"


def report_in(data):
    """Return the only report in a document."""
    (report,) = parse(data, source="report").reports
    return report


def titled(edition):
    """Return a title whose year the edition belongs to."""
    return TITLE if edition == "2021" else TITLE.replace("2024", "2020")


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("edition", ["2021", "2019"])
def test_every_figure_at_its_place(variant, edition):
    """Whatever markup stands round rows, cells and characters, all figures are read as printed, with full confidence."""
    figures = drawn(random.Random(variant), edition)
    report = report_in(write(outline(figures, edition, title=titled(edition)), variant))
    assert not misread(report.tables, figures)
    assert not unread(report.tables)
    assert {cell.confidence for table in report.tables.values() for cell in table.cells} == {1.0}
    assert [section.ordinal for section in report.sections] == list("一二三四五六")


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_document_says_what_the_page_says(variant):
    """The same report as a web page and as a document: the same cells, chapters, year and agency, blanks and odd cells too."""
    figures = drawn(random.Random(variant), "2021", ODD)
    ours = report_in(write(outline(figures), variant))
    page = report_in(render(figures, style="html").encode())
    assert not misread(ours.tables, figures)
    for number, table_read in ours.tables.items():
        told = [(cell.raw, cell.value, cell.converted, cell.state, cell.confidence) for cell in table_read.cells]
        other = page.tables[number].cells
        assert told == [(cell.raw, cell.value, cell.converted, cell.state, cell.confidence) for cell in other]
    assert (ours.agency, ours.year, ours.form, ours.title) == (page.agency, page.year, page.form, page.title)
    assert [section.title for section in ours.sections] == [section.title for section in page.sections]


def test_a_figure_leads_to_its_place():
    """Start and end of a cell quote it from the text."""
    report = report_in(write(outline({("3", "本年新收", "总计"): "117"})))
    at = report.tables["3"].cell("本年新收", "总计").at
    assert report.text[at.start : at.end] == "117"


@pytest.mark.parametrize(
    ("beside", "seen"),
    [
        (run("2", '<w:vertAlign w:val="superscript"/>'), "58²"),
        (run("2", '<w:vertAlign w:val="subscript"/>'), "58₂"),
        (run("2", '<w:rStyle w:val="Raised"/>'), "58²"),
        (run("2", '<w:position w:val="6"/>'), "58²"),
        ('<w:r><w:footnoteReference w:id="4"/></w:r>', "58¹"),
        ('<w:r><w:endnoteReference w:id="4"/></w:r>', "58¹"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', "58\uf0fc"),
        (run("2", "<w:strike/>"), "582\u0336"),
        (run("2", "<w:dstrike/>"), "582\u0336"),
        (run("2", '<w:strike w:val="0"/>'), "582"),
        (run("2", "<w:vanish/>"), "58"),
        ("<w:r><w:br/><w:t>2</w:t></w:r>", "58 2"),
        ("<w:r><w:tab/><w:t>2</w:t></w:r>", "58 2"),
        ("<w:r><w:t> 2 </w:t></w:r>", "582"),
        ("<w:r><w:ruby><w:rt><w:r><w:t>9</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>2</w:t></w:r></w:rubyBase></w:ruby></w:r>", "582"),
        ("<m:sSup xmlns:m='m'><m:e><m:r><m:t>2</m:t></m:r></m:e><m:sup><m:r><m:t>3</m:t></m:r></m:sup></m:sSup>", "582³"),
    ],
)  # fmt: skip
def test_what_stands_beside_a_figure(beside, seen):
    """Notes are no digits, struck text keeps its strokes, hidden text is not there, breaks and tabs part what they part."""
    styles = (
        '<w:style w:type="character" w:styleId="Raised"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
    )
    body = cells([cell("规章"), f"<w:tc>{paragraph(text('58') + beside)}</w:tc>"])
    (grid,) = (block for block in read(package(body, parts={"styles": styles})).blocks if isinstance(block, Grid))
    assert [each.text for each in grid.rows[0]] == ["规章", seen]


PIECES = (
    *(text(each) for each in ("58", "", " 5 8 ", "收到\n申请")),
    *('<w:t xml:space="preserve"> 60 </w:t>', "<w:r><w:t>1</w:t><w:tab/><w:t>2</w:t></w:r>", "<w:r><w:br/></w:r>"),
    *(f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")),
)


@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=3), max_size=6))
def test_what_is_plain_reads_the_same_beside_what_is_not(paragraphs):
    """Whether anything in the document has properties changes nothing of how the rest is read, in cells and outside."""
    body = "".join(paragraph("".join(pieces)) for pieces in paragraphs)
    told = paragraph(run("", '<w:vertAlign w:val="baseline"/>'))
    for plain in (body, cells([f"<w:tc>{body}</w:tc>", cell("1"), cell("2")])):
        assert read(package(plain)) == read(package(plain + told))


def test_merged_cells_are_spans():
    """Cells merged downwards cover the rows below, to the right their columns, in either way of writing it."""
    body = cells(
        [cell("组", '<w:vMerge w:val="restart"/>'), cell("甲", '<w:gridSpan w:val="2"/>')],
        [cell("", "<w:vMerge/>"), cell("1"), cell("2")],
        [cell("", '<w:vMerge w:val="continue"/>'), cell("3", '<w:hMerge w:val="restart"/>'), cell("", "<w:hMerge/>")],
        [cell("丁"), cell("4"), cell("5")],
    )
    assert grids(body) == [[["组", "甲"], ["1", "2"], ["3"], ["丁", "4", "5"]]]
    (grid,) = read(package(body)).blocks
    assert [[cell.column for cell in row] for row in grid.rows] == [[0, 1], [1, 2], [1], [0, 1, 2]]


def test_a_merge_without_beginning_is_a_cell():
    """What goes on with nothing above, or with a cell of another width, stands for itself."""
    body = cells(
        [cell("组", '<w:gridSpan w:val="2"/><w:vMerge w:val="restart"/>'), cell("1")],
        [cell("甲", "<w:vMerge/>"), cell("2"), cell("3")],
        [cell("乙"), cell("4"), cell("5")],
        [cell("丙", "<w:vMerge/>"), cell("6"), cell("7")],
    )
    assert grids(body) == [[["组", "1"], ["甲", "2", "3"], ["乙", "4", "5"], ["丙", "6", "7"]]]


def test_deleted_and_hidden_rows_and_cells_are_gone():
    """The accepted document has no deleted rows and cells; hidden rows are not seen."""
    hidden = f"<w:trPr><w:hidden/></w:trPr>{cell('b')}{cell('2')}"
    deleted = f"<w:trPr><w:del/></w:trPr>{cell('c')}{cell('3')}"
    body = cells([cell("a"), cell("9", "<w:cellDel/>"), cell("1")], [hidden], [deleted], [cell("d"), cell("4")])
    assert grids(body) == [[["a", "1"], ["d", "4"]]]


def test_a_row_that_begins_further_right_keeps_its_columns():
    """Columns left out before a row are positions too."""
    right = f"<w:trPr><w:gridBefore w:val='1'/></w:trPr>{cell('1')}{cell('2')}"
    (grid,) = read(package(cells([cell("a"), cell("b"), cell("c")], [right]))).blocks
    assert [each.text for each in grid.rows[1]] == ["", "1", "2"]


def test_a_small_table_in_a_cell_is_its_text():
    """A table of one cell inside a cell holds that cell's figure; a longer one makes the outer table page layout."""
    small = f"<w:tc>{cells([cell('8')])}<w:p/></w:tc>"
    assert grids(cells([cell("规章"), small])) == [[["规章", "8"]]]
    inner = cells(*([cell(name), cell("1")] for name in ("规章", "行政许可", "行政处罚")))
    assert grids(cells([cell("导航"), f"<w:tc>{inner}</w:tc>"])) == [
        [["规章", "1"], ["行政许可", "1"], ["行政处罚", "1"]]
    ]


def test_text_boxes_stand_behind_their_paragraph():
    """The text of a box breaks no sentence, and is there once."""
    box = f"<w:txbxContent>{paragraph(text('框中'))}</w:txbxContent>"
    both = f"<mc:AlternateContent><mc:Choice Requires='wps'>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    assert lines(paragraph(f"{text('收到')}<w:r>{both}</w:r>{text('60件')}")) == ["收到60件", "框中"]


def test_only_an_old_programs_copy_is_read_where_there_is_no_other():
    """A fallback alone is what is shown."""
    only = "<mc:AlternateContent><mc:Fallback><w:r><w:t>文</w:t></w:r></mc:Fallback></mc:AlternateContent>"
    assert lines(paragraph(only)) == ["文"]


def test_notes_stand_behind_the_text_in_their_order():
    """A note that is referred to is read with its mark; separators and notes that nothing refers to are not."""
    note = "<w:footnote w:id='{}'>" + paragraph("<w:r><w:footnoteRef/></w:r>" + text("{}")) + "</w:footnote>"
    notes = note.format(0, "分隔") + note.format(5, "含撤回") + note.format(4, "含补正")
    body = paragraph(text("收到60件") + "<w:r><w:footnoteReference w:id='4'/></w:r>")
    body += paragraph(text("办结54件") + "<w:r><w:footnoteReference w:id='5'/></w:r>")
    assert lines(body, footnotes=notes) == ["收到60件¹", "办结54件²", "¹含补正", "²含撤回"]


def test_notes_are_numbered_as_the_document_says():
    """Circled numbers are printed as such."""
    section = '<w:sectPr><w:footnotePr><w:numFmt w:val="decimalEnclosedCircleChinese"/></w:footnotePr></w:sectPr>'
    own = "<w:r><w:footnoteReference w:id='3' w:customMarkFollows='1'/><w:t>*</w:t></w:r>"
    body = paragraph(own + text("60") + "<w:r><w:footnoteReference w:id='4'/></w:r>")
    assert lines(body + section) == ["*60①"]


def test_headers_and_comments_are_no_text():
    """Other parts of the package are never read."""
    parts = {"header": paragraph(text("页眉")), "comments": paragraph(text("批注"))}
    assert lines(paragraph(text("正文")), **parts) == ["正文"]


def test_pictures_are_counted():
    """A drawing and an old picture each count once where there is hardly any text; an alternative's copy does not."""
    drawing = '<w:drawing><a:blip xmlns:a="a" r:embed="rId1"/></w:drawing>'
    old = '<w:pict><v:imagedata r:id="rId2"/></w:pict>'
    both = f"<mc:AlternateContent><mc:Choice Requires='wps'>{drawing}</mc:Choice><mc:Fallback>{old}</mc:Fallback></mc:AlternateContent>"
    in_cell = cells([cell("a"), f"<w:tc>{paragraph(f'<w:r>{old}</w:r>')}</w:tc>"])
    assert read(package(paragraph(f"<w:r>{both}</w:r><w:r>{old}</w:r>") + in_cell)).pictures == 3


def test_a_symbol_that_is_no_character_is_a_lost_one():
    """A symbol with a code of half a character, or none, reads as lost."""
    body = "".join(f'<w:r><w:sym w:font="a" w:char="{code}"/></w:r>' for code in ("D800", "x", "4E00"))
    assert lines(paragraph(body)) == ["\ufffd\ufffd一"]


def test_a_document_that_only_names_another_is_not_read_as_empty():
    """What stands in a file within the file is not read, and that is said."""
    with pytest.raises(Unreadable, match="within") as refused:
        read(package('<w:altChunk r:id="rId1"/>'))
    assert refused.value.code == "unsupported_format"


def holding(body, chunk):
    """Return a document with this body, and the file that it names."""
    document = f'<w:document xmlns:w="urn:x" xmlns:r="r"><w:body>{body}<w:sectPr/></w:body></w:document>'
    named = '<a><Relationship Id="rId7" Type="x/aFChunk" Target="/word/chunk.mht"/></a>'
    members = {"word/document.xml": document, "word/_rels/document.xml.rels": named}
    return zipped({name: xml.encode() for name, xml in members.items()} | {"word/chunk.mht": chunk})


CHUNK = '<w:altChunk r:id="rId7"/>'


@pytest.mark.parametrize("write_page", [html.write, mht.write], ids=["page", "MHT"])
def test_a_web_page_called_a_document_is_read(write_page, chance):
    """Where a document holds nothing else, the page in it is the document; all figures are read."""
    figures = drawn(chance)
    report = report_in(holding(CHUNK, write_page(outline(figures))))
    assert misread(report.tables, figures) == unread(report.tables) == []


@pytest.mark.parametrize(
    "data",
    [
        holding(CHUNK + paragraph(text("文")), b"<p>1</p>"),
        holding(CHUNK.replace("7", "8"), b"<p>1</p>"),
        holding(CHUNK, b""),
        holding(CHUNK, b"PK\x03\x04"),
        holding(CHUNK, b"<p>" + b"1" * (8 * 1024 * 1024)),
    ],
    ids=["beside text", "not there", "empty", "a document", "too large"],
)
def test_any_other_document_within_one_is_not_read(data):
    """And that is said."""
    with pytest.raises(Unreadable):
        read(data)


def test_a_package_without_relationships_is_read():
    """The usual name of the document is tried where nothing tells it; names may be written as on Windows."""
    document = '<w:document xmlns:w="urn:x"><w:body><w:p><w:r><w:t>文</w:t></w:r></w:p></w:body></w:document>'
    assert read(zipped({"Word\\Document.xml": document.encode()})).text == "文\n"


def test_documents_of_another_program_are_read(libreoffice):
    """What LibreOffice makes of our documents, and of our page, has the same figures."""
    figures = {edition: drawn(random.Random(edition), edition, ODD) for edition in ("2021", "2019")}
    files = {
        f"{edition}-{variant}.docx": write(outline(figures[edition], edition, title=titled(edition)), variant)
        for edition in figures
        for variant in ("plain", "numbered", "changes", "hidden", "split_digits", "layout_table")
    }
    pages = {
        f"{edition}.html": render(figures[edition], edition, "word_html", title=titled(edition)).encode()
        for edition in figures
    }
    for name, data in (*libreoffice.converted(files, "docx").items(), *libreoffice.converted(pages, "docx").items()):
        report = report_in(data)
        assert not misread(report.tables, figures[name[:4]]), name
        assert not unread(report.tables), name
        assert {cell.confidence for table in report.tables.values() for cell in table.cells} == {1.0}, name


def stored(body, **parts):
    """Return a document that is not packed, so that its size is no reason to refuse it."""
    with zipfile.ZipFile(io.BytesIO(package(body, parts=parts))) as archive:
        return zipped({name: archive.read(name) for name in archive.namelist()}, packed=False)


_WIDE_ROW = (
    "<w:tr>" + ("<w:tc><w:tcPr><w:gridSpan w:val='1000'/></w:tcPr>" + paragraph(text("a")) + "</w:tc>") * 2 + "</w:tr>"
)
_TYPES = {"[Content_Types].xml": b"<Types/>"}  # without it the bytes are an archive of documents
_NUMBERED = "<w:p><w:pPr><w:numPr><w:numId w:val='{0}'/></w:numPr></w:pPr></w:p>"
_OVERRIDDEN = "<w:num w:numId='{0}'><w:lvlOverride w:ilvl='0'><w:startOverride w:val='3'/></w:lvlOverride></w:num>"


@pytest.mark.parametrize(
    ("data", "outcome"),
    [
        (stored(f"<w:tbl>{_WIDE_ROW * 3000}</w:tbl>"), "refused_structure"),
        (stored("<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>" * 100_000), "refused_structure"),
        (stored("<w:tbl><w:tr><w:tc>" * 20_000 + "</w:tc></w:tr></w:tbl>" * 20_000), "refused_structure"),
        (stored("<w:p/>" * 3_000_000), "refused_structure"),
        (stored("<w:p/>" * 500_000), "no_text"),
        (stored(paragraph('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * 60_000 + text("1") * 60_000)), "no_text"),
        (stored(paragraph('<w:r><w:footnoteReference w:id="4"/></w:r>' * 60_000)), "no_report"),
        (stored("".join(map(_NUMBERED.format, range(40_000))), numbering="".join(map(_OVERRIDDEN.format, range(40_000)))), "no_text"),
        (stored("<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='90000000'/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>"), "no_text"),
        (zipped({**_TYPES, "word/document.xml": bytes(100_000_000)}), "refused_structure"),
        (zipped({**_TYPES, "word/document.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}), "refused_structure"),
    ],
    ids=["spans", "tables", "depth", "markup", "paragraphs", "fields", "notes", "lists", "a span", "bomb", "entities"],
)  # fmt: skip
async def test_documents_that_only_exhaust_end(workers, data, outcome):
    """Limits stand before memory and time, and the worker goes on."""
    document = await workers.parse(data, source="a.docx")
    assert document.reason.code == outcome


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_damaged_bytes_end_in_a_status(data):
    """Cut off or altered anywhere, a document is read right or refused; no cell of full confidence is wrong."""
    figures = drawn(random.Random(7), "2021", COUNTS)
    whole = bytearray(write(outline(figures), data.draw(st.sampled_from(["plain", "text_box", "numbered"]))))
    for _ in range(data.draw(st.integers(0, 4))):
        place = data.draw(st.integers(0, len(whole) - 1))
        whole[place] ^= 1 << data.draw(st.integers(0, 7))
    document = parse(bytes(whole[: data.draw(st.integers(len(whole) // 2, len(whole)))]), source="a.docx")
    assert document.reason is None or document.reason.code != "reader_failed"
    for report in document.reports:
        assert not [wrong for wrong in misread(report.tables, figures) if wrong[-1].confidence == 1]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_damaged_markup_ends_in_a_status(data):
    """A piece of the XML lost: the document is refused or read, and no fault of ours."""
    figures = drawn(random.Random(7), "2021", COUNTS)
    body = "".join(paragraph(text(part)) if isinstance(part, str) else table(part) for part in outline(figures))
    start = data.draw(st.integers(0, len(body)))
    end = data.draw(st.integers(start, min(len(body), start + 40)))
    document = parse(package(body[:start] + body[end:]), source="a.docx")
    assert document.reason is None or document.reason.code != "reader_failed"


def test_tables_of_other_sizes_come_out():
    """A table that is none of the official ones is a grid like any other."""
    laid = Laid("4", [[Printed("a", 2), Printed("b")], [Printed("1"), Printed("2"), Printed("3")]])
    assert grids(table(laid)) == [[["a", "b"], ["1", "2", "3"]]]


EMBEDDED = "<w:r><w:{0}><v:shape style='width:{1}pt;height:9pt'><v:imagedata r:id='rId7'/></v:shape></w:{0}></w:r>"
ART = "<w:r><w:pict><v:shape><v:textpath string='12'/></v:shape></w:pict></w:r>"


@pytest.mark.parametrize(
    ("content", "doubtful"),
    [
        (picture(), True),
        (picture(high=9525), False),
        (EMBEDDED.format("pict", 12), True),
        (EMBEDDED.format("object", 12), True),
        (EMBEDDED.format("pict", 1), False),
        (ART, True),
        (f"<w:r><w:rPr><w:vanish/></w:rPr>{ART[5:]}", False),
        (picture() + text("7"), False),
        ("", False),
    ],
    ids=[
        "picture",
        "thin",
        "of old programs",
        "object",
        "thin, of old programs",
        "word art",
        "hidden",
        "beside",
        "empty",
    ],
)
def test_what_is_drawn_in_a_cell_without_text_is_doubtful(content, doubtful):
    """A picture may be a figure; what shows nothing, or stands beside the figure, is none."""
    drawn_in = f"<w:tc><w:tcPr/>{paragraph(content)}</w:tc>"
    text_ = read(package(cells((cell("规章"), drawn_in, cell("1"))))).text
    assert text_.count(PICTURE) == doubtful
