"""What the control words of RTF do; those that are not here change nothing that is read (specification 1.9.1)."""

import re
from collections.abc import Callable, Mapping
from functools import partial

from services.parse.readers.look import PLAIN
from services.parse.readers.pictures import thin
from services.parse.readers.rtf_fonts import of_page
from services.parse.readers.rtf_rows import WORDS as OF_ROWS
from services.parse.readers.rtf_tokens import Token, Tokens
from services.parse.readers.rtf_walk import Walk

_Act = Callable[[Walk, int | None], None]

_PRINTED = {
    **dict(zip(("tab", "~", "_", "bullet", "emdash", "endash"), "\t\xa0-•—\u2013", strict=True)),
    **dict(zip(("lquote", "rquote", "ldblquote", "rdblquote"), "\u2018\u2019“”", strict=True)),
    **dict.fromkeys(("line", "softline", "lbr", "page", "column"), "\n"),
    **dict.fromkeys(("emspace", "enspace", "qmspace"), " "),
}
_LEFT_OUT = frozenset(  # groups that are not part of the page, or say again what stands beside them
    {
        *("filetbl", "colortbl", "stylesheet", "info", "listtable", "revtbl", "nonshppict", "shprslt", "fldinst"),
        *("header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf", "ftnsep", "ftnsepc"),
        *("ftncn", "aftnsep", "aftnsepc", "aftncn", "xe", "tc", "tcn", "rxe", "txe", "nonesttables", "annotation"),
        *("objdata", "objclass", "objname", "datafield", "background", "pgdsctbl", "template", "comment", "private"),
        *("fname", "panose", "falt", "bkmkstart", "bkmkend", "pn", "leveltext", "levelnumbers"),
    }
)
_READ_THOUGH_STARRED = frozenset({"shpinst", "ud", "nesttableprops", "shppict", "do", "cs", "moMath", "moMathPara"})
_CODE_PAGES = {"mac": 10000, "pc": 437, "pca": 850}
_SIDES = re.compile(rb"\\pic[wh]goal([0-9]{1,6})")
_HALF_LINE = 6  # half points: how far \up and \dn go that do not say it


def take(walk: Walk, token: Token, tokens: Tokens) -> None:
    """Go on by a token; a group that is left out is passed over in `tokens`."""
    if token.kind == "nothing":
        return
    if token.kind == "text":
        walk.take_bytes(token.text)
        return
    if walk.to_leave_out and token.name in _PRINTED:
        walk.to_leave_out -= 1
        return
    walk.write_bytes()
    walk.to_leave_out = 0
    starred, walk.starred = walk.starred, token.kind == "symbol" and token.name == "*"
    if token.kind == "open":
        walk.open_group()
    elif token.kind == "close":
        walk.close_group()
    elif token.name in _LEFT_OUT or (starred and token.name not in _READ_THOUGH_STARRED):
        tokens.skip()
    elif token.name == "pict":
        _take_picture(walk, tokens)
    elif token.name in OF_ROWS:
        _define_row(walk, token)
    elif (act := _WORDS.get(token.name)) is not None:
        act(walk, token.number)


def _take_picture(walk: Walk, tokens: Tokens) -> None:
    if not thin(*(float(twips) / 20 for twips in _SIDES.findall(tokens.skip()))):
        walk.picture()


def _define_row(walk: Walk, token: Token) -> None:
    if walk.state.nested_row:
        walk.story.nested_row.take(token.name, token.number)
        return
    walk.story.row.take(token.name, token.number)
    if token.name == "trowd":
        walk.story.row_is_open = True


def _end_paragraph(walk: Walk, _: int | None) -> None:
    """End the paragraph; one whose mark is deleted or hidden goes on in the next."""
    if walk.state.where == "text" and not walk.state.gone:
        walk.end_line(walk.depth)


def _end_cell(walk: Walk, _: int | None) -> None:
    if walk.state.where == "text":
        walk.end_line(1)
        walk.story.tables.end_cell(1)


def _end_nested_cell(walk: Walk, _: int | None) -> None:
    if walk.state.where == "text":
        depth = max(walk.depth, 2)
        walk.end_line(depth)
        walk.story.tables.end_cell(depth)


def _end_row(walk: Walk, _: int | None) -> None:
    if walk.story.line.pieces:  # a last cell without its mark
        _end_cell(walk, None)
    walk.story.tables.end_row(1, walk.story.row.shape, gone=walk.story.row.gone)
    walk.story.row_is_open = False


