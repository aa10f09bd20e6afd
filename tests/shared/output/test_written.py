"""What a command writes: a new file is never one that was there."""

import pytest

from shared.ops.errors import UsageError
from shared.output.written import write_new


def test_a_new_file_is_written_and_never_written_over(tmp_path):
    """What somebody filled in stays as it is."""
    path = tmp_path / "new.toml"
    write_new(b"1", path)
    with pytest.raises(UsageError, match="文件已经存在"):
        write_new(b"2", path)
    assert path.read_bytes() == b"1"


def test_a_folder_that_is_not_there_is_one_line(tmp_path):
    """With the path that a person gave."""
    with pytest.raises(UsageError, match=r"写不了 .*new\.toml："):
        write_new(b"1", tmp_path / "nowhere" / "new.toml")
