"""Runs: the labels printed one after another, and the figures behind them, over pasted text and real grids alike."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from services.parse.document import Block, Content, Grid, GridCell
from services.parse.labels import LONGEST_LABEL, OUTCOME_ROWS, OUTCOMES, Slot, names_row, squeeze
from services.parse.tokens import Kind, Sort, Token, sort, tokenise
from services.parse.wording import wording

_made = tuple.__new__  # as in services.parse.readers.page
_SHOWN_PROSE = 400  # a grid cell longer than this is text, not a label
_SAYING = frozenset({"label", "prose"})
_USUAL = 20  # cells of a row at most, nearly always
_WIDEST = 15  # a row of so many empty cells is table 4 left empty
_BROKEN = 4  # a row label is broken over at most so many cells or lines


class Run:
    """Labels and what stands behind them up to the next label. `gap`: empty lines between the last figure and that label.

    `wording`: what the labels say. `text`, `row`: of the wording. `figures`: the tokens behind the labels that are not blank.
    """

    __slots__ = ("behind", "figures", "gap", "labels", "number", "row", "text", "wording")

    def __init__(self, number: int, labels: tuple[Token, ...], behind: tuple[Token, ...], gap: int) -> None:
        self.number = number
        self.labels = labels
        self.behind = behind
        self.gap = gap
        self.wording = said = wording(tuple([token.text for token in labels]))
        self.text = said.text
        self.row = said.row
        self.figures = tuple([token for token in behind if token.kind == "figure"])

    @property
    def pieces(self) -> tuple[str, ...]:
        """The labels squeezed, one by one."""
        return self.wording.pieces

    @property
    def mentions(self) -> tuple[Slot, ...]:
        """The rows that the labels name besides their own."""
        return self.wording.mentions

    @property
    def tails(self) -> tuple[str, ...]:
        """The last label, the last two together, and so on: what a damaged row label may be."""
        return self.wording.tails

    @property
    def emptied(self) -> bool:
        """Whether a row label has only empty lines behind it; one alone means something only under a single column."""
        return not self.behind and self.row is not None and self.gap >= _lines_of(self.row)

    @property
    def gridded(self) -> bool:
        """Whether the figures stand in real cells."""
        return bool(self.behind) and self.behind[0].grid is not None

    @property
    def beside_cells(self) -> bool:
        """Whether some figures stand in real cells and some do not: a page number between a head and its row, say."""
        return len({token.grid is None for token in self.figures}) > 1

    @property
    def printed(self) -> str:
        """The last label as printed."""
        return " ".join(self.labels[-1].text.split()) if self.labels else ""


@lru_cache(maxsize=64)
def _lines_of(slot: Slot) -> int:
    """Return how many empty lines are a row left empty."""
    return min(2, *(len(row.columns) for row in slot.rows.values()))


def read_runs(content: Content) -> list[Run]:
    """Return the runs of a document in reading order."""
    return list(_gather(_tokens(content)))


def _tokens(content: Content) -> list[Token]:
    tokens: list[Token] = []
    row = 0
    for blocks in _stretches(content.blocks):
        first = blocks[0]
        known = len(tokens)
        if isinstance(first, Grid):
            tokens += _grid_tokens(first.rows, row, first.start)
        else:
            tokens += tokenise(content.text, first.start, blocks[-1].end, row)
        if len(tokens) > known:
            row = tokens[-1].row + 2
    return tokens


def _stretches(blocks: Sequence[Block]) -> Iterator[Sequence[Block]]:
    """Yield each grid alone, and paragraphs that follow one another together."""
    begin = 0
    for place in [place for place, block in enumerate(blocks) if isinstance(block, Grid)]:
        if begin < place:
            yield blocks[begin:place]
        yield blocks[place : place + 1]
        begin = place + 1
    if begin < len(blocks):
        yield blocks[begin:]


def _grid_tokens(rows: Sequence[Sequence[GridCell]], row: int, grid: int) -> list[Token]:
    texts = [cell.text for cells in rows for cell in cells]
    if list(map(str.strip, texts)) != texts:
        return _grid_tokens([list(map(_stripped, cells)) for cells in rows], row, grid)
    sorts = list(map(sort if max(map(len, texts), default=0) <= LONGEST_LABEL else _sort_of_any, texts))
    tokens: list[Token] = []
    for number, cells in enumerate(rows, row):
        known = len(tokens)
        kinds_of = _known_kinds if len(cells) <= _USUAL else _kinds
        kinds = kinds_of(tuple(sorts[known : known + len(cells)]))
        for cell, kind in zip(cells, kinds, strict=True):
            tokens.append(_made(Token, cell + (kind, number, 0, grid)))  # noqa: RUF005 - in half the time
    return tokens


def _stripped(cell: GridCell) -> GridCell:
    text = cell.text.strip()
    start = cell.start + cell.text.index(text)
    return cell._replace(text=text, start=start, end=start + len(text)) if text else cell._replace(text="")


def _sort_of_any(text: str) -> Sort:
    if len(text) > LONGEST_LABEL:
        return "prose" if len(text) > _SHOWN_PROSE else "label"
    return sort(text)


_BEFORE_LABEL: dict[Sort, Kind] = {
    "blank": "blank",
    "picture": "blank",
    "figure": "label",
    "label": "label",
    "row": "label",
    "prose": "prose",
}
_WITHOUT_LABEL: dict[Sort, Kind] = {**_BEFORE_LABEL, "picture": "figure", "figure": "figure"}


def _kinds(sorts: tuple[Sort, ...]) -> tuple[Kind, ...]:
    """Cells before and with the row label are labels; without one, text that is no figure is a label."""
    if sorts.count("row") == 1:
        behind = sorts.index("row") + 1
        figures: list[Kind] = ["blank" if each == "blank" else "figure" for each in sorts[behind:]]
        return (*map(_BEFORE_LABEL.__getitem__, sorts[:behind]), *figures)
    kinds = list(map(_WITHOUT_LABEL.__getitem__, sorts))
    numbered = len(kinds) > 2 and sorts[0] == "figure" and kinds[1] in _SAYING
    if numbered or sorts[:1] == ("picture",):
        kinds[0] = _BEFORE_LABEL[sorts[0]]
    return tuple(kinds)


_known_kinds = lru_cache(maxsize=512)(_kinds)  # rows of a table are much alike


def _gather(tokens: Iterable[Token]) -> Iterator[Run]:
    number = 0
    labels: list[Token] = []
    behind: list[Token] = []
    for token in tokens:
        if token.kind not in _SAYING:
            behind.append(token)
            continue
        prose = token.kind == "prose"
        if behind or (token.gap and _left_empty(labels, token)):
            if prose or _ends(labels, behind, token):
                yield _run(number, labels, behind, token)
                number, labels = number + 1, []
            behind = []
        if not prose:
            labels.append(token)
        elif labels:
            yield Run(number, tuple(labels), (), token.gap)
            number, labels = number + 1, []
    if labels or behind:
        yield _run(number, labels, behind, None)


def _ends(labels: Sequence[Token], behind: Sequence[Token], following: Token) -> bool:
    """Figures end a run of labels; blanks alone only behind a row label, for heads have empty cells too."""
    if not behind or behind[-1].kind == "figure" or any(token.kind == "figure" for token in behind):
        return True
    if all(token.row == following.row for token in behind):
        return False
    if not labels:
        return len(behind) > 1
    if sum(token.row == behind[-1].row != labels[-1].row for token in behind) >= _WIDEST:
        return True
    if _is_line_of_outcomes(labels[-1], behind) and squeeze(following.text) not in OUTCOMES:
        return True
    return wording(tuple([token.text for token in labels[-_BROKEN:]])).row is not None


def _is_line_of_outcomes(label: Token, behind: Sequence[Token]) -> bool:
    """Whether a row of table 4 is left empty, in a printing with a line for each of its rows."""
    rows = {token.row for token in (label, *behind)}
    return len(behind) == len(OUTCOMES) and len(rows) == 1 and squeeze(label.text) in OUTCOME_ROWS


def _left_empty(labels: Sequence[Token], following: Token) -> bool:
    """Whether empty lines stand behind a row label where its figures should."""
    return bool(labels) and names_row(labels[-1].text) and _run(0, labels, [], following).emptied


def _run(number: int, labels: Sequence[Token], behind: Sequence[Token], following: Token | None) -> Run:
    """Blank cells at the head of the following row belong to that row."""
    end = len(behind)
    while following is not None and end and behind[end - 1].kind == "blank" and behind[end - 1].row == following.row:
        end -= 1
    return Run(number, tuple(labels), tuple(behind[:end]), following.gap if following is not None else 0)
