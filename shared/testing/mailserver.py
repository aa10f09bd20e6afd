"""A mail server for tests: real SMTP on a free port, with scripted answers, STARTTLS and logins; it keeps what it took."""

import asyncio
import ssl
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP as POLICY
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult

OK = "250 OK"


@dataclass
class MailServer:
    """What was taken and how to answer: `answers["RCPT"]` holds the answers to come, afterwards everything is fine.

    Commands: EHLO (only "hang"), MAIL, RCPT, DATA (the answer after the message). The answer "drop" ends the connection instead,
    "hang" never comes, and `hanging` is set; a message dropped or left hanging at DATA was taken. `on_data` is awaited
    before DATA is answered.
    """

    host: str = "127.0.0.1"
    port: int = 0
    taken: list[tuple[str, bytes]] = field(default_factory=list)
    connections: int = 0
    answers: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    on_data: Callable[[], Any] | None = None
    hanging: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def messages(self) -> list[EmailMessage]:
        """The messages taken, in order."""
        return [message_from_bytes(data, policy=POLICY) for _, data in self.taken]

    @property
    def settings(self) -> dict[str, str]:
        """What tells a notify to send its mails here by itself."""
        return {
            "release": "auto",
            "mail": "smtp",
            "mail_from": "office@example.invalid",
            "smtp_host": self.host,
            "smtp_port": str(self.port),
            "smtp_tls": "none",
        }

    async def _answer(self, command: str, server: Any) -> str:
        answer = self.answers[command].pop(0) if self.answers[command] else OK
        if answer == "drop":
            server.transport.abort()
        if answer == "hang":
            self.hanging.set()
            await asyncio.Event().wait()  # until the client goes: its server's side is cancelled then
        return answer

    async def handle_EHLO(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        """Count the connections that speak."""
        del envelope
        self.connections += session.host_name is None
        session.host_name = hostname
        await self._answer("EHLO", server)
        return responses

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:  # noqa: N802
        """Answer MAIL FROM."""
        del session, options
        answer = await self._answer("MAIL", server)
        if answer.startswith("2"):
            envelope.mail_from = address
        return answer

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:  # noqa: N802
        """Answer RCPT TO."""
        del session, options
        answer = await self._answer("RCPT", server)
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """Take the message, then answer."""
        del session
        scripted = self.answers["DATA"][:1]
        if scripted in ([], [OK], ["drop"], ["hang"]):
            self.taken.append((envelope.rcpt_tos[0], envelope.content))
        if self.on_data:
            await self.on_data()
        return await self._answer("DATA", server)


@asynccontextmanager
async def mail_server(
    *, tls: ssl.SSLContext | None = None, login: tuple[str, str] | None = None, port: int = 0
) -> AsyncIterator[MailServer]:
    """Yield a running server; with `tls` it demands STARTTLS, with `login` that account."""
    post = MailServer()

    def authenticate(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        del server, session, envelope, mechanism
        return AuthResult(success=(data.login.decode(), data.password.decode()) == login, handled=False)

    def connection() -> SMTP:
        return SMTP(
            post,
            hostname="mail.example.invalid",
            tls_context=tls,
            require_starttls=tls is not None,
            authenticator=authenticate if login else None,
            auth_required=login is not None,
            auth_require_tls=tls is not None,
        )

    server = await asyncio.get_running_loop().create_server(connection, post.host, port)
    post.port = server.sockets[0].getsockname()[1]
    try:
        yield post
    finally:
        server.close()
        await server.wait_closed()
