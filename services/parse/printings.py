"""One printing of a table read into cells: every row placed or refused, and how it stands in the source."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from services.parse.chain import Match, first_printed, last_printed
from services.parse.labels import HEAD_LETTERS, squeeze
from services.parse.numerals import read_cell
from services.parse.outcomes import Outcomes, place_outcomes
from services.parse.placing import Placed
from services.parse.rows import names_others, place_rows
from services.parse.runs import Run
from services.parse.style import BY_LIKENESS, Position, Style, read_style
from services.parse.tokens import Token
from shared.forms import FORMS
from shared.forms.form import Row
from shared.forms.shared_tables import APPLICANTS
from shared.model.cell import AlteredLabel, Cell, FormEdition, PrintedRow, Printing, Span, TableNumber
from shared.model.number import Number
from shared.simplified import simplify
from shared.text import PICTURE

_RECOGNISED = 0.8
_LEAST_ROWS = 15  # of table 3; with fewer it is not read
_HEAD_LABELS = 8
_LONG_LINE, _LONG_REST = 400, 60  # characters before and behind a table in its line: a text whose lines were joined
_UNIT = re.compile(r"单位[:： 为]{0,2}([\u4e00-\u9fff]{1,3}?)(?=[,，、；;)）\s]|$)")


@dataclass(frozen=True)
class Read:
    """A printing of one table: all cells of its form, how it stands in the source, where, and whether it can be relied on."""

    edition: FormEdition
    cells: tuple[Cell, ...]
    printing: Printing
    span: Span
    damaged: bool

    @property
    def filled(self) -> int:
        """The number of cells that were found in the source."""
        return sum(cell.state not in {"missing", "unplaced"} for cell in self.cells)


def style_of(matches: Sequence[Match], edition: FormEdition) -> Style:
    """Return what the rows of a printing show of its style."""
    style = read_style([(match, len(match.slot.rows[edition].columns)) for match in _official(matches, edition)])
    table = FORMS[edition].tables[matches[0].slot.table]
    others = style.swallowed and names_others(table, [match.run for match in matches])
    return replace(style, mixed=True) if others else style


def read_rows(matches: Sequence[Match], edition: FormEdition, style: Style, around: Sequence[Run], text: str) -> Read:
    """Read a printing of table 2 or 3, its rows in official order; `around` has its runs and those beside it."""
    table = FORMS[edition].tables[matches[0].slot.table]
    official = {match.slot.rows[edition].path: match for match in _official(matches, edition)}
    placed = place_rows(table, matches, official, style, around, text)
    cells: list[Cell] = []
    for row in table.rows:
        cells += _cells(row, official.get(row.path), placed.get(row.path))
    first, last = first_printed(matches), last_printed(matches)
    printing = Printing(
        gridded=any(match.run.gridded for match in official.values()),
        rows=_printed_rows(matches, edition, placed, _added(matches, around, first.number, last.number)),
        altered=tuple(_altered(official, edition)),
        balance_note=_balance_note(first.text) if table.number == "3" else None,
        units=_units(table.rows, official) if table.number == "2" else None,
    )
    damaged = table.number == "3" and (len(official) < _LEAST_ROWS or _lines_lost(cells, official.values()))
    return Read(edition, tuple(cells), printing, _span(table.number, first, last, text), damaged)


def _altered(official: dict[str, Match], edition: FormEdition) -> Iterator[AlteredLabel]:
    """Yield the labels of rows that are printed otherwise, and the heads over 规章 that the other edition has."""
    for match in official.values():
        if match.how == "likeness":
            yield AlteredLabel(match.run.printed, match.slot.label)
    if "规章" in official:
        yield from _foreign_heads(official["规章"].run.text, edition)


def _foreign_heads(head: str, edition: FormEdition) -> Iterator[AlteredLabel]:
    (other,) = FORMS.keys() - {edition}
    own, foreign = (FORMS[each].tables["2"].rows[0].columns for each in (edition, other))
    for right, found in zip(own, foreign, strict=True):
        if squeeze(found.name) in head and squeeze(right.name) not in head:
            yield AlteredLabel(found.name, right.name)


def _official(matches: Iterable[Match], edition: FormEdition) -> list[Match]:
    return [match for match in matches if edition in match.slot.rows]


def _cells(row: Row, match: Match | None, placed: Placed | None) -> list[Cell]:
    if match is None or placed is None:
        return [Cell(row.path, column.name, confidence=0.0) for column in row.columns]
    if placed.cells is None:
        return _unplaced(row, _figures_at(match))
    surely = 1.0 if match.how == "exact" else BY_LIKENESS
    return _placed(row, placed.cells, min(surely, placed.confidence))


def _unplaced(row: Row, at: Span | None) -> list[Cell]:
    return [Cell(row.path, column.name, state="unplaced", confidence=0.0, at=at) for column in row.columns]


def _placed(row: Row, positions: Sequence[Position], surely: float) -> list[Cell]:
    path, cells = row.path, []
    for column, where in zip(row.columns, positions, strict=True):
        if where is None:
            cells.append(Cell(path, column.name, raw="", state="blank", confidence=surely))
            continue
        text, start, end, _, at, recognised, _, _, _, _ = where
        state, value, converted = read_cell(text, column)
        confidence = min(surely, _RECOGNISED) if recognised or text == PICTURE else surely
        place = Span(start, end) if at is None else at
        cells.append(Cell(path, column.name, value, converted, text, state, confidence, recognised, place))
    return cells


def _figures_at(match: Match) -> Span | None:
    figures = match.run.figures if match.how != "mentioned" else ()
    return Span(figures[0].start, figures[-1].end) if figures else None


def _printed_rows(
    matches: Sequence[Match], edition: FormEdition, placed: dict[str, Placed], added: Sequence[Run]
) -> tuple[PrintedRow, ...]:
    """Return every printed row in the order of the source, with rows that the form does not have."""
    rows = [
        (match.run.number, match.slot.order, _printed_row(match, edition, placed))
        for match in matches
        if edition in match.slot.rows or match.how != "mentioned"
    ]
    rows += [(run.number, -1, PrintedRow(None, _added_label(run), len(run.figures), _values(run))) for run in added]
    return tuple([row for _, _, row in sorted(rows)])  # no two stand at the same place


def _printed_row(match: Match, edition: FormEdition, placed: dict[str, Placed]) -> PrintedRow:
    row = match.slot.rows.get(edition)
    path = row.path if row is not None else None
    values = () if path else _values(match.run)
    if match.how == "mentioned":
        return PrintedRow(path, match.slot.label, 0, values)
    return PrintedRow(path, match.run.printed, _count(match.run, placed.get(path) if path else None), values)


def _added(matches: Sequence[Match], around: Sequence[Run], first: int, last: int) -> list[Run]:
    """Return what looks like a row between the first and the last run of a printing and is none of the official ones."""
    taken = {match.run.number for match in matches if match.how != "mentioned"}
    narrow = matches[0].slot.table == "2"
    beside = [run for run in around if first <= run.number <= last and run.number not in taken and run.labels]
    return [run for run in beside if len(run.figures) == len(APPLICANTS) or (narrow and run.figures)]


def _added_label(run: Run) -> str:
    """Return the label of a row that the form does not have; "小计" alone would not say of what."""
    if run.printed in {"小计", "合计"} and len(run.labels) > 1:
        return f"{' '.join(run.labels[-2].text.split())}{run.printed}"
    return run.printed


def _values(run: Run) -> tuple[Number | None, ...]:
    """Return the figures of a row of table 3 that the form does not have; () unless there is one for each column."""
    if len(run.figures) != len(APPLICANTS):
        return ()
    read = (read_cell(token.text, column) for token, column in zip(run.figures, APPLICANTS, strict=True))
    return tuple(value if value is not None else converted for _, value, converted in read)


def _count(run: Run, placed: Placed | None) -> int:
    """Return how many figures a row has; in a real grid its empty cells count too, but not those that end the row."""
    if placed is not None and placed.cells is not None:
        return len(placed.cells)
    if not run.gridded:
        return len(run.figures)
    return max((place + 1 for place, token in enumerate(run.behind) if token.kind == "figure"), default=0)


def _balance_note(head: str) -> bool | None:
    """Whether the note of the balance stands in the head; None where no head was found."""
    if "勾稽" in head or "第一项加第二项之和" in head:
        return True
    return False if "自然人" in head or "申请人情况" in head else None


def _units(rows: Iterable[Row], official: dict[str, Match]) -> dict[str, str | None]:
    """Return the unit printed over each amount; amounts whose column label is lost are left out."""
    units: dict[str, str | None] = {}
    for row in rows:
        amount = next((column for column in row.columns if column.kind == "amount"), None)
        match = official.get(row.path)
        if amount is None or match is None or squeeze(amount.name) not in match.run.text:
            continue
        head = simplify(" ".join(_over(match)))
        printed = _UNIT.findall(head) or re.findall("[（(](亿元|万元|元)[）)]", head)
        units[row.path] = printed[-1] if printed else None
    return units


def _over(match: Match) -> list[str]:
    """Return a row's label and the labels before it; where its figures are lost, more labels follow in its run."""
    pieces = match.run.pieces
    own = [place for place, piece in enumerate(pieces) if piece.endswith(match.slot.core)]
    end = own[-1] + 1 if own and match.how == "mentioned" else len(pieces)
    return [token.text for token in match.run.labels[max(0, end - _HEAD_LABELS) : end]]


