"""Where documents stand: files, folders in name order, and ZIP archives, which count as folders."""

import io
import lzma
import os
import pathlib
import re
import stat
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

LIMIT = 40 * 1024 * 1024
MEMBERS = 2000
ARCHIVE_LIMIT = 1024 * 1024 * 1024
RATIO = 200
DEPTH = 3

Problem = Literal[
    "missing",
    "no_documents",
    "no_access",
    "too_large",
    "archive_damaged",
    "archive_encrypted",
    "archive_limit",
    "unsafe_name",
    "address_invalid",
    "address_credentials",
    "address_port",
    "address_internal",
    "host_unknown",
    "unreachable",
    "certificate",
    "not_served",
    "redirected",
    "content_encoding",
    "broken_off",
    "too_slow",
    "failed",
]

PROBLEMS: dict[Problem, str] = {
    "missing": "找不到这个文件或文件夹。",
    "no_documents": "文件夹或压缩包中没有可以核验的文件。",
    "no_access": "没有读取这个文件的权限，或读取时出错。",
    "too_large": f"文件超过{LIMIT // 1024 // 1024}兆字节的上限，没有读取。",
    "archive_damaged": "压缩包已损坏，其中的文件无法读取。",
    "archive_encrypted": "压缩包设有密码，其中的文件无法读取。",
    "archive_limit": "压缩包内的文件过多、过大、压缩倍数异常或层层嵌套，超出部分没有读取。",
    "unsafe_name": "压缩包内这个文件的名称指向压缩包之外，为安全起见没有读取。",
    "address_invalid": "网址有误：只能读取 http:// 或 https:// 开头的网址。",
    "address_credentials": "网址中写有用户名或密码，没有读取。",
    "address_port": "网址的端口不在允许之列（见设置 fetch_ports），没有读取。",
    "address_internal": "网址指向内部网络，为安全起见没有读取；本单位内网的网站可用设置 fetch_allow 放行。",
    "host_unknown": "找不到这个网站。",
    "unreachable": "连不上这个网站。",
    "certificate": "网站的安全证书无效，没有读取。",
    "not_served": "网站没有给出这个网页或文件（可能已删除，或者不许程序读取）。",
    "redirected": "网址跳转次数过多，或者转到了不能读取的网址。",
    "content_encoding": "网站用了不支持的压缩方式，没有读取。",
    "broken_off": "网站的应答有误或中途断开，没有读完。",
    "too_slow": "网站应答太慢，超过时限（见设置 fetch_seconds）。",
    "failed": "程序处理这个文件时出错，已跳过；请把文件交给维护人员。",
}
"""Why a document could not be taken from where it stands: code -> one Chinese sentence."""

# Office documents are ZIP files too; one of these members tells them from an archive of documents.
_OFFICE_MEMBERS = frozenset({"[Content_Types].xml", "mimetype", "META-INF/manifest.xml", "OFD.xml"})
_ENCRYPTED = 0x1
_UTF8_NAME = 0x800


@dataclass(frozen=True, slots=True)
class Found:
    """A document found: its source (path, archive/member, web address), and its bytes or why there are none.

    `address` is where a web page was found that was redirected: what its links are seen from.
    """

    source: str
    data: bytes | None = None
    problem: Problem | None = None
    bytes: int | None = None
    address: str | None = None


class _TooMuch(Exception):  # noqa: N818 - caught here, never seen outside
    """An archive asks for more than is read of it."""


@dataclass
class _Allowance:
    """What may still be read of one outermost archive: an archive in an archive draws on the same."""

    bytes: int = ARCHIVE_LIMIT
    members: int = MEMBERS


def passed_over(name: str) -> bool:
    """Whether a file or folder of this name is no document: hidden, an editor's lock file, a download under way."""
    return name.startswith((".", "~$")) or name.lower().endswith((".tmp", ".crdownload"))


def files_in(folder: pathlib.Path) -> Iterator[pathlib.Path]:
    """Yield the files under a folder in name order; links to folders are not followed.

    A folder that cannot be listed is yielded itself, so that reading it says so.
    """
    try:
        with os.scandir(folder) as listing:
            entries = sorted((entry for entry in listing if not passed_over(entry.name)), key=lambda entry: entry.name)
    except OSError:
        yield folder
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from files_in(pathlib.Path(entry.path))
        elif _may_be_read(entry):
            yield pathlib.Path(entry.path)


