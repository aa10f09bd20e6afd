"""Workbooks by their own markup."""

import pytest

from services.parse.document import Grid, Unreadable
from services.parse.readers.package import Package
from services.parse.readers.workbook import read_workbook
from shared.testing.archives import zipped
from shared.text import PICTURE

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def book(cells, *, before="", after="", **parts):
    """Return a workbook of one sheet whose first row is this, with further parts by their kinds."""
    kinds = {"worksheet": "sheet", **{kind: kind for kind in parts}}
    related = "".join(
        f'<Relationship Id="{kind}" Type="http://x/{kind}" Target="{name}.xml"/>' for kind, name in kinds.items()
    )
    sheet = f"<worksheet xmlns='{MAIN}'>{before}<sheetData><row r='1'><c r='A1' t='str'><v>规章</v></c>{cells}</row></sheetData>{after}</worksheet>"
    members = {
        "xl/workbook.xml": f"<workbook xmlns='{MAIN}' xmlns:r='r'><sheets><sheet name='表' r:id='worksheet'/></sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f"<Relationships xmlns='p'>{related}</Relationships>",
        "xl/sheet.xml": sheet,
        **{f"xl/{kind}.xml": content for kind, content in parts.items()},
    }
    return zipped({name: content.encode() for name, content in members.items()})


def read(data):
    """Return the content of a workbook."""
    return read_workbook(Package.of(data))


def row_of(data):
    """Return the texts of the first row of the first grid."""
    grid = next(block for block in read(data).blocks if isinstance(block, Grid))
    return [cell.text for cell in grid.rows[0]]


STRINGS = (
    f"<sst xmlns='{MAIN}'><si><t>甲</t></si><si><r><t>58</t></r><r><rPr><vertAlign val='superscript'/></rPr><t>1</t></r></si>"
    "<si><t>乙</t><rPh><t>yi</t></rPh></si><si><r><rPr><strike/></rPr><t>3</t></r><r><rPr/><t>2</t></r></si></sst>"
)
STYLES = (
    f"<styleSheet xmlns='{MAIN}'><numFmts><numFmt numFmtId='164' formatCode='0&quot;件&quot;'/><numFmt numFmtId='165' formatCode='[DBNum1]0'/>"
    "</numFmts><fonts><font/><font><strike/></font><font><strike val='0'/></font></fonts><cellXfs><xf/><xf numFmtId='164'/>"
    "<xf numFmtId='4'/><xf numFmtId='0' fontId='1'/><xf fontId='2'/><xf numFmtId='165'/><xf fontId='9'/></cellXfs></styleSheet>"
)


@pytest.mark.parametrize(
    ("cell", "seen"),
    [
        ("<c><v>3.0</v></c>", "3"),
        ("<c t='n' s='1'><v>58</v></c>", "58件"),
        ("<c s='2'><v>1234.5</v></c>", "1,234.50"),
        ("<c s='3'><v>5</v></c>", "5\u0336"),
        ("<c s='4'><v>5</v></c>", "5"),
        ("<c s='6'><v>5</v></c>", "5"),
        ("<c s='77'><v>5</v></c>", "5"),
        ("<c t='s'><v>0</v></c>", "甲"),
        ("<c t='s'><v>1</v></c>", "58¹"),
        ("<c t='s'><v>2</v></c>", "乙"),
        ("<c t='s'><v>3</v></c>", "3\u03362"),
        ("<c t='s'><v>9</v></c>", "\ufffd"),
        ("<c t='s'><v>x</v></c>", "\ufffd"),
        ("<c t='inlineStr'><is><t>丙</t></is></c>", "丙"),
        ("<c t='b'><v>1</v></c>", "TRUE"),
        ("<c t='e'><v>#REF!</v></c>", "#REF!"),
        ("<c><f>SUM(A1)</f></c>", "=SUM(A1)"),
        ("<c><f>SUM(A1)</f><v>7</v></c>", "7"),
        ("<c t='str'><f>A2</f><v></v></c><c><v>1</v></c>", ""),
        ("<c><v>x</v></c>", "x"),
    ],
)
def test_every_kind_of_cell_is_shown(cell, seen):
    """Numbers by their formats, texts by their fonts; a formula without a result shows itself."""
    assert row_of(book(cell, sharedStrings=STRINGS, styles=STYLES))[1] == seen


