"""Runs: the labels printed one after another, and the figures behind them, over pasted text and real grids alike."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from services.parse.document import Block, Content, Grid, GridCell, Paragraph
from services.parse.labels import OUTCOME_ROWS, OUTCOMES, Slot, names_row, squeeze
from services.parse.tokens import Kind, Token, is_figure, row_label, tokenise
from services.parse.wording import wording
from shared.text import PICTURE

_made = tuple.__new__  # as in services.parse.readers.page
_SHOWN_PROSE = 400  # a grid cell longer than this is text, not a label
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
        """The rows whose official labels stand anywhere in the labels, in order of place."""
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
        if isinstance(first, Grid):
            further = [
                token
                for number, cells in enumerate(first.rows, row)
                for token in _row_tokens(cells, number, first.start)
            ]
        else:
            further = tokenise(content.text, first.start, blocks[-1].end, row)
        row = further[-1].row + 2 if further else row
        tokens += further
    return tokens


def _stretches(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    """Yield each grid alone, and paragraphs that follow one another together."""
    stretch: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            stretch.append(block)
            continue
        if stretch:
            yield stretch
            stretch = []
        yield [block]
    if stretch:
        yield stretch


def _row_tokens(cells: tuple[GridCell, ...], row: int, grid: int) -> list[Token]:
    """Cells before and with the row label are labels; without one, text that is no figure is a label."""
    texts = [cell.text.strip() for cell in cells]
    label = row_label(texts)
    numbering = label is None and _numbers_a_row(texts)
    tokens: list[Token] = []
    for place, (printed, start, end, column, at, recognised) in enumerate(cells):
        text = texts[place]
        if not text or (text == PICTURE and place <= (label or 0)):  # before a label, or beside it, it is no figure
            kind: Kind = "blank"
        elif place <= label if label is not None else (numbering and place == 0) or not is_figure(text):
            kind = "prose" if len(text) > _SHOWN_PROSE else "label"
        else:
            kind = "figure"
        left = printed.index(text) if text and len(text) < len(printed) else 0
        right = start + left + len(text) if text else end
        tokens.append(_made(Token, (text, start + left, right, kind, row, 0, grid, column, at, recognised)))
    return tokens


def _numbers_a_row(texts: list[str]) -> bool:
    return len(texts) > 2 and is_figure(texts[0]) and not is_figure(texts[1]) and texts[1] != ""


def _gather(tokens: Iterable[Token]) -> Iterator[Run]:
    number = 0
    labels: list[Token] = []
    behind: list[Token] = []
    for token in tokens:
        if token.kind in {"figure", "blank"}:
            behind.append(token)
            continue
        if (behind or _left_empty(labels, token)) and (token.kind == "prose" or _ends(labels, behind, token)):
            yield _run(number, labels, behind, token)
            number, labels = number + 1, []
        behind = []
        if token.kind == "prose":
            if labels:
                yield Run(number, tuple(labels), (), token.gap)
                number, labels = number + 1, []
        else:
            labels.append(token)
    if labels or behind:
        yield _run(number, labels, behind, None)


def _ends(labels: list[Token], behind: list[Token], following: Token) -> bool:
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


def _is_line_of_outcomes(label: Token, behind: list[Token]) -> bool:
    """Whether a row of table 4 is left empty, in a printing with a line for each of its rows."""
    rows = {token.row for token in (label, *behind)}
    return len(behind) == len(OUTCOMES) and len(rows) == 1 and squeeze(label.text) in OUTCOME_ROWS


def _left_empty(labels: list[Token], following: Token) -> bool:
    """Whether empty lines stand behind a row label where its figures should."""
    return following.gap > 0 and bool(labels) and names_row(labels[-1].text) and _run(0, labels, [], following).emptied


def _run(number: int, labels: list[Token], behind: list[Token], following: Token | None) -> Run:
    """Blank cells at the head of the following row belong to that row."""
    end = len(behind)
    while following is not None and end and behind[end - 1].kind == "blank" and behind[end - 1].row == following.row:
        end -= 1
    return Run(number, tuple(labels), tuple(behind[:end]), following.gap if following is not None else 0)
