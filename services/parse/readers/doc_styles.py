"""Styles and lists of a binary Word document, in the form that those of newer documents have (MS-DOC 2.4.6.5, 2.9.131, 2.9.150)."""

import struct

from services.parse.readers.doc_file import LIST_USES, LISTS, STYLES, WordFile
from services.parse.readers.doc_sprms import properties, shown
from services.parse.readers.look import PLAIN
from services.parse.readers.word_numbering import Level, List, Numbering
from services.parse.readers.word_styles import NOWHERE, Style, Styles

_OF_PARAGRAPHS, _OF_CHARACTERS = 1, 2
_NO_STYLE = 0xFFF
_BULLET, _NOTHING = 23, 255
_KINDS = (
    *("decimal", "upperRoman", "lowerRoman", "upperLetter", "lowerLetter", "ordinal", "cardinalText", "ordinalText"),
    *("hex", "chicago", "ideographDigital", "japaneseCounting", "aiueo", "iroha", "decimalFullWidth"),
    *("decimalHalfWidth", "japaneseLegal", "japaneseDigitalTenThousand", "decimalEnclosedCircle", "decimalFullWidth2"),
    *("aiueoFullWidth", "irohaFullWidth", "decimalZero", "bullet", "ganada", "chosung", "decimalEnclosedFullstop"),
    *("decimalEnclosedParen", "decimalEnclosedCircleChinese", "ideographEnclosedCircle", "ideographTraditional"),
    *("ideographZodiac", "ideographZodiacTraditional", "taiwaneseCounting", "ideographLegalTraditional"),
    *("taiwaneseCountingThousand", "taiwaneseDigital", "chineseCounting", "chineseLegalSimplified"),
    "chineseCountingThousand",
)
"""Kinds of numbers by their codes (MSONFC, MS-OSHARED 2.2.1.3), by the names of WordprocessingML."""

_LEVEL, _LIST, _USE, _OVERRIDE = 28, 28, 16, 8
_BEGINS, _IS_FORMATTED = 0x10, 0x20
_MOST_USES = 0x7FE  # what a paragraph can name


def read_styles(file: WordFile) -> Styles:
    """Return the styles by their numbers; none where there is no style sheet."""
    sheet = file.part(STYLES)
    if len(sheet) < 6:
        return Styles()
    size, count, head = struct.unpack_from("<3H", sheet)
    place, named = 2 + size, dict[str, Style]()
    for number in range(count):
        if place + 2 > len(sheet):
            break
        (length,) = struct.unpack_from("<H", sheet, place)
        if length:
            named[str(number)] = _style(sheet[place + 2 : place + 2 + length], head)
        place += 2 + length + length % 2
    return Styles(named, "0")


def _style(told: bytes, head: int) -> Style:
    """Return a style from its description: a head of so many bytes, a name, and lists of changes."""
    if len(told) < head + 2 or head < 8:
        return Style()
    number, count = struct.unpack_from("<2xHH", told)
    kind, below = number & 0xF, number >> 4
    place = head + 4 + 2 * struct.unpack_from("<H", told, head)[0]
    lists = []
    for _ in range(count & 0xF):
        place += place % 2
        size = int.from_bytes(told[place : place + 2], "little")
        lists.append(told[place + 2 : place + 2 + size])
        place += 2 + size
    based_on = None if below == _NO_STYLE else str(below)
    if kind == _OF_PARAGRAPHS and len(lists) > 1:
        return Style(shown(lists[1], PLAIN).look, properties(0, lists[0][2:]).listed, based_on)
    if kind == _OF_CHARACTERS and lists:
        return Style(shown(lists[0], PLAIN).look, NOWHERE, based_on)
    return Style(based_on=based_on)


def read_lists(file: WordFile) -> Numbering:
    """Return the counter of the document's lists, which paragraphs name by their places in the table of uses."""
    try:
        defined = _defined(file.part(LISTS), file.behind(LISTS))
        return Numbering(_uses(file.part(LIST_USES), defined))
    except (struct.error, IndexError):  # a number that cannot be told is none
        return Numbering({})


def _defined(table: bytes, levels: bytes) -> dict[int, dict[int, Level]]:
    count = struct.unpack_from("<H", table)[0] if table else 0
    place, defined = 0, dict[int, dict[int, Level]]()
    for number in range(count):
        name, simple = struct.unpack_from("<i22xB", table, 2 + _LIST * number)
        depths = range(1 if simple & 1 else 9)
        defined[name] = {}
        for depth in depths:
            defined[name][depth], place = _level(levels, place)
    return defined


def _level(told: bytes, place: int) -> tuple[Level, int]:
    """Return a level, and the place behind it."""
    start, kind, flags = struct.unpack_from("<iBB", told, place)
    places, follows = told[place + 6 : place + 15], told[place + 15]
    of_characters, of_paragraphs, limit = told[place + 24], told[place + 25], told[place + 26]
    place += _LEVEL + of_characters + of_paragraphs
    (length,) = struct.unpack_from("<H", told, place)
    text = told[place + 2 : place + 2 + 2 * length].decode("utf-16-le", "replace")
    printed = "".join(f"%{ord(each) + 1}" if number in places else each for number, each in enumerate(text, start=1))
    level = Level(
        start=start,
        kind=_KINDS[kind] if kind < len(_KINDS) else "none" if kind == _NOTHING else "decimal",
        text="" if kind == _BULLET else printed,
        gap="" if follows == 2 else " ",
        restart=limit if flags & 8 else None,
        legal=bool(flags & 4),
    )
    return level, place + 2 + 2 * length


def _uses(table: bytes, defined: dict[int, dict[int, Level]]) -> dict[str, List]:
    count = struct.unpack_from("<I", table)[0] if table else 0
    if 4 + _USE * count > len(table):
        return {}
    place, uses = 4 + _USE * count, dict[str, List]()
    for number in range(min(count, _MOST_USES)):
        name, overrides = struct.unpack_from("<i8xB", table, 4 + _USE * number)
        levels, begins = dict(defined.get(name, {})), dict[int, int]()
        place += 4
        for _ in range(overrides):
            start, flags = struct.unpack_from("<iI", table, place)
            place += _OVERRIDE
            if flags & _BEGINS:
                begins[flags & 0xF] = start
            if flags & _IS_FORMATTED:
                levels[flags & 0xF], place = _level(table, place)
        uses[str(number + 1)] = List(str(name), levels, begins)
    return uses
