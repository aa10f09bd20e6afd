"""A wrong setting is one line; the safe choice is the one that nobody has to make."""

import pytest

from services.notify.settings import NotifySettings
from shared.ops.errors import UsageError

SERVER = {"mail": "smtp", "smtp_host": "mail.example.invalid", "mail_from": "office@example.invalid"}


def test_nothing_is_mailed_unless_somebody_decides_so(tmp_path, monkeypatch):
    """Held for review, written to a folder, encrypted when a server is named."""
    monkeypatch.chdir(tmp_path)
    settings = NotifySettings(data_dir=tmp_path)
    assert (settings.release, settings.mail, settings.smtp_tls) == ("review", "folder", "starttls")
    assert settings.folder == tmp_path / "mails"


@pytest.mark.parametrize("missing", ["smtp_host", "mail_from"])
def test_a_server_needs_its_name_and_a_sender(missing):
    """Otherwise every mail would fail one by one."""
    with pytest.raises(UsageError, match="smtp_host"):
        NotifySettings(**{name: value for name, value in SERVER.items() if name != missing})


@pytest.mark.parametrize("address", ["office", "a@b@c", "a@b\r\nBcc: c@d", "a b@example.invalid"])
def test_an_address_is_one_address(address):
    """It becomes a header."""
    with pytest.raises(UsageError, match="mail_from"):
        NotifySettings(**{**SERVER, "mail_from": address})


def test_the_letterhead_is_what_was_set():
    """Name, address, answers, contact, term."""
    office = NotifySettings(
        **SERVER, mail_from_name="样例市政务公开办公室", mail_contact="张工", deadline_days=5
    ).office
    assert (office.name, office.address, office.reply_to) == ("样例市政务公开办公室", "office@example.invalid", None)
    assert (office.contact, office.deadline_days) == ("张工", 5)


def test_a_password_is_not_printed():
    """Not even by accident."""
    assert "hunter2" not in repr(NotifySettings(**SERVER, smtp_password="hunter2"))
