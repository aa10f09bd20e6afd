"""ZIP archives for tests."""

import io
import zipfile


def zipped(members: dict[str, bytes], *, mimetype: str | None = None, packed: bool = True) -> bytes:
    """Return a ZIP archive of these members, compressed; `mimetype` stands first and as it is, as OpenDocument wants it.

    The bytes do not depend on when it is made.
    """
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED) as archive:
        if mimetype:
            archive.writestr(zipfile.ZipInfo("mimetype"), mimetype, zipfile.ZIP_STORED)
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, archive.compression)
    return data.getvalue()


def nameless(archive: bytes) -> bytes:
    """Return a ZIP archive whose directory gives its first member, of a name of one letter, no name at all."""
    entry = archive.index(b"PK\x01\x02")
    return archive[: entry + 28] + b"\0\0\1\0" + archive[entry + 32 :]
