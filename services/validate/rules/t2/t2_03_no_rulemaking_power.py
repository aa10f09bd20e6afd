"""没有规章制定权的机关在规章栏填了数字。

为什么：规章只能由国务院部门，以及省、自治区、直辖市和设区的市、自治州的人民政府制定；
县乡机关和地方的部门多半是把规范性文件填错了行。
机关的层级、类型以机关名录为准；没有名录的，列入未核验。政府办公室代政府填报，视同政府。
"""

from collections.abc import Iterator

from services.validate.operands import figures
from services.validate.rule import Case, Unchecked, Violation, rule
from services.validate.subject import Subject
from services.validate.wording import figure
from shared.model.agency import Agency

_COUNTY = Agency("1", "样例县人民政府", level="县", type="政府")
_CITY = Agency("2", "样例市人民政府", level="市", type="政府")
_BUREAU = Agency("3", "样例市财政局", level="市", type="部门")


@rule(
    id="T2-03",
    severity="W",
    tables=("2",),
    basis=("LEG",),
    suggestion="请核实是否应填在规范性文件一行。",
    breaks=(
        Case("县政府填了规章3件", {"table2/规章/现行有效件数": 3}, agency=_COUNTY),
        Case("市级部门填了规章1件", {"table2/规章/对外公开总数量": 1}, edition="2019", agency=_BUREAU),
    ),
    silent=(
        Case("市政府填了规章3件", {"table2/规章/现行有效件数": 3}, agency=_CITY),
        Case("县政府规章栏为0", agency=_COUNTY),
        Case("没有机关名录", {"table2/规章/现行有效件数": 3}),
    ),
)
def no_rulemaking_power(subject: Subject) -> Iterator[Violation | Unchecked]:
    """没有规章制定权的机关填了规章"""
    power = _has_power(subject.agency)
    if power is None:
        yield Unchecked("no_directory")
        return
    filled = subject.filled["2"]
    addresses = [("规章", column.name) for column in filled.form.row("规章").columns]
    found = figures(filled, addresses)
    if isinstance(found, Unchecked):
        yield found
    elif any(found) and not power:
        assert subject.agency is not None
        filled_in = {address: number for address, number in zip(addresses, found, strict=True) if number}
        numbers = "、".join(figure(number) for number in filled_in.values())
        read = next(iter(filled_in.values())) if len(filled_in) == 1 else numbers
        message = f"{subject.agency.name}不具有规章制定权，规章栏填{numbers}，请核实。"
        yield Violation(message, filled.places(filled_in), read, 0)


def _has_power(agency: Agency | None) -> bool | None:
    """Whether the agency may make rules; None where the directory does not say its level or type."""
    if agency is None or agency.level is None:
        return None
    if agency.level in {"县", "乡"}:
        return False
    if agency.level == "国家":
        return True
    return None if agency.type is None else agency.type in {"政府", "政府办公室"}
