"""What the control words of RTF do."""

import pytest

from services.parse.document import Grid
from services.parse.readers.rtf import read
from shared.testing.formats.rtf import document


def lines(body):
    """Return the lines of text outside grids."""
    content = read(document(body))
    return [content.text[block.start : block.end] for block in content.blocks if not isinstance(block, Grid)]


def grids(body):
    """Return the cells of every grid, row by row."""
    blocks = (block for block in read(document(body)).blocks if isinstance(block, Grid))
    return [[[cell.text for cell in row] for row in block.rows] for block in blocks]


def row(*cells, edges=None, joined=None):
    """Return a row of these cells."""
    edges = edges or range(600, 600 * len(cells) + 1, 600)
    definition = "".join(f"{how}\\cellx{edge}" for edge, how in zip(edges, joined or [""] * len(cells), strict=True))
    return f"\\trowd{definition}\\pard\\intbl " + "".join(f"{cell}\\cell " for cell in cells) + "\\row\n"


@pytest.mark.parametrize(
    ("beside", "seen"),
    [
        ("{\\super 2}", "58²"),
        ("{\\sub 2}", "58₂"),
        ("{\\super\\nosupersub 2}", "582"),
        ("{\\super0 2}", "582"),
        ("{\\up6 2}", "58²"),
        ("{\\up 2}", "58²"),
        ("{\\dn4 2}", "58₂"),
        ("{\\strike 2}", "582\u0336"),
        ("{\\striked1 2}", "582\u0336"),
        ("{\\strike0 2}", "582"),
        ("{\\v 2}", "58"),
        ("{\\v\\plain 2}", "582"),
        ("{\\deleted 2}", "58"),
        ("{\\*\\unknown 2}", "58"),
        ("{\\unknown 2}", "582"),
        ("{\\fldinst 2}", "58"),
        ("{\\field{\\*\\fldinst PAGE}{\\fldrslt 2}}", "582"),
        ("\\line 2", "58 2"),
        ("\\tab 2", "58 2"),
        ("\\_2\\-\\:", "58-2"),
        ("\\~2", "58\xa02"),
        ("\\'32", "582"),
        ("\\'a9\\'96", "58〇"),
        ("{\\f0\\'97}", "58—"),
        ("{\\f2\\'fc}", "58\uf0fc"),
        ("\\u20061?", "58九"),
        ("\\u-10179?\\u-8704?", "58\U0001f600"),
        ("\\u128512?", "58\U0001f600"),
        ("\\u-10179?", "58\ufffd"),
        ("\\uc2\\u20061ab2", "58九2"),
        ("\\uc0\\u20061 2", "58九2"),
        ("\\u20061\\'a9\\'97", "58九\ufffd"),
        ("\\u8220\\ldblquote 2", "58“2"),
        ("\\u20061\n?2", "58九2"),
        ("\\u20061\\b 2", "58九2"),
        ("\\u20061{2}", "58九2"),
        ("\\bin3 {{{2", "582"),
        ("\\\\\\{2\\}", "58\\{2}"),
        ("{\\upr{1}{\\*\\ud{2}}}", "582"),
        ("{\\mmath{\\*\\moMath{\\msSup{\\me{\\mr 2}}{\\msup{\\mr 3}}}}}", "582³"),
        ("{\\object{\\*\\objdata 99}{\\result 2}}", "582"),
        ("{\\xe 9}{\\*\\bkmkstart a}{\\*\\bkmkend a}2", "582"),
    ],
)  # fmt: skip
def test_what_stands_beside_a_figure(beside, seen):
    """Notes are no digits, struck text keeps its strokes, hidden text is not there, what older programs show is left out."""
    fonts = "{\\fonttbl{\\f2\\fcharset2 Wingdings;}}"
    body = "\\trowd\\cellx600\\cellx1200\\pard\\intbl\\f1 规章\\cell 58" + beside + "\\cell\\row"
    assert grids(fonts + body) == [[["规章", seen]]]


@pytest.mark.parametrize(
    ("head", "written", "seen"),
    [
        ("\\ansi\\ansicpg936", b"\\'d1\\'f9\\'c0\\'fd", "样例"),
        ("\\ansi", "样例".encode("gb18030"), "样例"),
        ("\\ansi\\ansicpg950", "樣例".encode("big5hkscs"), "樣例"),
        ("\\ansi\\ansicpg65001", "样例".encode(), "样例"),
        ("\\ansi\\ansicpg1252", b"caf\\'e9\\'e8", "caféè"),
        ("\\ansi\\ansicpg99999", b"\\'d1\\'f9", "样"),
        ("\\ansi\\ansicpg936{\\fonttbl{\\f0\\fcharset0 A;}}\\f0", b"\\'b7", "·"),
        ("\\ansi\\ansicpg1252{\\fonttbl{\\f3\\fcharset134 A;}}\\deff3", b"\\'d1\\'f9", "样"),
        ("\\ansi{\\fonttbl{\\f3\\fcharset0\\cpg936 A;}}\\f3", b"\\'d1\\'f9", "样"),
        ("\\ansi{\\fonttbl\\f3\\fcharset136 A;\\f4\\fcharset134 B;}\\f4", b"\\'d1\\'f9", "样"),
        ("\\ansi\\ansicpg936", b"\\'d1\\\\", "裓"),
        ("\\ansi\\ansicpg936", b"\\'d1\n\\'f9", "样"),
        ("\\mac", b"\\'8e", "é"),
        ("\\pc", b"\\'82", "é"),
    ],
)
def test_bytes_are_characters_of_their_font(head, written, seen):
    """The font tells what bytes are, else the code page of the file; Chinese text in Western fonts is Chinese."""
    content = read(b"{\\rtf1" + head.encode() + b" " + written + b"\\par}")
    assert content.text == seen + "\n"


