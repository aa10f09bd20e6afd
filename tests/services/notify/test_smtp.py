"""A mail is handed over to a real server, and what the server says is told apart: taken, later, never, not known."""

import asyncio
import ssl

import pytest

from services.notify.settings import NotifySettings
from services.notify.smtp import FolderMailbox, Later, Letter, Refused, Sent, SmtpMailbox, Uncertain, open_mailbox
from shared.testing.certificate import self_signed
from shared.testing.mailserver import mail_server

LETTER = Letter(
    "office@example.invalid",
    "data@example.invalid",
    b"Subject: x\r\n\r\n.dot\r\n",
    "2025-01-20-样例市数据局-2024-correction-1",
)


def _settings(server, **more):
    values = {"mail": "smtp", "mail_from": "office@example.invalid", "smtp_tls": "none", "smtp_seconds": 20}
    return NotifySettings(**{**values, "smtp_host": server.host, "smtp_port": server.port, **more})


async def _deliver(server, letters=1, **more):
    mailbox = SmtpMailbox(_settings(server, **more))
    outcomes = [await mailbox.deliver(LETTER, asyncio.Event()) for _ in range(letters)]
    await mailbox.close()
    return outcomes if letters > 1 else outcomes[0]


async def test_a_mail_taken_is_sent():
    """The bytes arrive as they are; a line that begins with a dot keeps it."""
    async with mail_server() as server:
        assert isinstance(await _deliver(server), Sent)
    assert server.taken == [("data@example.invalid", LETTER.data)]


async def test_one_connection_serves_a_batch():
    """Servers limit logins, so a batch uses one."""
    async with mail_server() as server:
        assert all(isinstance(outcome, Sent) for outcome in await _deliver(server, letters=3))
    assert (server.connections, len(server.taken)) == (1, 3)


@pytest.mark.parametrize(
    ("command", "answer", "expected"),
    [
        ("RCPT", "450 4.2.1 mailbox busy", Later("450 4.2.1 mailbox busy", server_away=False)),
        ("RCPT", "452 4.2.2 over quota", Later("452 4.2.2 over quota", server_away=False)),
        ("RCPT", "550 5.1.1 no such user", Refused("550 5.1.1 no such user", mailbox=True)),
        ("RCPT", "550 unknown", Refused("550 unknown", mailbox=True)),
        ("RCPT", "554 5.7.1 relay access denied", Refused("554 5.7.1 relay access denied", mailbox=False)),
        ("RCPT", "421 4.3.2 closing down", Later("421 4.3.2 closing down", server_away=True)),
        ("MAIL", "550 5.7.1 sender not allowed", Later("550 5.7.1 sender not allowed", server_away=True)),
        ("MAIL", "451 4.3.0 try again", Later("451 4.3.0 try again", server_away=True)),
        ("DATA", "451 4.3.0 try again", Later("451 4.3.0 try again", server_away=False)),
        ("DATA", "552 5.3.4 too large", Refused("552 5.3.4 too large", mailbox=False)),
        ("DATA", "421 4.3.2 closing down", Later("421 4.3.2 closing down", server_away=True)),
    ],
)
async def test_every_answer_has_its_meaning(command, answer, expected):
    """4xx is later, 5xx is never; a fault of ours (sender, relaying) is not held against the recipient."""
    async with mail_server() as server:
        server.answers[command] = [answer]
        assert await _deliver(server) == expected
    assert server.taken == []


async def test_a_refused_recipient_does_not_spoil_the_next_mail():
    """The same connection goes on after RSET."""
    async with mail_server() as server:
        server.answers["RCPT"] = ["550 5.1.1 no such user"]
        refused, sent = await _deliver(server, letters=2)
    assert isinstance(refused, Refused)
    assert isinstance(sent, Sent)
    assert server.connections == 1


async def test_a_connection_lost_after_the_message_leaves_it_unknown():
    """The server took it and died before it could say so."""
    async with mail_server() as server:
        server.answers["DATA"] = ["drop"]
        assert isinstance(await _deliver(server), Uncertain)
    assert len(server.taken) == 1


async def test_a_connection_lost_before_the_message_is_later():
    """Nothing can have been taken yet."""
    async with mail_server() as server:
        server.answers["MAIL"] = ["drop"]
        outcome = await _deliver(server)
    assert isinstance(outcome, Later)
    assert outcome.server_away


async def test_a_connection_that_the_server_ended_is_opened_again():
    """Servers end a connection after so many mails; the next mail does not pay for it."""
    async with mail_server() as server:
        server.answers["MAIL"] = ["250 OK", "421 4.7.0 too many mails on this connection"]
        assert all(isinstance(outcome, Sent) for outcome in await _deliver(server, letters=2))
    assert server.connections == 2


@pytest.fixture
def in_a_hurry(monkeypatch):
    """Let what is given up be given up at once."""
    monkeypatch.setattr("services.notify.smtp._HURRY_SECONDS", 0.1)


