"""The verdict on a report, the gravest cause first."""

from collections.abc import Iterable, Sequence

from services.validate.subject import FIRM, Subject
from shared.model.cell import Table, TableNumber
from shared.model.finding import Finding
from shared.model.judgement import Verdict

_DECISIVE: tuple[TableNumber, ...] = ("3", "4")
# Measured on published pages: a table 3 with fewer than 15 of its 25 rows was not read, rather than incomplete.
_READ_SHARE = 15 / 25


def verdict_of(subject: Subject, findings: Iterable[Finding], failures: Sequence[object]) -> Verdict:
    """Return 需更正 for any E; else 无法核验 if table 3 or 4 was not read or a rule failed; else 请核实 for any W; else 合格."""
    severities = {finding.severity for finding in findings}
    if "E" in severities:
        return "需更正"
    if failures or not decisive_tables_read(subject):
        return "无法核验"
    return "请核实" if "W" in severities else "合格"


def decisive_tables_read(subject: Subject) -> bool:
    """Whether tables 3 and 4 were read; a report from before there was an official form has none to read."""
    tables = subject.report.tables
    return all(subject.unread(number) is None and _certain(tables[number]) for number in _DECISIVE if number in tables)


def _certain(table: Table) -> bool:
    """Whether most cells stand at a known place and were read for certain."""
    lost = sum(cell.state in {"unplaced", "missing"} or cell.confidence < FIRM for cell in table.cells)
    return lost <= len(table.cells) * (1 - _READ_SHARE)
