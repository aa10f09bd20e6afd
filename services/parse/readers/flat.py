"""Word documents saved as one XML file (Flat OPC): the parts of a package, one after the other in one element."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

from services.parse.document import Content, Unreadable
from services.parse.readers import docx
from services.parse.readers.package import attributes, parse_xml
from shared.documents import MEMBERS

_LONGEST_NAME = 200


def read(data: bytes) -> Content:
    """Return the content of a Word document; Unreadable where it is damaged, or beyond any report's structure."""
    parts = dict(_parts(parse_xml(data)))
    if len(parts) > MEMBERS:
        raise Unreadable("a package of too many parts")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return docx.read(packed.getvalue())


def _parts(root: Any) -> Iterator[tuple[str, bytes]]:
    """Yield name and XML of each part; pictures and other data are never looked at."""
    for part in root.iterchildren("{*}part"):
        content = next(part.iterchildren("{*}xmlData"), None)
        name = attributes(part).get("name", "").lstrip("/")
        if content is not None and len(content) and 0 < len(name) < _LONGEST_NAME:
            yield name, etree.tostring(content[0])