def test_merged_cells_are_spans():
    """Cells merged downwards cover the rows below, to the right their columns, in either way of writing it."""
    body = (
        row("组", "甲", edges=(600, 1800), joined=("\\clvmgf", ""))
        + row("", "1", "2", joined=("\\clvmrg", "", ""))
        + row("", "3", "", joined=("\\clvmrg", "\\clmgf", "\\clmrg"))
        + row("丁", "5", "6", edges=(602, 1190, 1800))
    )
    assert grids(body) == [[["组", "甲"], ["1", "2"], ["3"], ["丁", "5", "6"]]]
    (grid,) = read(document(body)).blocks
    assert [[cell.column for cell in row] for row in grid.rows] == [[0, 1], [1, 2], [1], [0, 1, 2]]


def test_rows_may_be_written_carelessly():
    """A definition that is not repeated holds on; cells without one, or without their mark, are cells."""
    again = row("规章", "1") + "\\pard\\intbl 许可\\cell 2\\cell\\row\n"
    assert grids(again) == [[["规章", "1"], ["许可", "2"]]]
    assert grids("\\trowd\\pard\\intbl 规章\\cell 1\\cell\\row") == [[["规章", "1"]]]
    assert grids("\\trowd\\cellx600\\cellx1200\\pard\\intbl 规章\\cell 1\\row") == [[["规章", "1"]]]
    assert grids("\\trowd\\cellx600\\cellx600\\pard\\intbl 规章\\cell 1\\cell\\row") == [[["规章", "1"]]]
    assert grids("\\trowd\\cellx600\\cellx1200\\pard\\intbl 规章\\cell 1\\cell\\cell\\row") == [[["规章", "1"]]]
    assert grids("\\trowd\\cellx600\\pard\\intbl 规章\\cell 1\\cell\\row") == [[["规章", "1"]]]
    assert grids("\\pard\\intbl 规章\\cell 1\\cell\\pard\\par 尾\\par") == [[["规章", "1"]]]


def test_deleted_rows_are_gone():
    """A row of deleted cells is no row."""
    assert grids(row("规章", "1") + row("许可", "2", joined=("\\cldel", "\\cldel")) + row("处罚", "3")) == [
        [["规章", "1"], ["处罚", "3"]]
    ]


def test_a_small_table_in_a_cell_is_its_text():
    """A table of one cell inside a cell holds that cell's figure."""
    inner = "\\pard\\intbl\\itap2 8\\nestcell{\\nonesttables\\par}{\\*\\nesttableprops\\trowd\\cellx300\\nestrow}"
    assert grids(f"\\trowd\\cellx600\\cellx1200\\pard\\intbl 规章\\cell{inner}\\pard\\intbl\\cell\\row") == [
        [["规章", "8"]]
    ]


def test_paragraphs_without_their_mark_are_joined():
    """A paragraph whose mark is hidden or deleted goes on in the next one; a backslash at a line's end is a mark."""
    assert lines("收到{\\deleted\\par}60件{\\v\\par}。\\par 办结\\\n54件") == ["收到60件。", "办结", "54件"]


def test_notes_and_boxes_stand_behind_their_text():
    """Notes follow the text with their marks, boxes their paragraph; copies for older programs are left out."""
    note = "{\\super\\chftn{\\footnote\\pard\\plain{\\super\\chftn}含补正\\par}}"
    box = "{\\shp{\\*\\shpinst{\\sp{\\sn a}{\\sv 9}}{\\shptxt 框中\\par}}{\\shprslt{\\*\\do{\\dptxbxtext 框中\\par}}}}"
    old = "{\\*\\do\\dobxpage{\\dptxbxtext 旧框\\par}}"
    assert lines(f"收到{box}60件{note}{old}，办结54件{note}\\par 完\\par") == [
        *("收到60件¹，办结54件²", "框中", "旧框", "完", "¹含补正", "²含补正"),
    ]


def test_headers_comments_and_properties_are_no_text():
    """What stands round the page, or is only about the document, is not read."""
    beside = "{\\header 页眉\\par}{\\footerl 页脚}{\\info{\\title 题}}{\\*\\annotation 批注}{\\pntext 一、}{\\*\\pn\\pnlvlbody 9}"
    assert lines(beside + "总体\\par") == ["一、总体"]


def test_pictures_are_counted():
    """A picture counts once, whatever copies stand beside it."""
    both = "{\\*\\shppict{\\pict\\pngblip 89504e}}{\\nonshppict{\\pict\\wmetafile8 0100}}"
    in_shape = "{\\shp{\\*\\shpinst{\\sp{\\sn pib}{\\sv{\\pict\\bin4 }}}}}}}}{\\shprslt{\\pict 00}}}"
    content = read(document(f"{both}{in_shape}{{\\v{{\\pict 00}}}}正文\\par"))
    assert (content.pictures, content.text) == (2, "正文\n")
