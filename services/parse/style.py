"""How a printing is printed: what its rows show of blanks, of lines, and of what is not its own."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from services.parse.chain import Match
from services.parse.labels import core
from services.parse.runs import Run
from services.parse.tokens import Token

Position = Token | None  # None: an empty line that stands for an empty cell

BY_STYLE = 0.9  # explicit blanks, placed by what the style of this table shows
BY_LIKENESS = 0.8  # a label only like the official one, or figures among which there may be foreign ones

WIDTH, APPLICANTS = 10, 7  # positions of table 3, and those of them that hold figures
UNSURE = -1  # full rows with different padding
_MANY_ROWS, _ENOUGH_ROWS = 15, 5


@dataclass(frozen=True)
class Style:
    """What the rows show of a table: whether blanks are printed, how many empty cells pad a row, and where.

    `paddings`: by (labels printed in the row, columns), the empty cells behind a full row, where all full rows agree.
    `aligned`: where all positions of table 3 are printed, whether figures follow the label or stand at the row's end.
    `lined`: every figure stands on a line of its own. `swallowed`: rows with fewer figures than columns: where their blanks are
    not printed, they vanished.
    `mixed`: some rows have more figures than columns, or all more cells, or lines that came again were dropped: what is not a
    row's own may stand unseen where its cells vanished. `gap`: the empty lines that most figures have before them.
    `spaced`: where cells stand apart, an empty one is one empty line more.
    """

    blank_lines: bool
    blanks_printed: bool
    paddings: dict[tuple[int, int], int]
    width: int | None
    aligned: Literal["left", "right"] | None = None
    lined: bool = False
    swallowed: bool = False
    mixed: bool = False
    gap: int = 0
    spaced: bool = False

    @property
    def counted(self) -> float:
        """How sure a row is that has exactly the figures it should."""
        if not self.swallowed or (self.blanks_printed and not self.mixed):
            return 1.0
        return BY_LIKENESS if self.mixed else BY_STYLE if self.lined else 1.0

    def padding(self, labels: int, columns: int) -> int | None:
        """Return how many empty cells pad such a row; None where that is not certain."""
        if (known := self.paddings.get((labels, columns))) is not None:
            return None if known == UNSURE else known
        left = None if self.width is None else self.width - labels - columns
        return left if left is not None and left >= 0 else None


def expanded(run: Run, *, blank_lines: bool) -> tuple[Position, ...]:
    """Return what stands behind the label; with `blank_lines`, an empty line is an empty cell."""
    if not blank_lines:
        return run.behind
    positions: list[Position] = []
    for token in run.behind:
        positions += [None] * token.gap
        positions.append(token)
    return (*positions, *([None] * run.gap))


def label_count(match: Match) -> int:
    """Return how many cells the row's own label and the group labels before it fill in the source."""
    if match.slot.table == "2":  # its group labels are captions, in rows of their own
        return 1
    text = match.run.text.removesuffix(match.slot.core)
    groups = (core(group) for group in next(iter(match.slot.rows.values())).groups)
    return 1 + sum(group in text[-(len(group) + 4) :] for group in groups)


def read_style(rows: Sequence[tuple[Match, int]]) -> Style:
    """Return the style of one printing in pasted text from its rows and the number of columns of each."""
    mentioned = "mentioned" in [match.how for match, _ in rows]
    rows = [row for row in rows if (behind := row[0].run.behind) and behind[0].grid is None]
    if not rows:
        return Style(blank_lines=False, blanks_printed=False, paddings={}, width=None, swallowed=mentioned)
    runs = [match.run for match, _ in rows]
    blank_lines = _blank_lines_are_cells(runs)
    paddings = _paddings(rows, blank_lines=blank_lines)
    widths = {labels + columns + padding for (labels, columns), padding in paddings.items()}
    width = min(widths) if len(widths) == 1 and UNSURE not in paddings.values() else None
    proofs = sum(_proves_blanks(match.run, columns, blank_lines=blank_lines) for match, columns in rows)
    crowded = sum(_is_crowded(match.run, columns) for match, columns in rows)
    return Style(
        blank_lines,
        proofs > crowded,
        paddings,
        width,
        aligned=_alignment(runs),
        lined=any(map(_is_lined, runs)) or _in_one_column(runs),
        swallowed=mentioned
        or crowded * 3 > len(rows)  # the source has a column more, and full rows may lack a cell
        or any(_lacks_cells(match.run, columns, blank_lines=blank_lines) for match, columns in rows),
        mixed=crowded > 0 or _is_wider(rows) or _is_unrepeated(runs),
        gap=Counter(token.gap for run in runs for token in run.behind).most_common(1)[0][0],
        spaced=_blanks_are_further_lines([(match.run, columns) for match, columns in rows]),
    )


def _paddings(rows: Sequence[tuple[Match, int]], *, blank_lines: bool) -> dict[tuple[int, int], int]:
    """Return the empty cells behind full rows, by the labels in the row and its columns."""
    seen: dict[tuple[int, int], set[int]] = {}
    for match, columns in rows:
        cells = expanded(match.run, blank_lines=blank_lines)
        if _filled(cells) == list(range(columns)):
            seen.setdefault((label_count(match), columns), set()).add(len(cells) - columns)
    return {key: min(found) if len(found) == 1 else UNSURE for key, found in seen.items()}


