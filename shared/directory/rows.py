"""From the rows of a list to agencies: every row is checked, and all faults are told at once."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from shared.directory.core import agency_id, names_of, normal_name
from shared.directory.sheet import Line, read_lines
from shared.model.agency import Agency, AgencyType, Level
from shared.ops.errors import UsageError

_BETWEEN_ALIASES = re.compile(r"[；;、，,\n]")
# One plain ASCII address (RFC 5321 lengths); what a mail server would refuse or read as two addresses is refused here.
_MAILBOX = re.compile(
    r"(?=[^@]{1,64}@)[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
)
_LONGEST_MAILBOX = 254
_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one row, by its number in the file."""

    row: int
    message: str


class FaultyDirectory(UsageError):  # noqa: N818 - the name is what it is
    """The list cannot be used; `faults` tells every faulty row."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        told = "；".join(f"第{fault.row}行：{fault.message}" for fault in self.faults[:3])
        rest = f"；另有{len(faults) - 3}处" if len(faults) > 3 else ""
        super().__init__(f"名录有{len(faults)}处错误：{told}{rest}")


def read_rows(data: bytes) -> tuple[Agency, ...]:
    """Return the agencies of an XLSX or CSV list in its order; FaultyDirectory with all faults, or UsageError."""
    lines = read_lines(data)
    if not lines:
        raise UsageError("名录中没有机关")
    agencies = [_agency(line.fields) for line in lines]
    numbered = [(line.number, agency) for line, agency in zip(lines, agencies, strict=True)]
    faults = [fault for line in lines for fault in _field_faults(line)]
    # An id that was made from a name was never typed: names that repeat are told as names.
    typed = {line.fields["编号"] for line in lines if "编号" in line.fields}
    faults += _repeated(numbered, lambda agency: tuple({agency.id} & typed), "编号“{0}”与第{1}行重复")
    faults += _repeated(numbered, names_of, "名称或别名“{0}”与第{1}行重复，一个名称只能属于一个机关")
    faults += _supervisor_faults(numbered)
    if faults:
        raise FaultyDirectory(sorted(set(faults), key=lambda fault: (fault.row, fault.message)))
    return tuple(agencies)


def _agency(fields: dict[str, str]) -> Agency:
    name = fields.get("名称", "")
    aliases = (alias.strip() for alias in _BETWEEN_ALIASES.split(fields.get("别名", "")))
    level: Any = fields.get("层级")
    kind: Any = fields.get("类型")
    return Agency(
        id=fields.get("编号") or agency_id(name),
        name=name,
        aliases=tuple(dict.fromkeys(alias for alias in aliases if alias and normal_name(alias) != normal_name(name))),
        region=fields.get("地区"),
        level=level,
        type=kind,
        mailbox=fields.get("邮箱"),
        supervisor=fields.get("上级机关"),
    )


def _field_faults(line: Line) -> list[Fault]:
    fields, told = line.fields, []
    if "名称" not in fields:
        told.append("没有填写名称")
    if any(len(name) > _LONGEST_NAME or not name.isprintable() for name in (fields.get("名称", ""),)):
        told.append(f"名称超过{_LONGEST_NAME}字或含有换行等控制字符")
    told += _choice("层级", fields, get_args(Level)) + _choice("类型", fields, get_args(AgencyType))
    mailbox = fields.get("邮箱", "")
    if mailbox and not (len(mailbox) <= _LONGEST_MAILBOX and _MAILBOX.fullmatch(mailbox)):
        told.append(f"邮箱“{mailbox}”不是一个有效的邮箱地址（只能填一个）")
    return [Fault(line.number, message) for message in told]


def _choice(header: str, fields: dict[str, str], allowed: Sequence[str]) -> list[str]:
    given = fields.get(header)
    return [] if given is None or given in allowed else [f"{header}“{given}”不在{'、'.join(allowed)}之中"]


def _repeated(
    numbered: Sequence[tuple[int, Agency]], keys: Callable[[Agency], tuple[str, ...]], told: str
) -> list[Fault]:
    first: dict[str, int] = {}
    carried = [(number, key) for number, agency in numbered if agency.name for key in keys(agency)]
    return [
        Fault(number, told.format(key, first[key]))
        for number, key in carried
        if first.setdefault(key, number) != number
    ]


def _supervisor_faults(numbered: Sequence[tuple[int, Agency]]) -> list[Fault]:
    listed = {name: agency for _, agency in reversed(numbered) for name in names_of(agency)}
    faults = []
    for number, agency in numbered:
        if agency.supervisor and normal_name(agency.supervisor) not in listed:
            faults.append(Fault(number, f"上级机关“{agency.supervisor}”不在名录中"))
        elif _is_above_itself(agency, listed):
            faults.append(Fault(number, f"上级机关“{agency.supervisor}”最终又以本机关为上级"))
    return faults


def _is_above_itself(agency: Agency, listed: dict[str, Agency]) -> bool:
    seen, above = set(), agency
    while above.supervisor and above.id not in seen:
        seen.add(above.id)
        higher = listed.get(normal_name(above.supervisor))
        if higher is None:
            return False
        if higher.id == agency.id:
            return True
        above = higher
    return False
