"""The official tables of a document: found by their labels, read into cells, and how they stand in the source."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from services.parse.chain import around, find_printings
from services.parse.document import Content
from services.parse.editions import edition_of_table2, edition_of_table3, edition_of_year, report_form
from services.parse.outcomes import find_outcomes
from services.parse.printings import Read, read_outcomes, read_rows, style_of
from services.parse.runs import read_runs
from services.parse.style import BY_LIKENESS, Style, read_style
from shared.forms import FORMS
from shared.model.cell import At, Cell, FormEdition, PageBox, Span, Table, TableNumber, TableState
from shared.model.report import ReportForm

_ANCHORS: dict[TableNumber, tuple[int, tuple[str, ...]]] = {  # how many of these words betray the table
    "2": (
        2,
        (
            "本年制发件数",
            "本年废止件数",
            "现行有效件数",
            "本年处理决定数量",
            "本年新制作数量",
            "对外公开总数量",
            "上一年项目数量",
        ),
    ),
    "3": (
        2,
        ("本年新收政府信息公开申请", "上年结转政府信息公开申请", "结转下年度继续办理", "要求行政机关确认或重新出具"),
    ),
    "4": (3, ("结果维持", "结果纠正", "尚未审结", "未经复议直接起诉", "复议后起诉")),
}
_BY_ROWS: tuple[TableNumber, ...] = ("2", "3")
_PART_OF_A_ROW = re.compile(r"(?!.{0,120}(?:行政复议|主要问题|其他需要))[^。]{0,120}", re.DOTALL)


@dataclass(frozen=True)
class Tables:
    """Tables 2, 3 and 4 of a report, each with all cells of its form.

    `form`: by the labels of tables 2 and 3, else by the year where only table 4 was found; None if no table was found.
    `ranges`: what the tables occupy of the text.
    """

    tables: dict[TableNumber, Table]
    form: ReportForm | None
    ranges: tuple[Span, ...]


def read_tables(content: Content, year: int | None) -> Tables:
    """Return the tables of a document; `year` tells only which form a table follows whose labels do not tell it."""
    runs = read_runs(content)
    found = find_printings(runs)
    editions = [
        [edition_of_table2(matches) for matches in found["2"]],
        [edition_of_table3(matches) for matches in found["3"]],
    ]
    known = next((edition for told in editions[::-1] for edition in told if edition), None) or edition_of_year(year)
    rows = [
        (number, matches, edition or known, near)
        for number, told in zip(_BY_ROWS, editions, strict=True)
        for matches, edition, near in zip(found[number], told, around(found[number], runs), strict=True)
    ]
    styles = _styles([style_of(matches, edition) for _, matches, edition, _ in rows])
    reads: dict[TableNumber, list[Read]] = {"2": [], "3": [], "4": []}
    for (number, matches, edition, near), style in zip(rows, styles, strict=True):
        reads[number].append(read_rows(matches, edition, style, near, content.text))
    style = styles[0] if styles else read_style(())
    reads["4"] = [read_outcomes(outcomes, known, style, content.text) for outcomes in find_outcomes(runs)]
    return _tables(content, year, reads, report_form(editions[0] + editions[1]), known)


def _printed_alike(reads: dict[TableNumber, list[Read]]) -> bool:
    """Whether all three tables come again with the same figures: a page that holds its report for desktops and for telephones."""
    return all(
        len(printed) > 1 and len({tuple(cell.raw for cell in read.cells) for read in printed}) == 1
        for printed in reads.values()
    )


def _styles(styles: list[Style]) -> list[Style]:
    """Return the styles with what one table shows of all: whether this source prints empty cells, swallows them, mixes in others."""
    printed = any(style.blanks_printed for style in styles)
    swallowed = any(style.swallowed for style in styles)
    mixed = any(style.mixed for style in styles)
    if not (printed or swallowed or mixed):
        return styles
    return [replace(style, blanks_printed=printed, swallowed=swallowed, mixed=mixed) for style in styles]


def _tables(
    content: Content,
    year: int | None,
    reads: dict[TableNumber, list[Read]],
    form: ReportForm | None,
    known: FormEdition,
) -> Tables:
    shown = {number: printed[:1] for number, printed in reads.items()} if _printed_alike(reads) else reads
    tables = {}
    for number, printed in shown.items():
        table = _table(printed, content.text) if printed else _absent(number, year, content)
        tables[number] = _doubted(table, content)
    every = (read for printed in reads.values() for read in printed)
    ranges = sorted((_range(read, content.text) for read in every), key=lambda span: span.start)
    return Tables(tables, form or (known if reads["4"] else None), tuple(ranges))


def _table(printed: list[Read], text: str) -> Table:
    """Return the fullest printing as the table, the others as its copies."""
    main = max(printed, key=lambda read: (not read.damaged, read.filled)) if len(printed) > 1 else printed[0]
    copies = tuple([read.cells for read in printed if read is not main and not read.damaged])
    printing = replace(main.printing, copies=copies) if copies else main.printing
    damaged = main.damaged or _breaks_off(main, text)
    state: TableState = "damaged" if damaged else "repeated" if copies else "present"
    return Table(main.edition, state, main.cells, printing)


def _range(read: Read, text: str) -> Span:
    return Span(read.span.start, len(text)) if _breaks_off(read, text) else read.span


def _breaks_off(read: Read, text: str) -> bool:
    """Whether the text ends in a table before the table's last row: it was captured in part."""
    if read.cells[-1].state != "missing":
        return False
    last = (cell for cell in read.cells if cell.row == read.cells[-1].row)
    return all(cell.state == "missing" for cell in last) and _PART_OF_A_ROW.fullmatch(text, read.span.end) is not None


