"""规章、行政规范性文件：现行有效件数少于本年制发减去本年废止的件数。

为什么：年初的存量不可能是负数，年末有效的至少有“制发－废止”那么多。
本年制发、当年又废止的，仍然成立。
"""

from collections.abc import Iterator

from services.validate.operands import figures
from services.validate.rule import Case, Unchecked, Violation, rule
from services.validate.subject import FilledTable, Subject
from services.validate.wording import figure
from shared.forms.printed import printed_row


@rule(
    id="T2-01",
    severity="W",
    tables=("2",),
    basis=("A20", "F30"),
    editions=("2021",),
    suggestion="请核对制发、废止、现行有效三个件数。",
    breaks=(Case("制发5件、废止2件，现行有效只有2件", {"table2/行政规范性文件/现行有效件数": 2}),),
    silent=(
        Case("制发5件、废止2件，现行有效3件", {"table2/行政规范性文件/现行有效件数": 3}),
        Case("废止多于制发", {"table2/行政规范性文件/本年废止件数": 9, "table2/行政规范性文件/现行有效件数": 0}),
    ),
)
def stock_below_made(subject: Subject) -> Iterator[Violation | Unchecked]:
    """现行有效件数少于本年净增"""
    filled = subject.filled["2"]
    for path in ("规章", "行政规范性文件"):
        yield from _checked(filled, path)


def _checked(filled: FilledTable, path: str) -> Iterator[Violation | Unchecked]:
    addresses = [(path, column) for column in ("现行有效件数", "本年制发件数", "本年废止件数")]
    found = figures(filled, addresses)
    if isinstance(found, Unchecked):
        yield found
        return
    valid, made, void = found
    if valid < made - void:
        name = printed_row(filled.edition, "2", path)
        message = f"表二{name}：现行有效{figure(valid)}件少于本年制发{figure(made)}减废止{figure(void)}件。"
        yield Violation(message, filled.places(addresses), valid, made - void, valid - (made - void))
