"""The directory of agencies: rows checked all at once, names found exactly, never by likeness."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID, uuid5

from shared.model.agency import Agency

_AGENCIES = UUID("5b0f0d0e-6f55-5d53-8f0a-5a3a6c1f7d11")
_BRACKETS = str.maketrans("〔〕【】[]{}<>〈〉《》", "()()()()()()()")


def normal_name(name: str) -> str:
    """Return what two writings of one name have in common: width, spaces and kinds of brackets do not count."""
    wide = unicodedata.normalize("NFKC", name).translate(_BRACKETS)
    return "".join(char for char in wide if not char.isspace() and unicodedata.category(char) not in {"Cf", "Cc"})


def agency_id(name: str) -> str:
    """Return the id of an agency that is listed without a number of its own."""
    return str(uuid5(_AGENCIES, normal_name(name)))


def names_of(agency: Agency) -> tuple[str, ...]:
    """Return the normal forms of an agency's name and aliases, each once."""
    return tuple(dict.fromkeys(normal_name(name) for name in (agency.name, *agency.aliases)))


class Directory:
    """Agencies by name. A name that two agencies carry finds neither: mail never goes to a guess."""

    def __init__(self, agencies: Iterable[Agency]) -> None:
        self.agencies = tuple(agencies)
        self._by_name: dict[str, Agency | None] = {}
        for agency in self.agencies:
            for name in names_of(agency):
                self._by_name[name] = None if name in self._by_name else agency

    def find(self, printed_name: str) -> Agency | None:
        """Return the agency with this name or alias, or None."""
        return self._by_name.get(normal_name(printed_name))


@dataclass(frozen=True, slots=True)
class Changed:
    """An agency before and after."""

    before: Agency
    after: Agency


@dataclass(frozen=True, slots=True)
class Difference:
    """What an import would do to the directory."""

    new: tuple[Agency, ...]
    changed: tuple[Changed, ...]
    gone: tuple[Agency, ...]

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.gone)


def compare(before: Iterable[Agency], after: Iterable[Agency]) -> Difference:
    """Return what differs between two states of the directory, agencies being the same where their ids are."""
    old = {agency.id: agency for agency in before}
    new = {agency.id: agency for agency in after}
    return Difference(
        new=tuple(agency for key, agency in new.items() if key not in old),
        changed=tuple(Changed(old[key], agency) for key, agency in new.items() if key in old and old[key] != agency),
        gone=tuple(agency for key, agency in old.items() if key not in new),
    )
