"""The token of uploads: one, generated, for its owner's eyes."""

import os
import pathlib
from concurrent.futures import ThreadPoolExecutor

import pytest

from services.ingest.bearer import token, token_or_new
from services.ingest.settings import IngestSettings
from shared.ops.errors import UsageError


def settings(folder: pathlib.Path, **given) -> IngestSettings:
    """Return settings with this data folder."""
    return IngestSettings(data_dir=folder, **given)


def test_the_token_is_made_once_and_stays(tmp_path):
    """A restart finds the token that clients have."""
    assert token(settings(tmp_path / "data")) is None
    made = token_or_new(settings(tmp_path / "data"))
    assert len(made) >= 32
    assert token_or_new(settings(tmp_path / "data")) == token(settings(tmp_path / "data")) == made


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps no permission bits")
def test_only_its_owner_can_read_the_token(tmp_path):
    """The file has mode 0600 whatever the umask, and one that others can read is refused, not used."""
    before = os.umask(0)
    try:
        token_or_new(settings(tmp_path))
    finally:
        os.umask(before)
    file = tmp_path / "upload-token"
    assert file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["upload-token"]
    file.chmod(0o640)
    with pytest.raises(UsageError, match="chmod 600"):
        token_or_new(settings(tmp_path))


def test_processes_that_start_at_once_share_one_token(tmp_path):
    """One wins; nobody is left with a token that is not in the file."""
    with ThreadPoolExecutor(8) as threads:
        made = set(threads.map(lambda _: token_or_new(settings(tmp_path)), range(32)))
    assert made == {token(settings(tmp_path))}


def test_the_settings_give_the_token_where_they_name_one(tmp_path):
    """A deployment hands the token over itself; then no file is made."""
    assert token_or_new(settings(tmp_path, upload_token="样例令牌")) == "样例令牌"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"\n", b"\xff\xfe"])
def test_a_broken_token_file_is_one_clear_line(tmp_path, content):
    """An empty file must not become a token that everybody knows."""
    (tmp_path / "upload-token").write_bytes(content)
    (tmp_path / "upload-token").chmod(0o600)
    with pytest.raises(UsageError, match="upload-token"):
        token_or_new(settings(tmp_path))