@pytest.mark.usefixtures("in_a_hurry")
@pytest.mark.parametrize("command", ["EHLO", "MAIL", "RCPT"])
async def test_told_to_stop_before_the_message_it_gives_up_a_server_that_hangs(command):
    """Nothing can have been taken: the mail waits for the next start, however long the time limit is."""
    async with mail_server() as server:
        server.answers[command] = ["hang"]
        stop = asyncio.Event()
        delivery = asyncio.create_task(SmtpMailbox(_settings(server, smtp_seconds=600)).deliver(LETTER, stop))
        await server.hanging.wait()
        stop.set()
        outcome = await asyncio.wait_for(delivery, 60)
    assert isinstance(outcome, Later)
    assert outcome.server_away
    assert server.taken == []


@pytest.mark.usefixtures("in_a_hurry")
async def test_told_to_stop_after_the_message_it_waits_for_the_answer():
    """It may have been taken: what the server says in the end is what counts."""
    asked, answered, stop = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def taking():
        asked.set()
        await answered.wait()

    async with mail_server() as server:
        server.on_data = taking
        mailbox = SmtpMailbox(_settings(server))
        delivery = asyncio.create_task(mailbox.deliver(LETTER, stop))
        await asked.wait()
        stop.set()
        await asyncio.wait((delivery,), timeout=1)
        assert not delivery.done()
        answered.set()
        assert isinstance(await delivery, Sent)
        await mailbox.close()


async def test_told_to_stop_a_mail_on_its_way_to_a_server_that_answers_still_goes():
    """Stopping hurries; it does not throw away what a healthy server takes at once."""
    async with mail_server() as server:
        mailbox, stop = SmtpMailbox(_settings(server)), asyncio.Event()
        stop.set()
        assert isinstance(await mailbox.deliver(LETTER, stop), Sent)
        await mailbox.close()


async def test_a_server_that_is_not_there_is_later():
    """Refused connections wait."""
    async with mail_server() as server:
        pass
    outcome = await _deliver(server)
    assert isinstance(outcome, Later)
    assert outcome.server_away


@pytest.fixture(scope="session")
def certificate(tmp_path_factory):
    """Give a fresh certificate for 127.0.0.1 and its key, as PEM files."""
    return self_signed(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def tls(certificate):
    """Give a server's side of that certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    return context


async def test_starttls_and_login(tls, certificate):
    """The way an office's relay is used: encrypted, with an account."""
    async with mail_server(tls=tls, login=("nianbao", "secret")) as server:
        account = {"smtp_user": "nianbao", "smtp_password": "secret"}
        outcome = await _deliver(server, smtp_tls="starttls", smtp_ca_file=certificate[0], **account)
    assert isinstance(outcome, Sent)


async def test_a_wrong_password_waits(tls, certificate):
    """It is ours to mend; no mailbox pays for it."""
    async with mail_server(tls=tls, login=("nianbao", "secret")) as server:
        account = {"smtp_user": "nianbao", "smtp_password": "wrong"}
        outcome = await _deliver(server, smtp_tls="starttls", smtp_ca_file=certificate[0], **account)
    assert isinstance(outcome, Later)
    assert outcome.server_away
    assert "secret" not in outcome.reply
    assert "wrong" not in outcome.reply


async def test_a_certificate_that_nobody_vouches_for_is_refused(tls):
    """Mail does not go to whoever answers."""
    async with mail_server(tls=tls) as server:
        outcome = await _deliver(server, smtp_tls="starttls")
    assert isinstance(outcome, Later)
    assert "SSLCertVerificationError" in outcome.reply
    assert server.taken == []


async def test_a_server_without_starttls_gets_nothing():
    """Encryption is required unless the settings say none; it is never given up silently."""
    async with mail_server() as server:
        outcome = await _deliver(server, smtp_tls="starttls")
    assert isinstance(outcome, Later)
    assert server.taken == []


async def test_a_folder_gets_one_file_a_mail(tmp_path):
    """Written whole, named so that a person finds it, the second time over the first."""
    mailbox = FolderMailbox(tmp_path / "mails")
    first, second = [await mailbox.deliver(LETTER, asyncio.Event()) for _ in range(2)]
    (path,) = (tmp_path / "mails").iterdir()
    assert first == second == Sent(str(path))
    assert path.name == "2025-01-20-样例市数据局-2024-correction-1.eml"
    assert path.read_bytes() == LETTER.data


async def test_a_folder_that_cannot_be_written_waits(tmp_path):
    """A full or missing disk loses nothing."""
    (tmp_path / "mails").write_text("a file where the folder should be")
    outcome = await FolderMailbox(tmp_path / "mails").deliver(LETTER, asyncio.Event())
    assert isinstance(outcome, Later)
    assert outcome.server_away


async def test_the_settings_name_the_way_out(tmp_path):
    """A folder unless a server is named."""
    assert isinstance(open_mailbox(NotifySettings(mail_folder=tmp_path)), FolderMailbox)
    async with mail_server() as server:
        assert isinstance(open_mailbox(_settings(server)), SmtpMailbox)
