"""What the system says reaches a clerk in Chinese."""

import errno
import os

import pytest

from shared.ops.errors import system_said


@pytest.mark.parametrize(
    ("code", "line"),
    [
        (errno.ENOENT, "没有这个文件或文件夹"),
        (errno.EACCES, "没有权限"),
        (errno.ENOSPC, "磁盘已满"),
        (errno.EADDRINUSE, "端口已被占用"),
        (errno.EDOM, os.strerror(errno.EDOM)),
    ],
)
def test_common_faults_are_told_in_chinese(code: int, line: str):
    """Others keep the system's own words."""
    assert system_said(OSError(code, os.strerror(code))) == line


def test_a_fault_without_words_is_named():
    """Never an empty reason."""
    assert system_said(TimeoutError()) == "TimeoutError"
