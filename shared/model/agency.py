"""An agency as the operator's directory lists it."""

from dataclasses import dataclass
from typing import Literal

Level = Literal["国家", "省", "市", "县", "乡"]
AgencyType = Literal["政府", "政府办公室", "部门", "执法", "派出机关", "其他"]


@dataclass(frozen=True, slots=True)
class Agency:
    """A directory row: `id` is stable, `mailbox` is the only address that mail may go to, `supervisor` another agency's name."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    region: str | None = None
    level: Level | None = None
    type: AgencyType | None = None
    mailbox: str | None = None
    supervisor: str | None = None
