"""The printed labels of the official tables as keys: squeezed, in both editions, found at the end of what stands before a figure."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from shared.forms import FORMS
from shared.forms.form import Row
from shared.model.cell import FormEdition, TableNumber
from shared.simplified import simplify

_LONGEST_KEPT = 200  # characters; a label is as short, and what is longer would only fill the memory
_BETWEEN = re.compile(r"<br ?/?>|[\W_]+")
_ENUMERATOR = re.compile(r"^(?:[（(]?[一二三四五六七八九十]{1,2}[）)、]|\d{1,2}[.、．])")
_REMARK = re.compile(r"（[^（）]*）")
_EXPLAINED = re.compile(r"([^（(]{2,30})[（(](?!单位)[^（）()]{4,150}[）)]\s*")  # a label, and who fills it in how
_OTHER_WORDS = {"规范性文件": ("规范性档案", "行政规范性档案")}  # the vocabulary of mirror sites


def squeeze(printed: str) -> str:
    """Return the letters, digits and simplified characters of a printed label: no spaces, brackets, dots, dashes, pipes."""
    return _squeezed(printed) if len(printed) <= _LONGEST_KEPT else _squeezed.__wrapped__(printed)


@lru_cache(maxsize=8192)
def _squeezed(printed: str) -> str:
    plain = _BETWEEN.sub("", unicodedata.normalize("NFKC", printed))
    return simplify(plain)


@dataclass(frozen=True, slots=True, eq=False)
class Slot:
    """A row of either edition: its table, place in the common order, label without enumerator, and path by edition.

    There is one of each; they are compared ten thousand times a report, so by identity.
    """

    table: TableNumber
    order: int
    label: str
    core: str
    rows: dict[FormEdition, Row]


def _name(row: Row) -> str:
    return "规范性文件" if row.path == "行政规范性文件" else row.path


def _merged(number: TableNumber) -> list[str]:
    """Return the row names of both editions in one order that keeps the order of each."""
    names = [_name(row) for row in FORMS["2021"].tables[number].rows]
    place = 0
    for row in FORMS["2019"].tables[number].rows:
        if (name := _name(row)) in names:
            place = names.index(name) + 1
        else:
            names.insert(place, name)
            place += 1
    return names


def core(label: str) -> str:
    """Return a label squeezed, without its enumerator."""
    return squeeze(_ENUMERATOR.sub("", label))


def _slots(number: TableNumber) -> tuple[Slot, ...]:
    slots = []
    for order, name in enumerate(_merged(number)):
        rows = {
            edition: row for edition, form in FORMS.items() for row in form.tables[number].rows if _name(row) == name
        }
        label = rows.get("2021", rows.get("2019"))
        assert label is not None
        slots.append(Slot(number, order, label.label, core(label.label), rows))
    return tuple(slots)


SLOTS: dict[TableNumber, tuple[Slot, ...]] = {"2": _slots("2"), "3": _slots("3")}
_WEAK = frozenset({"其他", "总计"})  # also columns: a row only with their enumerator, or by their place in the chain


def _spellings(slot: Slot) -> set[str]:
    if slot.core in _WEAK:
        return {squeeze(slot.label)}
    labels = [row.label for row in slot.rows.values()]
    others = [word for label in labels for word in _OTHER_WORDS.get(label, ())]
    return {core(spelling) for label in labels for spelling in (label, _REMARK.sub("", label), *others)}


EXACT: dict[str, Slot] = {spelling: slot for slots in SLOTS.values() for slot in slots for spelling in _spellings(slot)}
WEAK: dict[str, Slot] = {slot.core: slot for slots in SLOTS.values() for slot in slots if slot.core in _WEAK}
_ENDING_IN = {
    last: sorted((spelling for spelling in EXACT if spelling[-1] == last), key=len, reverse=True)
    for last in {spelling[-1] for spelling in EXACT}
}
_MENTION = re.compile("|".join(sorted(EXACT, key=len, reverse=True)))
LONGEST_LABEL = 180
"""Characters of a row label that is explained."""
_GROUPS = {
    core(group)
    for form in FORMS.values()
    for table in form.tables.values()
    for row in table.rows
    for group in row.groups
}
_BEFORE = re.compile(
    "(?:^|"
    + "|".join(sorted(_GROUPS))
    + "|信息内容|数量|件数|金额|保留4位小数|单位万元|总计|其他)[一二三四五六七八九十0-9]{0,2}$"
)


def ending(text: str) -> tuple[Slot, int] | None:
    """Return the row whose official label ends this squeezed text, and where the label begins; None if none does."""
    for spelling in _ENDING_IN.get(text[-1:], ()):
        if text.endswith(spelling):
            return EXACT[spelling], len(text) - len(spelling)
    return None


def may_precede(prefix: str) -> bool:
    """Whether this may stand before a row label in one cell: nothing, an enumerator, a group label, a column label."""
    return not prefix or _BEFORE.search(prefix) is not None


def mentions(text: str) -> list[Slot]:
    """Return the rows whose official labels stand anywhere in this squeezed text, in order of place."""
    return [EXACT[match.group()] for match in _MENTION.finditer(text)]


def names_row(cell: str) -> bool:
    """Whether a printed cell is the whole official label of a row, with or without enumerator, group and explanation."""
    return len(cell) <= LONGEST_LABEL and _names_row(cell)


@lru_cache(maxsize=4096)
def _names_row(cell: str) -> bool:
    return _is_whole(unexplained(cell))


def _is_whole(label: str) -> bool:
    found = ending(label)
    return found is not None and may_precede(label[: found[1]])


def unexplained(printed: str) -> str:
    """Return a printed label squeezed, without the explanation in brackets that a circular added to an official one."""
    return _unexplained(printed) if len(printed) <= _LONGEST_KEPT else _unexplained.__wrapped__(printed)


@lru_cache(maxsize=8192)
def _unexplained(printed: str) -> str:
    whole = squeeze(printed)
    match = _EXPLAINED.fullmatch(printed) if printed.rstrip()[-1:] in {"）", ")"} else None
    if match is None or whole in COLUMNS or _is_whole(whole):
        return whole
    label = squeeze(match[1])
    return label if label in EXACT or label in COLUMNS else whole


OUTCOME_ROWS = frozenset(squeeze(row.label) for row in FORMS["2021"].tables["4"].rows)
OUTCOMES = frozenset(squeeze(column.label) for column in FORMS["2021"].tables["4"].rows[0].columns)


_HEADS = ("信息内容", "申请人情况", "法人或其他组织")


def _columns(number: TableNumber) -> set[str]:
    rows = [row for form in FORMS.values() for row in form.tables[number].rows]
    return {*_HEADS, *(column.label for row in rows for column in row.columns)}


COLUMNS = frozenset(squeeze(label) for number in ("2", "3", "4") for label in _columns(number))
"""What the heads of the tables print over one or several columns, squeezed."""


def _letters(number: TableNumber) -> frozenset[str]:
    tables = [form.tables[number] for form in FORMS.values()]
    rows = [row for table in tables for row in table.rows]
    printed = [*(caption for table in tables for caption in table.captions), *_columns(number)]
    printed += [group for row in rows for group in row.groups] + ([row.label for row in rows] if number == "4" else [])
    return frozenset(squeeze("".join(printed)))


HEAD_LETTERS: dict[TableNumber, frozenset[str]] = {number: _letters(number) for number in ("2", "3", "4")}
