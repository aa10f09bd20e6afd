"""What becomes of labels and heads: letters wrong or lost, lines broken, cells split, groups printed in every row."""

import random
from collections.abc import Callable

from shared.forms import FORMS
from shared.model.cell import TableNumber
from shared.testing.made import Published, each_table
from shared.testing.sheet_edits import head_rows, relabelled, split
from shared.testing.sheets import Printed, Sheet

_LETTERS = "末未日曰己已木本术士土人入八力刀的事项类情政务公开申请信息数量其他关机"


def on_labels(change: Callable[[random.Random, str], str], share: float, *, heads: bool) -> Published:
    """Return the damage to a share of the row labels, or of the heads."""

    def relabel(chance: random.Random, _: TableNumber, printed: Sheet) -> Sheet:
        first = head_rows(printed)

        def changed(row: int, text: str) -> str:
            chosen = (row < first or text in HEADS) == heads and len(text) > 1 and chance.random() < share
            return change(chance, text) if chosen else text

        return relabelled(printed, changed)

    return each_table(relabel)


HEADS = frozenset(
    text
    for form in FORMS.values()
    for row in form.tables["2"].rows
    for text in ("信息内容", *row.groups, *(column.label for column in row.columns))
)


def wrong_letter(chance: random.Random, text: str) -> str:
    """Misread one letter."""
    at = chance.randrange(len(text))
    return text[:at] + chance.choice(_LETTERS) + text[at + 1 :]


def lost_letters(chance: random.Random, text: str) -> str:
    """Lose one letter or two."""
    at, many = chance.randrange(len(text)), chance.choice((1, 1, 2))
    return text[:at] + text[at + many :]


def lost_line(chance: random.Random, text: str) -> str:
    """Lose the second line of a head of two."""
    return text[: chance.choice((2, 3, len(text) // 2))]


def broken(chance: random.Random, text: str) -> str:
    """Break a label over lines."""
    at = chance.randrange(1, len(text))
    return text[:at] + chance.choice(("\n", " ", "\n\n")) + text[at:]


def letter_by_letter(_: random.Random, text: str) -> str:
    """Print a label letter under letter."""
    return "\n".join(text)


def spaced(chance: random.Random, text: str) -> str:
    """Space a label out."""
    return chance.choice((" ", "\u3000", "\xa0", "\u200b")).join(text)


def in_two_cells(chance: random.Random, number: TableNumber, printed: Sheet) -> Sheet:
    """Break labels that reach over two columns and more into two cells."""
    rows = []
    for row in printed:
        cells = []
        for cell in row:
            if (
                number == "3"
                and not cell.value
                and cell.columns in {2, 3}
                and cell.rows == 1
                and len(cell.text) > 1
                and chance.random() < 0.5
            ):
                at = chance.randrange(1, len(cell.text))
                cells += [Printed(cell.text[:at]), Printed(cell.text[at:], cell.columns - 1)]
            else:
                cells.append(cell)
        rows.append(cells)
    return rows


def groups_in_every_row(_: random.Random, _number: TableNumber, printed: Sheet) -> Sheet:
    """Print the group labels of table 3 in every row, nothing merged."""
    for at in range(len(printed) - 1, head_rows(printed), -1):
        upper, lower = split(printed, at, again=True)
        printed = [*upper, *lower]
    return printed
