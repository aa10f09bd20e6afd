"""Office documents that are ZIP archives (OOXML, OpenDocument): members read within limits, XML without entities."""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from lxml import etree

from services.parse.document import Unreadable
from shared.documents import LIMIT, MEMBERS, RATIO

MOST_MARKUP = 3_000_000
"""Tags and attributes of one XML member; a long report has under a tenth, and each costs about 120 bytes of memory."""

_IN_ALL = 2 * LIMIT
_ENTRY = b"PK\x01\x02"
_ENCRYPTED = 0x1


class Related(NamedTuple):
    """A part that another part names: the last word of its kind, and its name in the package or its outside address."""

    kind: str
    target: str


@dataclass(frozen=True)
class Package:
    """An opened package; the names of its members are looked up as Word does, whatever their case.

    `sizes`: of the members read so far.
    """

    archive: zipfile.ZipFile
    sizes: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, data: bytes) -> "Package":
        """Open a package; Unreadable where it is damaged, or has more members than any report."""
        if data.count(_ENTRY) > 10 * MEMBERS:  # before the directory is read: an entry costs ten times its bytes
            raise Unreadable("a package of too many members")
        try:
            package = cls(zipfile.ZipFile(io.BytesIO(data)))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as fault:
            raise Unreadable("no whole package", "damaged") from fault
        if len(package.archive.infolist()) > MEMBERS:
            raise Unreadable("a package of too many members")
        return package

    @cached_property
    def _members(self) -> dict[str, zipfile.ZipInfo]:
        return {member.filename.replace("\\", "/").lstrip("/").lower(): member for member in self.archive.infolist()}

    def read(self, name: str) -> bytes | None:
        """Return the bytes of a member, None where there is none.

        Unreadable beyond 40 MiB, 200 times its packed size, or 80 MiB in all members.
        """
        member = self._members.get(name.lower())
        if member is None:
            return None
        if member.flag_bits & _ENCRYPTED:
            raise Unreadable("an encrypted member", "encrypted")
        limit = min(LIMIT, max(member.compress_size, 1024) * RATIO)
        try:
            with self.archive.open(member) as file:
                data = file.read(limit + 1)
        except (
            zipfile.BadZipFile,
            ValueError,
            NotImplementedError,
            OSError,
            EOFError,
            RuntimeError,
            zlib.error,
        ) as fault:
            raise Unreadable("a damaged member", "damaged") from fault
        self.sizes.append(len(data))
        if len(data) > limit or sum(self.sizes) > _IN_ALL:
            raise Unreadable("a package that unpacks to more than any report")
        return data

    def xml(self, name: str) -> Any | None:
        """Return the root element of an XML member, None where there is none."""
        data = self.read(name)
        return None if data is None else parse_xml(data)

    def related(self, part: str) -> dict[str, Related]:
        """Return the parts that a part ("" for the package) names, by the ids under which it speaks of them."""
        folder, _, name = part.rpartition("/")
        rels = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        return (
            {} if rels is None else {each.get("Id", ""): _related(each, folder) for each in rels.iterchildren("{*}*")}
        )

    def main_part(self, otherwise: str) -> str:
        """Return the name of the part that is the document itself."""
        parts = self.related("").values()
        return next((part.target for part in parts if part.kind == "officeDocument"), otherwise)


def _related(relationship: Any, folder: str) -> Related:
    kind, target = relationship.get("Type", "").rpartition("/")[2], relationship.get("Target", "")
    if relationship.get("TargetMode") == "External":
        return Related(kind, target)
    return Related(kind, posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/"))


def parse_xml(data: bytes) -> Any:
    """Return the root element; Unreadable for a document type (no office program writes one), for depth and for size.

    The parser's own limits hold: 256 elements deep, 10 million characters in one piece.
    """
    if len(data) > MOST_MARKUP and data.count(b"<") + data.count(b"=") > MOST_MARKUP:
        raise Unreadable("more markup than any report")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as fault:
        beyond = fault.code in {etree.ErrorTypes.ERR_RESOURCE_LIMIT, etree.ErrorTypes.ERR_NAME_TOO_LONG}
        raise Unreadable(
            "XML beyond any report" if beyond else "no XML", "refused_structure" if beyond else "damaged"
        ) from fault
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable("XML with a document type")
    return root


@lru_cache(maxsize=4096)
def local_name(qualified: str) -> str:
    """Return a name without its namespace: transitional and strict files differ only there."""
    return qualified.rpartition("}")[2]


def local(element: Any) -> str:
    """Return the name of an element without its namespace."""
    return local_name(element.tag)


def leading(children: Sequence[Any], name: str) -> Any | None:
    """Return the child of this name where it stands first or second: where the properties of an element stand."""
    for child in children[:2]:
        if local_name(child.tag) == name:
            return child
    return None


def attributes(element: Any) -> dict[str, str]:
    """Return an element's attributes by their names without namespaces."""
    return {local_name(name): value for name, value in element.items()}


def whole(printed: str | None, otherwise: int) -> int:
    """Return a number of up to five digits from an attribute; what is longer, or none, counts as `otherwise`."""
    return int(printed) if printed and printed.isascii() and printed.isdigit() and len(printed) <= 5 else otherwise