def _end_nested_row(walk: Walk, _: int | None) -> None:
    walk.story.tables.end_row(max(walk.depth, 2), walk.story.nested_row.shape, gone=walk.story.nested_row.gone)


def _begin_paragraph_anew(walk: Walk, _: int | None) -> None:
    walk.set(in_table=False, depth=0)


def _show_plainly(walk: Walk, _: int | None) -> None:
    walk.set(look=PLAIN, deleted=False, font=None)


def _font(walk: Walk, number: int | None) -> None:
    if walk.state.where == "fonts":
        walk.fonts.begin(number or 0)
    else:
        walk.set(font=number or 0)


def _charset_of_font(walk: Walk, number: int | None) -> None:
    if walk.state.where == "fonts":
        walk.fonts.charset(number or 0)


def _page_of_font(walk: Walk, number: int | None) -> None:
    if walk.state.where == "fonts":
        walk.fonts.page(number or 0)


def _usual_font(walk: Walk, number: int | None) -> None:
    walk.fonts.usual = number or 0


def _code_page(walk: Walk, number: int | None) -> None:
    walk.fonts.whole = of_page(number or 0)


def _by_number(walk: Walk, number: int | None) -> None:
    """Write a character by its number, of 16 bits with a sign; older programs read what follows in its place."""
    code = (number or 0) + (0x10000 if (number or 0) < 0 else 0)
    walk.write(chr(code) if 0 <= code < 0x110000 else "\ufffd")
    walk.to_leave_out = walk.state.replaced


def _replaced(walk: Walk, number: int | None) -> None:
    walk.set(replaced=max(number or 0, 0))


def _switch(name: str, walk: Walk, number: int | None) -> None:
    walk.show(**{name: number != 0})


def _delete(walk: Walk, number: int | None) -> None:
    walk.set(deleted=number != 0)


def _align(align: str, walk: Walk, number: int | None) -> None:
    walk.show(align=align if number != 0 else "baseline")


def _move(direction: int, walk: Walk, number: int | None) -> None:
    walk.show(position=direction * (_HALF_LINE if number is None else number))


def _note(walk: Walk, _: int | None) -> None:
    walk.begin_story("note")


def _box(walk: Walk, _: int | None) -> None:
    walk.begin_story("box")


def _shape(walk: Walk, _: int | None) -> None:
    walk.draw()
    walk.set(where="nothing")


def _printing(text: str) -> _Act:
    return lambda walk, _: walk.write(text)


def _writing(**where: object) -> _Act:
    return lambda walk, _: walk.set(**where)


_WORDS: Mapping[str, _Act] = {
    **{word: _printing(text) for word, text in _PRINTED.items()},
    **dict.fromkeys(("par", "sect", "\r", "\n"), _end_paragraph),
    "cell": _end_cell,
    "nestcell": _end_nested_cell,
    "row": _end_row,
    "nestrow": _end_nested_row,
    "pard": _begin_paragraph_anew,
    "intbl": lambda walk, number: walk.set(in_table=number != 0),
    "itap": lambda walk, number: walk.set(depth=number or 0),
    "plain": _show_plainly,
    **dict.fromkeys(("strike", "striked"), partial(_switch, "struck")),
    "v": partial(_switch, "hidden"),
    "deleted": _delete,
    **dict.fromkeys(("super", "msup"), partial(_align, "superscript")),
    **dict.fromkeys(("sub", "msub"), partial(_align, "subscript")),
    "nosupersub": partial(_align, "baseline"),
    "up": partial(_move, 1),
    "dn": partial(_move, -1),
    "f": _font,
    "deff": _usual_font,
    "fcharset": _charset_of_font,
    "cpg": _page_of_font,
    "ansicpg": _code_page,
    **{word: lambda walk, _, page=page: _code_page(walk, page) for word, page in _CODE_PAGES.items()},  # type: ignore[misc]
    "u": _by_number,
    "uc": _replaced,
    "fonttbl": _writing(where="fonts"),
    **dict.fromkeys(("shp", "shpgrp", "object", "do"), _shape),
    **dict.fromkeys(("shpinst", "upr"), _writing(where="nothing")),
    "nesttableprops": _writing(where="nothing", nested_row=True),
    **dict.fromkeys(("result", "ud"), _writing(where="text")),
    **dict.fromkeys(("shptxt", "dptxbxtext"), _box),
    "footnote": _note,
    "chftn": lambda walk, _: walk.write(walk.note_mark()),
}