def test_a_format_not_understood_lowers_confidence():
    """What is stored may not be what is shown."""
    assert read(book("<c s='5'><v>58</v></c>", styles=STYLES)).confidence == 0.8
    assert read(book("<c s='1'><v>58</v></c>", styles=STYLES)).confidence == 1.0


def test_cells_without_an_address_follow_one_another():
    """A cell counts from the one before it, an address sets the count."""
    assert row_of(book("<c r='C1'><v>1</v></c><c><v>2</v></c>")) == ["规章", "", "1", "2"]


def test_hidden_columns_and_noughts():
    """Columns hidden or without width are not seen, nor noughts where the sheet shows none."""
    before = "<sheetViews><sheetView showZeros='0'/></sheetViews><cols><col min='2' max='3' hidden='1'/><col min='4' max='4' width='0'/></cols>"
    cells = "".join(f"<c><v>{value}</v></c>" for value in (9, 9, 9, 0, 5))
    assert row_of(book(cells, before=before)) == ["规章", "", "5"]


def test_drawn_text_and_pictures_stand_behind_the_sheet():
    """A text box over the sheet is read, its pictures counted."""
    drawing = "<d xmlns:a='a'><a:pic/><a:p><a:r><a:t>一、</a:t></a:r><a:r><a:t>总体情况</a:t></a:r></a:p><a:p/></d>"
    data = zipped(
        {
            "xl/_rels/sheet.xml.rels": b"<Relationships xmlns='p'><Relationship Id='a' Type='x/drawing' Target='d.xml'/></Relationships>"
        }
    )
    whole = Package.of(book("<c><v>1</v></c>", after="<drawing/>"))
    members = {name: whole.read(name) for name in whole.archive.namelist()}
    members |= {
        "xl/_rels/sheet.xml.rels": Package.of(data).read("xl/_rels/sheet.xml.rels"),
        "xl/d.xml": drawing.encode(),
    }
    content = read(zipped(members))
    assert content.text == "规章\t1\n一、总体情况\n"
    assert content.pictures == 1


def test_a_workbook_without_its_parts_is_damaged():
    """Neither a missing workbook nor a missing sheet is an empty one."""
    for members in (
        {"a": b""},
        {
            "xl/workbook.xml": b"<workbook xmlns:r='r'><sheets><sheet name='a' r:id='x'/></sheets></workbook>",
            "xl/_rels/workbook.xml.rels": b"<a><Relationship Id='x' Type='x/worksheet' Target='s.xml'/></a>",
        },
    ):
        with pytest.raises(Unreadable) as why:
            read(zipped(members))
        assert why.value.code == "damaged"


def test_too_many_sheets_are_refused():
    """No report has more than 50."""
    sheets = "<sheet name='a' r:id='x'/>" * 51
    with pytest.raises(Unreadable):
        read(zipped({"xl/workbook.xml": f"<workbook xmlns:r='r'><sheets>{sheets}</sheets></workbook>".encode()}))


@pytest.mark.parametrize(
    "cell",
    [
        "<c r='B1' t='str'><f>_xlfn.DISPIMG(\"ID_7\",1)</f><v>=DISPIMG(\"ID_7\",1)</v></c>",
        "<c r='B1' t='e' vm='1'><v>#VALUE!</v></c>",
    ],
    ids=["WPS", "Excel"],
)
def test_a_picture_put_into_a_cell_is_seen(cell):
    """What stands for it where programs do not know it is no text of the cell; the cell is not sure."""
    content = read(book(f"{cell}<c r='C1'><v>1</v></c>"))
    (grid,) = (block for block in content.blocks if isinstance(block, Grid))
    assert [each.text for each in grid.rows[0]] == ["规章", PICTURE, "1"]
