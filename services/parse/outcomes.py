"""Table 4: its head words repeat and are often cut, so it is found by its head as a whole and counted, never by single words."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from services.parse.labels import HEAD_LETTERS
from services.parse.placing import (
    BY_STYLE,
    REFUSED,
    Placed,
    Position,
    Style,
    expanded,
    has_inner_blank,
    only_spaces_part,
)
from services.parse.runs import Run
from services.parse.tokens import Token

CELLS = 15
_HEAD = 400  # squeezed characters; the whole head has 90
_LONGEST_OUTCOMES = 60
_BLOCKS = ("行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉")
_IN_ORDER = "结果维持结果纠正其他结果尚未审结总计"
_LAST_BLOCK = re.compile("复议后起诉|直接起诉|行政诉讼")


class Outcomes(NamedTuple):
    """A printing of table 4: the run of its head and figures, and how sure its head is; 0 where it names another order."""

    run: Run
    certainty: float


def find_outcomes(runs: Sequence[Run]) -> list[Outcomes]:
    """Return every printing of table 4, in order."""
    if (apart := _three_blocks(runs)) is not None:
        return [apart]
    return [
        Outcomes(run, certainty)
        for run in runs
        if run.behind and run.row is None and (certainty := _certainty(run.text[-_HEAD:])) is not None
    ]


def _three_blocks(runs: Sequence[Run]) -> Outcomes | None:
    """Return a table 4 printed block under block: each with its name, the outcomes' names and five figures."""
    for first in range(len(runs) - 2):
        blocks = runs[first : first + 3]
        if all(len(run.figures) == len(run.behind) == CELLS // 3 for run in blocks) and all(
            _names_block(run, name) for run, name in zip(blocks, ("行政复议", *_BLOCKS[2:]), strict=True)
        ):
            figures = tuple(token for run in blocks for token in run.figures)
            return Outcomes(Run(blocks[0].number, blocks[0].labels, figures, 0), 1.0)
    return None


def _names_block(run: Run, name: str) -> bool:
    """Whether the labels end in the block's name, all five outcomes in their order, and nothing else."""
    return re.search(f"{name}(?:件数|情况)?{_IN_ORDER}$", run.text[-_HEAD:]) is not None


def _certainty(head: str) -> float | None:
    """Return how surely this head is the official one, nothing but outcomes behind its last block; None for another head."""
    named = [block for block in _BLOCKS if block in head]
    blocks = list(_LAST_BLOCK.finditer(head))
    if len(named) < 2 or not blocks or not any(word in head for word in ("结果", "审结", "尚未")):
        return None
    behind = head[blocks[-1].end() :]
    if len(behind) > _LONGEST_OUTCOMES:
        return None
    if _swapped(head, *_BLOCKS[2:]) or _swapped(head, "结果维持", "结果纠正") or _swapped(head, "其他结果", "尚未审结"):
        return 0.0
    return 1.0 if len(named) >= 3 and HEAD_LETTERS["4"].issuperset(behind) else 0.8


def _swapped(head: str, first: str, second: str) -> bool:
    return -1 < head.find(second) < head.find(first)


def place_outcomes(outcomes: Outcomes, style: Style, text: str) -> Placed:
    """Place the 15 figures behind the head of table 4, or refuse."""
    run = outcomes.run
    certainty = outcomes.certainty
    if not certainty:
        return REFUSED
    if len(run.figures) == CELLS and not has_inner_blank(run.behind):
        return Placed(run.figures, min(certainty, BY_STYLE) if only_spaces_part(run.figures, text) else certainty)
    if len(run.figures) > CELLS:
        return REFUSED
    row = _whole_row(run)
    if row and (run.gridded or style.blanks_printed or has_inner_blank(row) or _tabbed(row, text) or not run.figures):
        return Placed(row, certainty if run.gridded else min(certainty, BY_STYLE))
    lines = expanded(run, blank_lines=style.blank_lines) if style.blank_lines else ()
    if len(lines) == CELLS:
        return Placed(lines, min(certainty, BY_STYLE))
    return REFUSED


def _whole_row(run: Run) -> tuple[Position, ...]:
    """Return the one printed row behind the head that has 15 cells and holds all the figures; () if there is none."""
    rows: dict[int, list[Token]] = {}
    for token in run.behind:
        rows.setdefault(token.row, []).append(token)
    figured = [row for row in rows.values() if any(token.kind == "figure" for token in row)] or list(rows.values())
    whole = [row for row in figured if len(row) == CELLS]
    return tuple(whole[0]) if len(whole) == len(figured) == 1 else ()


def _tabbed(row: Sequence[Position], text: str) -> bool:
    return all(text[cell.start - 1 : cell.start] == "\t" for cell in row if cell is not None and cell.kind == "blank")
