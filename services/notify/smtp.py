"""Two ways out for a mail: the office's mail server, or .eml files in a folder."""

import asyncio
import contextlib
import os
import pathlib
import re
import ssl
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Protocol

import aiosmtplib
from aiosmtplib import SMTPException, SMTPResponseException

from services.notify.settings import NotifySettings
from shared.ops.errors import system_said

_CLOSING_DOWN = 421
_POLICY = re.compile(r"\d\.7\.\d")
_LONGEST_REPLY = 300
_HURRY_SECONDS = 5.0
_GOODBYE_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail ready to go: from and to (addresses only), its bytes, and a name for a file of it without its ending."""

    sender: str
    recipient: str
    data: bytes
    name: str


@dataclass(frozen=True, slots=True)
class Sent:
    """The server (or the disk) has it."""

    reply: str


@dataclass(frozen=True, slots=True)
class Later:
    """Not taken, try again; `server_away`: the next mail would fare no better."""

    reply: str
    server_away: bool


@dataclass(frozen=True, slots=True)
class Refused:
    """Never to be taken; `mailbox`: it is the recipient's address that the server will not have."""

    reply: str
    mailbox: bool


@dataclass(frozen=True, slots=True)
class Uncertain:
    """The connection broke between the message and the server's answer: it may have been taken."""

    reply: str


Outcome = Sent | Later | Refused | Uncertain


class Mailbox(Protocol):
    """Where mails are handed over."""

    async def deliver(self, letter: Letter, stop: asyncio.Event) -> Outcome:
        """Hand over one mail and say what became of it; never raises for a fault of network, server or disk.

        After `stop` nothing is waited for that can be had later: a mail that cannot have been taken yet is soon given up.
        """
        ...

    async def close(self) -> None:
        """End the connection, if one is open."""
        ...