def _doubted(table: Table, content: Content) -> Table:
    """Return the table with no cell surer than its source and its place there; its copies are compared as they are."""
    if content.confidence == 1 and not content.doubtful and not content.by_distance:
        return table
    cells = (replace(cell, confidence=min(cell.confidence, _surest(cell, content))) for cell in table.cells)
    return replace(table, cells=tuple(cells), state="damaged" if _in_part(table, content) else table.state)


def _in_part(table: Table, content: Content) -> bool:
    """Whether all that is seen of a table in real cells is in doubt, and some is not seen: it runs off its page, say."""
    if not table.printing.gridded or not any(cell.state in {"missing", "unplaced"} for cell in table.cells):
        return False
    ranges = [place for place in content.doubtful if isinstance(place, Span)]
    places = {cell.at for cell in table.cells if cell.at is not None}
    return bool(places) and all(place in content.doubtful or _meets(place, ranges) for place in places)


def _meets(place: At, ranges: Sequence[Span]) -> bool:
    return isinstance(place, Span) and any(each.start < place.end and place.start < each.end for each in ranges)


def _surest(cell: Cell, content: Content) -> float:
    """Return how sure a cell can be at its place."""
    apart = content.by_distance and not isinstance(cell.at, PageBox)
    return min(content.confidence, BY_LIKENESS) if apart or cell.at in content.doubtful else content.confidence


def _absent(number: TableNumber, year: int | None, content: Content) -> Table:
    """Return a table that was not read: damaged where its words stand in the text, a picture, or absent."""
    state: TableState = (
        "damaged" if _is_anchored(number, content.simplified) else "picture" if content.pictures else "absent"
    )
    rows = FORMS[edition_of_year(year)].tables[number].addresses
    return Table(None, state, tuple(Cell(row, column, confidence=0.0) for row, column in rows))


def _is_anchored(number: TableNumber, text: str) -> bool:
    """Whether the words of a table stand in a text."""
    solid = "".join(text.split())
    least, words = _ANCHORS[number]
    return sum(word in solid for word in words) >= least
