"""Table 4: its head words repeat and are often cut, so it is found by its head as a whole and counted, never by single words."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from services.parse.labels import HEAD_LETTERS
from services.parse.placing import REFUSED, Placed, is_cut_off, only_spaces_part
from services.parse.runs import Run
from services.parse.style import BY_LIKENESS, BY_STYLE, Position, Style, expanded, has_inner_blank
from services.parse.tokens import Token

CELLS = 15
_HEAD = 400  # squeezed characters; the whole head has 90
_LONGEST_OUTCOMES = 60
_BLOCKS = ("行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉")
_IN_ORDER = "结果维持结果纠正其他结果尚未审结总计"
_SCATTERED = Counter(_IN_ORDER * 3)  # heads written downwards, whose letters an extractor gives line by line
_LAST_BLOCK = re.compile("复议后起诉|直接起诉|行政诉讼")


class Outcomes(NamedTuple):
    """A printing of table 4: the run of its head and figures, and how sure its head is; 0 where it names another order.

    `whole`: its three parts were printed one under another, with five cells each.
    """

    run: Run
    certainty: float
    whole: bool = False


def find_outcomes(runs: Sequence[Run]) -> list[Outcomes]:
    """Return every printing of table 4, in order."""
    if (apart := _three_parts(runs)) is not None:
        return [apart]
    return [
        Outcomes(run, certainty)
        for run in runs
        if run.behind and run.row is None and (certainty := _certainty(run.text[-_HEAD:])) is not None
    ]


def _three_parts(runs: Sequence[Run]) -> Outcomes | None:
    """Return a table 4 printed part under part with five cells each: every part under its head, or a line each under one."""
    for first, run in enumerate(runs[:-2]):
        if not _is_part(run):
            continue
        parts = runs[first : first + 3]
        if all(map(_is_part, parts)) and (_names_blocks(parts) or _names_lines(parts)):
            cells = tuple(token._replace(row=0) for run in parts for token in run.behind[: CELLS // 3])
            return Outcomes(Run(parts[0].number, parts[0].labels, cells, 0), 1.0, whole=True)
    return None


def _is_part(run: Run) -> bool:
    """Whether five figures stand behind the labels, or one row of five cells."""
    if len(run.figures) == CELLS // 3:
        return run.behind[: CELLS // 3] == run.figures
    return len(run.behind) == CELLS // 3 and len({token.row for token in run.behind}) == 1


def _names_blocks(parts: Sequence[Run]) -> bool:
    """Whether the labels of each part end in its name, all five outcomes in their order, and nothing else."""
    names = ("行政复议", *_BLOCKS[2:])
    return all(
        re.search(f"{name}(?:件数|情况)?{_IN_ORDER}$", run.text[-_HEAD:])
        for run, name in zip(parts, names, strict=True)
    )


def _names_lines(parts: Sequence[Run]) -> bool:
    """Whether one head names the five outcomes in their order and each part is the line of its name."""
    review, direct, after = (run.text[-_HEAD:] for run in parts)
    return bool(
        re.search(f"{_IN_ORDER}[一1]?行政复议(?:件数|情况)?$", review)
        and re.fullmatch("[二2]?(?:行政诉讼)?[一二12]?未经复议直接起诉(?:件数|情况)?", direct)
        and re.fullmatch("(?:行政诉讼)?[二三23]?复议后起诉(?:件数|情况)?", after)
    )


def _certainty(head: str) -> float | None:
    """Return how surely this head is the official one, nothing but outcomes behind its last block; None for another head."""
    named = [block for block in _BLOCKS if block in head]
    blocks = list(_LAST_BLOCK.finditer(head))
    if len(named) < 2 or not blocks:
        return None
    behind = head[blocks[-1].end() :]
    if not any(word in head for word in ("结果", "审结", "尚未")):
        return BY_LIKENESS if Counter(behind) == _SCATTERED else None
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
    certainty = min(outcomes.certainty, BY_LIKENESS) if is_cut_off(run, text) else outcomes.certainty
    if not certainty or len(run.figures) > CELLS or run.beside_cells:
        return REFUSED
    if len(run.figures) == CELLS and not has_inner_blank(run.behind):
        return _counted(run, certainty, style, text)
    if outcomes.whole:
        return Placed(run.behind, certainty if run.gridded else min(certainty, BY_STYLE))
    row = _whole_row(run)
    if row and (run.gridded or style.blanks_printed or has_inner_blank(row) or _tabbed(row, text) or not run.figures):
        return Placed(row, certainty if run.gridded else min(certainty, BY_STYLE))
    lines = expanded(run, blank_lines=style.blank_lines) if style.blank_lines else ()
    if len(lines) == CELLS:
        return Placed(lines, min(certainty, BY_STYLE))
    return REFUSED


def _counted(run: Run, certainty: float, style: Style, text: str) -> Placed:
    """Place exactly 15 figures; refused where an empty cell stands before them, for then one of them is of another column."""
    first = run.figures[0]
    before = [token for token in run.behind if token.row == first.row and token.start < first.start]
    if (style.blank_lines and first.gap) or not all(text.startswith("\n|", token.start - 1) for token in before):
        return REFUSED
    last = run.figures[-1]
    if not run.gridded and any(token.row == last.row and token.start > last.start for token in run.behind):  # padding
        certainty = min(certainty, BY_STYLE)
    if not only_spaces_part(run.figures, text):
        return Placed(run.figures, min(certainty, style.counted))
    return REFUSED if style.lined else Placed(run.figures, min(certainty, BY_LIKENESS if style.swallowed else BY_STYLE))


def _whole_row(run: Run) -> tuple[Position, ...]:
    """Return the one printed row behind the head that has 15 cells and holds all the figures; () if there is none.

    Where a real grid holds no figure at all, its first row of so many empty cells is the one left empty.
    """
    rows: dict[int, list[Token]] = {}
    for token in run.behind:
        rows.setdefault(token.row, []).append(token)
    if run.gridded and not run.figures:
        return next((tuple(row[:CELLS]) for row in rows.values() if len(row) >= CELLS), ())
    figured = [row for row in rows.values() if any(token.kind == "figure" for token in row)] or list(rows.values())
    whole = [row for row in figured if len(row) == CELLS]
    return tuple(whole[0]) if len(whole) == len(figured) == 1 else ()


def _tabbed(row: Sequence[Position], text: str) -> bool:
    return all(text[cell.start - 1 : cell.start] == "\t" for cell in row if cell is not None and cell.kind == "blank")
