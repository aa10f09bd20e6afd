"""Settings of ingest as an operator writes them."""

import os
import pathlib

import pytest

from services.ingest.settings import IngestSettings
from shared.ops.errors import UsageError


@pytest.mark.parametrize(
    ("text", "folders"),
    [("", ()), ("收件", ("收件",)), (f"甲{os.pathsep}乙", ("甲", "乙")), ('["甲", "乙"]', ("甲", "乙"))],
)
def test_watched_folders_are_written_as_in_path_or_as_json(monkeypatch, text, folders):
    """One folder needs no quotes and brackets."""
    monkeypatch.setenv("NIANBAO_WATCH", text)
    assert IngestSettings().watch == tuple(map(pathlib.Path, folders))


def test_the_upload_server_is_for_this_machine_unless_told_otherwise():
    """Nothing listens to the network by default."""
    assert IngestSettings().upload_host == "127.0.0.1"


def test_a_token_does_not_show_in_an_error(monkeypatch):
    """Validation errors print their input; the token must not be in one."""
    monkeypatch.setenv("NIANBAO_UPLOAD_TOKEN", "s3cret")
    monkeypatch.setenv("NIANBAO_UPLOAD_PORT", "s3cret-port")
    with pytest.raises(UsageError) as fault:
        IngestSettings()
    assert "s3cret" not in str(fault.value)
    monkeypatch.delenv("NIANBAO_UPLOAD_PORT")
    assert "s3cret" not in repr(IngestSettings())


def test_every_setting_says_what_it_is():
    """The list of settings is made from these descriptions."""
    assert all(field.description for field in IngestSettings.model_fields.values())