def _may_be_read(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:  # a link that leads round, a share that fails: reading it says so
        return True


def is_archive(data: bytes) -> bool:
    """Whether these bytes are a ZIP of documents, and not an office document, which is a ZIP as well."""
    if not data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _OFFICE_MEMBERS.isdisjoint(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return b"[Content_Types].xml" not in data[:4096] and b"mimetypeapplication/" not in data[:256]


def documents_in(data: bytes, source: str) -> Iterator[Found]:
    """Yield the document itself, or each document of the archive that these bytes are, in name order."""
    if is_archive(data):
        yield from _members(data, source, _Allowance(), DEPTH)
    else:
        yield Found(source, data, bytes=len(data))


def read_file(path: pathlib.Path, source: str) -> Found:
    """Return the bytes of one file, or the problem that stands against reading it."""
    try:
        with path.open("rb") as file:
            data = file.read(LIMIT + 1)
            size = os.fstat(file.fileno()).st_size
    except FileNotFoundError:
        return Found(source, problem="missing")
    except OSError:
        return Found(source, problem="no_access")
    if len(data) > LIMIT:
        return Found(source, problem="too_large", bytes=max(size, len(data)))
    return Found(source, data, bytes=len(data))


def never_silent(found: Iterable[Found], source: str) -> Iterator[Found]:
    """Yield what stands at a source, or the problem that nothing does: a wrong folder must not look like a clean one."""
    nothing = True
    for each in found:
        nothing = False
        yield each
    if nothing:
        yield Found(source, problem="no_documents")


def documents_at(argument: str) -> Iterator[Found]:
    """Yield every document that a path names: the file, the documents of an archive, or of a folder in name order."""
    path = pathlib.Path(argument)
    try:
        folder = stat.S_ISDIR(path.stat().st_mode)
    except (OSError, ValueError) as fault:
        yield Found(argument, problem="no_access" if isinstance(fault, PermissionError) else "missing")
        return
    if folder:
        for file in files_in(path):
            below = f"{argument.rstrip('/')}/{file.relative_to(path).as_posix()}"
            yield from _unpacked(read_file(file, argument if file == path else below))
    else:
        yield from _unpacked(read_file(path, argument))


def _unpacked(found: Found) -> Iterator[Found]:
    if found.data is None:
        yield found
    else:
        yield from documents_in(found.data, found.source)


def _members(data: bytes, source: str, allowance: _Allowance, depth: int) -> Iterator[Found]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name, member in sorted(_named(archive), key=lambda pair: pair[0].split("/")):
                found = _member(archive, member, name, source, allowance)
                if found.data is not None and is_archive(found.data):
                    yield from _nested(found, allowance, depth - 1)
                else:
                    yield found
    except _TooMuch:
        yield Found(source, problem="archive_limit", bytes=len(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        yield Found(source, problem="archive_damaged", bytes=len(data))


def _nested(found: Found, allowance: _Allowance, depth: int) -> Iterator[Found]:
    if depth <= 0 or found.data is None:
        yield Found(found.source, problem="archive_limit", bytes=found.bytes)
    else:
        yield from _members(found.data, found.source, allowance, depth)


def _named(archive: zipfile.ZipFile) -> Iterator[tuple[str, zipfile.ZipInfo]]:
    for member in archive.infolist():
        name = _name(member)
        parts = (part for part in re.split(r"[/\\]", name) if part not in {".", ".."})
        if name and not member.is_dir() and not any(passed_over(part) for part in parts):
            yield name, member


def _leads_out(name: str) -> bool:
    """Whether a member's name is a path out of its archive: upwards, from the root, on a drive."""
    parts = re.split(r"[/\\]", name)
    return ".." in parts or not parts[0] or parts[0][1:2] == ":"


def _name(member: zipfile.ZipInfo) -> str:
    """Return a member's name; Chinese Windows writes names in GB18030 without saying so, and zipfile reads them as cp437."""
    if member.flag_bits & _UTF8_NAME:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return member.filename


def _member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, container: str, allowance: _Allowance
) -> Found:
    source = f"{container}/{name}"
    allowance.members -= 1
    if allowance.members < 0 or allowance.bytes <= 0:
        raise _TooMuch
    if _leads_out(name):
        return Found(source, problem="unsafe_name", bytes=member.file_size)
    if member.flag_bits & _ENCRYPTED:
        return Found(source, problem="archive_encrypted", bytes=member.file_size)
    limit = min(LIMIT, allowance.bytes, max(member.compress_size, 1024) * RATIO)
    try:
        with archive.open(member) as file:
            data = file.read(limit + 1)
    except (
        zipfile.BadZipFile,
        OSError,
        ValueError,
        EOFError,
        NotImplementedError,
        RuntimeError,
        zlib.error,
        lzma.LZMAError,
    ):
        return Found(source, problem="archive_damaged", bytes=member.file_size)
    allowance.bytes -= len(data)
    if len(data) > limit:
        return Found(source, problem="archive_limit", bytes=member.file_size)
    return Found(source, data, bytes=len(data))