def _lines_lost(cells: Sequence[Cell], matches: Iterable[Match]) -> bool:
    """Whether an extractor that drops repeated lines made this text: hardly a figure is printed twice, and rows lack some."""
    if [cell.state for cell in cells].count("unplaced") * 2 <= len(cells):
        return False
    runs = [match.run for match in matches if match.how != "mentioned" and not match.run.gridded]
    figures = [token.text for run in runs for token in run.figures]
    return len(figures) == len(set(figures))


def read_outcomes(outcomes: Outcomes, edition: FormEdition, style: Style, text: str) -> Read:
    """Read a printing of table 4."""
    table, run = FORMS[edition].tables["4"], outcomes.run
    placed = place_outcomes(outcomes, style, text)
    at = Span(run.figures[0].start, run.figures[-1].end) if run.figures else None
    cells: list[Cell] = []
    for number, row in enumerate(table.rows):
        own = placed.cells[number * 5 : number * 5 + 5] if placed.cells is not None else None
        cells += _unplaced(row, at) if own is None else _placed(row, own, placed.confidence)
    rows = [PrintedRow(row.path, row.label, len(row.columns)) for row in table.rows]
    if placed.cells is None:
        rows = [PrintedRow(table.rows[0].path, run.printed, _count(run, placed))]
    return Read(
        edition,
        tuple(cells),
        Printing(gridded=run.gridded, rows=tuple(rows)),
        _span("4", run, run, text),
        damaged=False,
    )


def _span(table: TableNumber, first: Run, last: Run, text: str) -> Span:
    """Return the whole lines from the first cell of the table's head to its last cell; in a text without lines only these."""
    ends = last.behind or last.labels
    start, end = _head_start(table, first), ends[-1].end
    line_end = text.find("\n", end)
    begins, ends_at = text.rfind("\n", 0, start) + 1, line_end if line_end >= 0 else len(text)
    more = len(text[end:ends_at].strip(" \t|"))
    return Span(begins if start - begins < _LONG_LINE else start, ends_at if more < _LONG_REST else end)


def _head_start(table: TableNumber, run: Run) -> int:
    """Return where the head of a table begins: going back from its first row, the cells made of the words of heads."""
    tokens: Sequence[Token] = run.labels or run.behind
    start = tokens[-1].start
    row = tokens[-1].row
    for token in reversed(tokens):
        if token.row != row and not HEAD_LETTERS[table].issuperset(squeeze(token.text)):
            break
        start = token.start
    return start