class FolderMailbox:
    """Writes each mail as an .eml file: whole or not at all, a second time over the first."""

    def __init__(self, folder: pathlib.Path) -> None:
        self._folder = folder

    async def deliver(self, letter: Letter, stop: asyncio.Event) -> Outcome:
        """Write the file; `Sent.reply` is its path."""
        del stop
        try:
            return Sent(str(await asyncio.to_thread(self._write, letter)))
        except OSError as error:
            return Later(f"写不了 {self._folder}：{system_said(error)}", server_away=True)

    def _write(self, letter: Letter) -> pathlib.Path:
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / f"{letter.name}.eml"
        part = path.with_suffix(".part")
        with part.open("wb") as file:
            file.write(letter.data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        return path

    async def close(self) -> None:
        """Nothing is open between two files."""


class SmtpMailbox:
    """Speaks to the office's mail server; one connection serves mails until it is closed or breaks."""

    def __init__(self, settings: NotifySettings) -> None:
        self._settings = settings
        self._client: aiosmtplib.SMTP | None = None

    async def deliver(self, letter: Letter, stop: asyncio.Event) -> Outcome:
        """Hand over one mail within the time set; once told to stop, 5 s are left to reach the message itself."""
        deadline = asyncio.get_running_loop().time() + self._settings.smtp_seconds
        refusal = await self._begin(letter, deadline, stop)
        outcome = refusal or await self._finish(letter, deadline)
        if isinstance(outcome, Uncertain) or (isinstance(outcome, Later) and outcome.server_away):
            self._drop()
        return outcome

    async def _begin(self, letter: Letter, deadline: float, stop: asyncio.Event) -> Outcome | None:
        """Reach the point where the message itself may be sent; until then nothing can have been taken."""
        reused = self._client is not None
        refusal = await self._envelope(letter, deadline, stop)
        if reused and isinstance(refusal, Later) and refusal.server_away:
            # Servers end a connection after so many mails or so much silence; that says nothing about this mail.
            self._drop()
            return await self._envelope(letter, deadline, stop)
        return refusal

    async def _envelope(self, letter: Letter, deadline: float, stop: asyncio.Event) -> Outcome | None:
        try:
            async with asyncio.timeout_at(deadline) as limit, _hurried(limit, stop):
                if self._client is None:
                    self._client = await _connect(self._settings)
                await self._client.mail(letter.sender)
                return await _offer_recipient(self._client, letter.recipient)
        except SMTPResponseException as error:
            # The server will not have us: login, sender, load. A fault of ours or its, never of the recipient.
            return Later(_reply(error), server_away=True)
        except (OSError, SMTPException) as error:
            return Later(_away(error), server_away=True)

    async def _finish(self, letter: Letter, deadline: float) -> Outcome:
        assert self._client is not None
        try:
            async with asyncio.timeout_at(deadline):
                return Sent(_shown(str((await self._client.data(letter.data)).message)))
        except SMTPResponseException as error:
            return _later_or_refused(error, mailbox=False)
        except (OSError, SMTPException) as error:
            return Uncertain(f"发送中断，不知邮件是否已被接收（{type(error).__name__}）")

    def _drop(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            client.close()

    async def close(self) -> None:
        """End the connection, if one is open."""
        client, self._client = self._client, None
        if client is not None:
            await _end(client)


async def refusal(settings: NotifySettings) -> str | None:
    """Connect, encrypt and log in as for a mail, but send none; return None where that succeeds, else what went wrong."""
    client = _client(settings)
    try:
        async with asyncio.timeout(settings.smtp_seconds):
            await _open(client, settings)
    except SMTPResponseException as error:
        return _reply(error)
    except (OSError, SMTPException) as error:
        return _away(error)
    finally:
        await _end(client)
    return None


async def _end(client: aiosmtplib.SMTP) -> None:
    """Say goodbye, or drop the connection where the server no longer answers."""
    with contextlib.suppress(OSError, SMTPException):
        async with asyncio.timeout(_GOODBYE_SECONDS):
            await client.quit()
    client.close()


@contextlib.asynccontextmanager
async def _hurried(limit: asyncio.Timeout, stop: asyncio.Event) -> AsyncIterator[None]:
    """Bring a time limit forward once `stop` is set: long enough for a server that answers, not for one that hangs."""
    loop = asyncio.get_running_loop()

    async def hurry() -> None:
        await stop.wait()
        soon, then = loop.time() + _HURRY_SECONDS, limit.when()
        if not limit.expired() and then is not None and soon < then:
            limit.reschedule(soon)

    hurrying = asyncio.create_task(hurry())
    try:
        yield
    finally:
        hurrying.cancel()


async def _connect(settings: NotifySettings) -> aiosmtplib.SMTP:
    client = _client(settings)
    try:
        await _open(client, settings)
    except BaseException:  # also where the time is up in the middle of a login
        client.close()
        raise
    return client


def _client(settings: NotifySettings) -> aiosmtplib.SMTP:
    tls = settings.smtp_tls
    return aiosmtplib.SMTP(
        hostname=settings.smtp_host,
        port=settings.smtp_port,
        local_hostname=settings.mail_from.rpartition("@")[2],
        timeout=settings.smtp_seconds,
        use_tls=tls == "tls",
        start_tls=tls == "starttls",
        tls_context=None if tls == "none" else ssl.create_default_context(cafile=settings.smtp_ca_file),
    )


async def _open(client: aiosmtplib.SMTP, settings: NotifySettings) -> None:
    await client.connect()
    if settings.smtp_user is not None:
        password = settings.smtp_password.get_secret_value() if settings.smtp_password else ""
        await client.login(settings.smtp_user, password)


async def _offer_recipient(client: aiosmtplib.SMTP, recipient: str) -> Outcome | None:
    try:
        await client.rcpt(recipient)
    except SMTPResponseException as error:
        outcome = _later_or_refused(error, mailbox=not _POLICY.match(error.message))
        if client.is_connected:
            await client.rset()
        return outcome
    return None


def _later_or_refused(error: SMTPResponseException, *, mailbox: bool) -> Outcome:
    """4xx: later (RFC 5321, 4.2.1); 5xx: never. A refusal by policy (RFC 3463, x.7.x) says nothing about the address."""
    if error.code < 500:
        return Later(_reply(error), server_away=error.code == _CLOSING_DOWN)
    return Refused(_reply(error), mailbox=mailbox)


def _away(error: Exception) -> str:
    return f"邮件服务器连不上或中断（{_shown(f'{type(error).__name__} {error}')}）"


def _reply(error: SMTPResponseException) -> str:
    return _shown(f"{error.code} {error.message}")


def _shown(reply: str) -> str:
    return " ".join(reply.split())[:_LONGEST_REPLY]


def open_mailbox(settings: NotifySettings) -> Mailbox:
    """Return the way out that the settings name."""
    return SmtpMailbox(settings) if settings.mail == "smtp" else FolderMailbox(settings.folder)
