"""The agency's own name taken apart: regions, the proper part, the kind of organ; and how one tells it from another's."""

import re
from dataclasses import dataclass
from typing import Literal

from services.validate.subject import Subject
from shared.names import region_of
from shared.simplified import simplify
from shared.text import fold

Kind = Literal["乡镇", "街道", "部门", "政府"]

_CJK = "[\u4e00-\u9fff]"
_BEHIND = "(?:人民政府)?(?:街道)?(?:党工委|办事处|办)?(?:党政)?(?:综合)?(?:办公室|机关)?"
_TOWNSHIP = re.compile(
    rf"(?P<region>(?:{_CJK}*[省市区县旗盟州])?)(?:人民政府)?(?P<proper>{_CJK}{{2,6}}?)(?P<organ>街道|镇|乡|苏木){_BEHIND}"
)
_GOVERNMENT = re.compile("(?:人民)?政府(?:办公?[室厅]?)?|(?:党工委)?管理?委员会(?:办公室)?|管委会(?:办公室)?")
_DEPARTMENT = re.compile(rf"(?:人民政府)?(?P<proper>{_CJK}{{2,20}}?)(?P<organ>局|委员会|委|厅|办公室|中心|处|院|馆)")


@dataclass(frozen=True, slots=True)
class OwnName:
    """An agency's full name in folded, simplified characters; `region` before the proper part, `organ` behind it.

    A town: 样例市示范区 / 禾苗 / 街道. A department: 样例市 / 市场监督管理 / 局. A government and its office have no proper
    part: theirs is the region.
    """

    full: str
    region: str
    proper: str
    organ: str
    kind: Kind

    @property
    def short(self) -> str:
        """The name without regions and what follows the organ: 禾苗街道, 市场监督管理局; of a government the full one."""
        return self.proper + self.organ or self.full


def own_name(subject: Subject) -> OwnName | None:
    """Return the name of the reporting agency taken apart; None where it is not known or of another build."""
    printed = subject.report.agency or subject.report.title_agency
    return taken_apart(simplify(fold(printed))) if printed else None


def certain_name(subject: Subject) -> OwnName | None:
    """Return the agency's name where its title or the directory gives it, not only the prose; in the fullest form printed."""
    named = subject.agency.name if subject.agency else subject.report.title_agency
    known, own = taken_apart(simplify(fold(named))) if named else None, own_name(subject)
    if known and own and (known.kind, known.proper) == (own.kind, own.proper):
        return own
    return known


def taken_apart(name: str) -> OwnName | None:
    """Return a full name taken apart, e.g. 样例市示范区禾苗街道办事处; None for one of another build (海关, 大学)."""
    town = _TOWNSHIP.fullmatch(name)
    if town:
        kind: Kind = "街道" if town["organ"] == "街道" else "乡镇"
        return OwnName(name, town["region"], town["proper"], town["organ"], kind)
    region = region_of(name)
    rest = name[len(region) :]
    if not region:
        return None
    if _GOVERNMENT.fullmatch(rest):
        return OwnName(name, region, "", "", "政府")
    department = _DEPARTMENT.fullmatch(rest)
    return OwnName(name, region, department["proper"], department["organ"], "部门") if department else None


def names_of(subject: Subject) -> tuple[str, ...]:
    """Return every name that is the agency's own: as the report prints it, as the directory lists it, and the short one."""
    own, report = own_name(subject), subject.report
    printed = (report.agency, report.title_agency, own.short if own else None)
    return tuple(dict.fromkeys((*(simplify(fold(name)) for name in printed if name), *listed_names(subject))))


def listed_names(subject: Subject) -> tuple[str, ...]:
    """Return the names under which the directory lists the agency; none without a directory."""
    agency = subject.agency
    return tuple(simplify(fold(name)) for name in (agency.name, *agency.aliases)) if agency else ()


def county_of(own: OwnName) -> str | None:
    """Return the last county, district, banner or city of a name's region (示范区 of 样例市示范区), as its last character shows."""
    levels = re.findall(f"{_CJK}*?[省市区县旗盟州]", own.region)
    return levels[-1] if levels else None


def one_form(own: OwnName, other: OwnName) -> bool:
    """Whether the proper part of one name is that of another, or differs by few characters so that it may be meant for it."""
    shared = sum(character in other.proper for character in own.proper)
    return (
        own.proper in other.proper
        or other.proper in own.proper
        or shared >= max(len(own.proper), len(other.proper)) - 1 > 1
    )
