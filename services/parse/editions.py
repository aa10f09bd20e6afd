"""Which edition of the form a printed table follows: its labels decide, never the notice it cites nor its year."""

import re
from collections.abc import Sequence

from services.parse.chain import Match
from shared.forms import form_of_year
from shared.model.cell import FormEdition
from shared.model.report import ReportForm

_OF_2019 = re.compile(
    "新制作|新公开数量|对外公开总|上一年项目|本年增减|采购项目|采购总金额|其他对外管理服务事项|政府集中采购"
)
_OF_2021 = re.compile("制发|本年废止|废止件数|现行有效|本年处理决定|本年收费金额")

_DECIDED = frozenset({"行政许可", "行政处罚", "行政强制"})


def edition_of_year(year: int | None) -> FormEdition:
    """Return the edition in force for a report year, the present one where the year is not known or had no form."""
    form = form_of_year(year) if year is not None else None
    return form.edition if form is not None else "2021"


def edition_of_table2(matches: Sequence[Match]) -> FormEdition | None:
    """Return the edition by the heads and rows that only one has, and the numbers of figures behind the rows that have 3 in one, 1 in the other.

    One figure among blanks tells nothing: the others may have been left empty.
    """
    printed = "".join(match.run.text[-200:] for match in matches)
    decided = [match.run for match in matches if match.slot.core in _DECIDED]
    old = len(set(_OF_2019.findall(printed))) + sum(len(run.figures) == 3 for run in decided)
    new = len(set(_OF_2021.findall(printed))) + sum(len(run.figures) == len(run.behind) == 1 for run in decided)
    return None if old == new else "2019" if old > new else "2021"


def edition_of_table3(matches: Sequence[Match]) -> FormEdition | None:
    """Return the edition by (六)其他处理: one row with figures in 2019, a group of rows in 2021."""
    paths = {path for match in matches for path in [_only_path(match)] if path}
    if any(path.startswith("其他处理/") for path in paths):
        return "2021"
    return "2019" if "其他处理" in paths else None


def _only_path(match: Match) -> str | None:
    """Return the path of a row that one edition alone has, if figures or blanks stand behind it or it is no mere group."""
    if len(match.slot.rows) != 1:
        return None
    (row,) = match.slot.rows.values()
    return row.path if match.how != "mentioned" or "/" in row.path else None


def report_form(editions: Sequence[FormEdition | None]) -> ReportForm | None:
    """Return the form of a report from those of its tables 2 and 3: one edition, mixed, or None if no labels tell."""
    known = {edition for edition in editions if edition is not None}
    if len(known) > 1:
        return "mixed"
    return known.pop() if known else None