def _proves_blanks(run: Run, columns: int, *, blank_lines: bool) -> bool:
    """Whether an empty cell stands between filled ones, all of one row: not that row and a page number behind its padding."""
    in_one_row = len({token.row for token in run.behind}) in {1, len(run.behind)}
    return in_one_row and len(run.figures) <= columns and has_inner_blank(expanded(run, blank_lines=blank_lines))


def _is_crowded(run: Run, columns: int) -> bool:
    """Whether a row has more figures than columns, or figures in its first place and beyond its last."""
    filled = _filled(run.behind)
    return len(filled) > columns or (len(filled) > 0 and filled[0] == 0 and filled[-1] >= columns)


def _lacks_cells(run: Run, columns: int, *, blank_lines: bool) -> bool:
    found = len(expanded(run, blank_lines=True)) if blank_lines else len(run.figures)
    return len(run.figures) > 0 and found < columns


def _is_unrepeated(runs: Sequence[Run]) -> bool:
    """Whether an extractor that drops repeated lines made this table: no figure of its many rows comes twice.

    Where most figures have a line of their own, the others are not looked at: 12 3 is a line beside 12 and 3.
    """
    figures = [token for run in runs for token in run.figures]
    of_row = Counter(token.row for token in figures)
    alone = [token for token in figures if of_row[token.row] == 1]
    looked_at = alone if len(alone) * 2 > len(figures) else figures
    return len(runs) >= _MANY_ROWS and len(looked_at) == len({token.text for token in looked_at})


def _is_lined(run: Run) -> bool:
    return len(run.figures) > 1 and len({token.row for token in run.figures}) == len(run.figures)


def _in_one_column(runs: Sequence[Run]) -> bool:
    """Whether nothing parts a row from the next, as where tabs open cells and no line is empty."""
    ends = [(one.behind[-1], other.behind[0]) for one, other in pairwise(runs)]
    return any(last.row == first.row and last.column is None for last, first in ends)


def _is_wider(rows: Sequence[tuple[Match, int]]) -> bool:
    """Whether every row of table 3 has more cells than the form, in one line: a column that the form does not have."""
    runs = [match.run for match, columns in rows if columns == APPLICANTS and match.run.labels]
    widths = [len([1 for token in (*run.labels, *run.behind) if token.row == run.behind[0].row]) for run in runs]
    return min(widths, default=0) > WIDTH


def _alignment(runs: Iterable[Run]) -> Literal["left", "right"] | None:
    """Return where the figures of rows of all ten positions stand: one that only one alignment allows proves it."""
    left = right = False
    for run in filter(is_whole_row, runs):
        follows = column_of(run.labels[-1]) + 1
        left = left or any(column_of(token) < WIDTH - APPLICANTS for token in run.figures)
        right = right or any(column_of(token) >= follows + APPLICANTS for token in run.figures)
    return None if left == right else "left" if left else "right"


def column_of(token: Token) -> int:
    """Return the place of a token in its line, -1 where it is alone there."""
    return token.column if token.column is not None else -1


def is_whole_row(run: Run) -> bool:
    """Whether a row of pasted text prints all positions of table 3 in one line."""
    return bool(run.labels) and column_of(run.labels[-1]) >= 0 and run.behind[-1].column == WIDTH - 1


def has_inner_blank(cells: Sequence[Position]) -> bool:
    """Whether an empty cell stands between two filled ones: proof that this source prints its empty cells."""
    return _apart(_filled(cells))


def _filled(cells: Sequence[Position]) -> list[int]:
    return [place for place, cell in enumerate(cells) if cell is not None and cell.kind == "figure"]


def _apart(filled: Sequence[int]) -> bool:
    return len(filled) > 1 and filled[-1] - filled[0] + 1 > len(filled)


def is_a_figure(cell: Position) -> bool:
    """Whether this is a figure, and no blank cell."""
    return cell is not None and cell.kind == "figure"


def _blank_lines_are_cells(runs: Iterable[Run]) -> bool:
    """Whether cells stand on consecutive lines, one on each, so that an empty line is an empty cell.

    With empty lines between all cells, row gaps and empty cells cannot be told apart; then the answer is no.
    """
    close = apart = 0
    for run in runs:
        if any(token.kind == "blank" for token in run.behind) or len({token.row for token in run.behind}) < len(
            run.behind
        ):
            return False
        in_lines = [later for earlier, later in pairwise(run.labels) if earlier.row != later.row]
        close += sum(token.gap == 0 for token in in_lines)
        apart += sum(token.gap > 0 for token in in_lines)
    return close > 0 and close >= 2 * apart


def _blanks_are_further_lines(rows: Sequence[tuple[Run, int]]) -> bool:
    """Whether an empty line parts all cells and an empty cell adds one: every row comes out even, many lack figures."""
    if not all(token.gap for run, _ in rows for token in run.behind):
        return False
    lacking = sum(len(run.figures) < columns for run, columns in rows)
    return lacking >= _ENOUGH_ROWS and all(len(spaced_out(run, columns)) == columns for run, columns in rows)


def spaced_out(run: Run, columns: int) -> tuple[Position, ...]:
    """Return what stands behind the label, each empty line but one an empty cell; those behind the last column part rows."""
    cells = tuple(cell for token in run.behind for cell in (*[None] * (token.gap - 1), token))
    return cells if len(cells) >= columns else (*cells, *[None] * (run.gap - 1))
