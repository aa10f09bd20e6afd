"""Errors are instructions to whoever runs the work; a fault in a report is a finding, never an error.

NianbaoError
├── Transient            wait and try again in place; never dead-lettered; exit code 4 where a command cannot wait
├── Rejected(reason)     dead-letter at once; reasons are a closed list
├── Halted               a consumer stopped itself rather than dead-letter everything; a person must look; exit code 4
└── UsageError           one clear line for the person at the command line, exit code 2
"""

import errno
import pathlib
import traceback
from typing import Literal, get_args

RejectReason = Literal["envelope", "schema", "document_missing", "bug"]
REJECT_REASONS: tuple[RejectReason, ...] = get_args(RejectReason)


class NianbaoError(Exception):
    """Root of the errors of this project."""


class Transient(NianbaoError, ConnectionError):  # noqa: N818 - the name is the instruction
    """Infrastructure is away (database, broker, mail server): wait and try again."""


class Rejected(NianbaoError, ValueError):  # noqa: N818 - the name is the instruction
    """The event can never be handled: dead-letter it under `reason`."""

    def __init__(self, reason: RejectReason, message: str) -> None:
        super().__init__(message)
        self.reason: RejectReason = reason


class Halted(NianbaoError, RuntimeError):  # noqa: N818 - the name is the instruction
    """A consumer stopped itself rather than dead-letter everything; the message says which and where to look."""


class UsageError(NianbaoError, ValueError):
    """What a person asked for cannot be done as asked; the message is one line for them."""


_OF_THE_SYSTEM = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EEXIST: "已经存在",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.ENAMETOOLONG: "名称过长",
    errno.ENOSPC: "磁盘已满",
    errno.EROFS: "磁盘只能读，不能写",
    errno.EIO: "读写出错",
    errno.EMFILE: "打开的文件过多",
    errno.EADDRINUSE: "端口已被占用",
    errno.EADDRNOTAVAIL: "本机没有这个地址",
    errno.ECONNREFUSED: "连接被拒绝",
}


def system_said(fault: OSError) -> str:
    """Return what the system said, in Chinese where it is a common fault."""
    return _OF_THE_SYSTEM.get(fault.errno or 0) or fault.strerror or type(fault).__name__


def why_away(error: BaseException) -> str:
    """Return in a sentence why something does not answer: our own words or the system's, of any other error the type only."""
    if isinstance(error, Transient | UsageError):
        return str(error)
    if isinstance(error, TimeoutError):
        return "没有及时应答"
    if isinstance(error, OSError) and error.errno:
        return system_said(error)
    return f"没有应答（{type(error).__name__}）"


def where(error: BaseException) -> str:
    """Return an error's type and the place of ours it came through, never its message: that may quote a report."""
    places = [
        f"{'/'.join(pathlib.Path(frame.filename).parts[-3:])}:{frame.lineno}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    ours = [place for place in places if "services/" in place or "shared/" in place] or places
    return " at ".join([type(error).__name__, *ours[-1:]])
