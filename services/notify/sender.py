"""Sends what is due: claims a notice, hands its mail over, records what became of it. Two senders never send one twice."""

import asyncio
import contextlib
import random
from dataclasses import dataclass
from uuid import UUID

import stamina
import structlog
from jinja2.sandbox import SandboxedEnvironment

from services.notify import store
from services.notify.core import HoldReason, Notice, Status, file_name, retry_delay
from services.notify.message import TEMPLATES, compose
from services.notify.settings import NotifySettings
from services.notify.smtp import Later, Letter, Mailbox, Outcome, Refused, Sent, Uncertain
from shared.database.pool import Pool, is_away
from shared.directory.store import load_agency
from shared.ops import metrics, tracing
from shared.ops.logs import DIGITS
from shared.stream.outage import Outage
from shared.stream.stage import Connection

_log = structlog.get_logger("notify")
_POLL_SECONDS = 0.5
_AWAY_SECONDS = 30.0
_LEASE_MARGIN = 60.0
_BY = "sender"

_DUE = """select notice_id from notice
           where due_at <= now()
             and (status in ('pending', 'deferred') or (status = 'unknown' and $1 and not resent))
             and not is_overtaken(case_id, judgement_no)
           order by due_at, notice_id
           limit 1
           for update skip locked"""

_RECORD = """update notice
              set status = case when $3 in ('deferred', 'failed') and is_overtaken(case_id, judgement_no) then 'superseded' else $3 end,
                  reply = $4, due_at = now() + make_interval(secs => $5), lease_until = null,
                  resent = resent and not $6, changed_at = now()
              where notice_id = $1 and attempts = $2 and status in ('sending', 'unknown') returning notice_id"""


@dataclass(frozen=True, slots=True)
class Claim:
    """A notice that is ours until its lease ends; `attempt` tells our claim from a later one."""

    id: UUID
    attempt: int
    resend: bool
    letter: Letter
    span: tracing.Span


class Sender:
    """Sends due notices of one ledger; run as many as there are machines."""

    def __init__(
        self, pool: Pool, settings: NotifySettings, mailbox: Mailbox, templates: SandboxedEnvironment = TEMPLATES
    ) -> None:
        self._pool = pool
        self._settings = settings
        self._mailbox = mailbox
        self._templates = templates

    async def run(self, stop: asyncio.Event) -> None:
        """Send until told to stop; a mail on its way is finished first, or given up where it cannot have been taken yet."""
        outage = Outage(stop)
        while not stop.is_set():
            pause = await self._pause_after_round(stop, outage)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), pause)

    async def _pause_after_round(self, stop: asyncio.Event, outage: Outage) -> float:
        try:
            reached = await self.round(stop)
        except Exception as error:
            if not is_away(error):
                raise
            await outage.wait(_BY, error)
            return 0.0
        outage.over(_BY)
        return _POLL_SECONDS if reached else _AWAY_SECONDS

    async def round(self, stop: asyncio.Event) -> bool:
        """Send all that is due; False where the mail server is away and the rest waits."""
        await self._expire_leases()
        try:
            while not stop.is_set() and (claim := await self._claim()):
                outcome = await self._mailbox.deliver(claim.letter, stop)
                await self._record(claim, outcome)
                if isinstance(outcome, Later) and outcome.server_away:
                    return False
        finally:
            await self._mailbox.close()
        return True

    async def _expire_leases(self) -> None:
        """Call unknown what a sender claimed and never reported on: it was killed, and the server may have the mail."""
        async with self._pool.acquire() as connection, connection.transaction():
            rows = await connection.fetch(
                """update notice set status = 'unknown', lease_until = null, due_at = now(), changed_at = now()
                   where status = 'sending' and lease_until < now() returning notice_id"""
            )
            lost = [
                await store.publish(connection, row["notice_id"], by=_BY, detail="发送进程中断，不知邮件是否已被接收")
                for row in rows
            ]
        for notice in lost:
            metrics.notice(notice.kind, "unknown")

    async def _claim(self) -> Claim | None:
        """Claim the next notice, in a transaction of its own; put aside what cannot be sent until one can be."""
        while True:
            async with self._pool.acquire() as connection, connection.transaction():
                due = await connection.fetchrow(_DUE, self._settings.resend_unknown)
                if due is None:
                    return None
                notice = await store.get(connection, due["notice_id"])
                letter = await self._letter(connection, notice)
                claim = await self._take(connection, notice, letter) if isinstance(letter, Letter) else None
            metrics.notice(notice.kind, letter if isinstance(letter, str) else "sending")
            if claim:
                return claim

    async def _letter(self, connection: Connection, notice: Notice) -> Letter | Status:
        """Return the mail to hand over, or the status under which the notice was put aside instead."""
        if notice.status == "unknown" and notice.mail and notice.recipient:
            # A second copy must be the very same mail.
            return Letter(self._settings.mail_from, notice.recipient, notice.mail, file_name(notice))
        agency = await load_agency(connection, notice.agency_id) if notice.agency_id else None
        obstacle = await _obstacle(connection, listed=agency is not None, mailbox=agency.mailbox if agency else None)
        if obstacle:
            return await _put_aside(connection, notice, "held", hold=obstacle)
        assert agency is not None
        assert agency.mailbox is not None
        try:
            data = compose(notice, agency.mailbox, self._settings.office, self._templates).as_bytes()
        except Exception as error:  # noqa: BLE001 - one mail that cannot be written must not stop all others
            return await _put_aside(
                connection, notice, "failed", reply=f"邮件写不出来（{type(error).__name__}），未发送"
            )
        return Letter(self._settings.mail_from, agency.mailbox, data, file_name(notice))

    async def _take(self, connection: Connection, notice: Notice, letter: Letter) -> Claim:
        resend = notice.status == "unknown"
        await connection.execute(
            """update notice set status = 'sending', attempts = attempts + 1, resent = resent or $2, recipient = $3, mail = $4,
                                 lease_until = now() + make_interval(secs => $5), changed_at = now()
               where notice_id = $1""",
            notice.id,
            resend,
            letter.recipient,
            letter.data,
            self._settings.smtp_seconds + _LEASE_MARGIN,
        )
        await store.note(connection, notice.case_id, notice.id, by=_BY, what="sending")
        span = tracing.begin(
            "mail", notice.traceparent, document=notice.violations.sha256[:DIGITS], notice=str(notice.id)
        )
        return Claim(notice.id, notice.attempts + 1, resend, letter, span)

    async def _record(self, claim: Claim, outcome: Outcome) -> None:
        """Record what became of a mail; while the database is away this waits, since a lost record is a second mail."""
        # It gives up when the lease ends: by then the notice is unknown, and says so.
        timeout = self._settings.smtp_seconds + _LEASE_MARGIN
        async for attempt in stamina.retry_context(on=is_away, attempts=None, timeout=timeout):
            with attempt:
                await self._record_once(claim, outcome)

    async def _record_once(self, claim: Claim, outcome: Outcome) -> None:
        status, delay = _status_after(claim, outcome)
        async with self._pool.acquire() as connection, connection.transaction():
            ours = await connection.fetchval(
                _RECORD,
                claim.id,
                claim.attempt,
                status,
                outcome.reply,
                delay,
                isinstance(outcome, Later),
            )
            if ours is None:
                return
            notice = await store.publish(
                connection, claim.id, by=_BY, detail=outcome.reply, traceparent=claim.span.traceparent
            )
            if isinstance(outcome, Refused) and outcome.mailbox:
                await _suppress(connection, claim, outcome.reply)
        _tell(claim, notice)


def _status_after(claim: Claim, outcome: Outcome) -> tuple[Status, float]:
    """Return the new status and the seconds until the next attempt, if there is one."""
    delay = retry_delay(claim.attempt, random.uniform(-1, 1))  # noqa: S311 - spreads retries, guards nothing
    match outcome:
        case Sent():
            return "sent", 0.0
        case Refused():
            return "failed", 0.0
        case Uncertain():
            return "unknown", delay
        case Later():
            # A second copy that was not taken leaves the first one as unknown as it was.
            return ("unknown" if claim.resend else "deferred"), delay


async def _obstacle(connection: Connection, *, listed: bool, mailbox: str | None) -> HoldReason | None:
    if not listed:
        return "unknown_agency"
    if mailbox is None:
        return "no_mailbox"
    suppressed = await connection.fetchval("select exists (select from contact_state where mailbox = $1)", mailbox)
    return "suppressed" if suppressed else None


def _tell(claim: Claim, notice: Notice) -> None:
    facts = {"kind": notice.kind, "attempts": notice.attempts}
    metrics.notice(notice.kind, notice.status)
    claim.span.end(notice.status, **facts)
    _log.info(
        "notice",
        outcome=notice.status,
        notice=str(notice.id),
        document=notice.violations.sha256[:DIGITS],
        trace_id=claim.span.trace_id,
        **facts,
    )


async def _put_aside(
    connection: Connection, notice: Notice, status: Status, *, hold: HoldReason | None = None, reply: str | None = None
) -> Status:
    await connection.execute(
        "update notice set status = $2, hold_reason = $3, reply = $4, changed_at = now() where notice_id = $1",
        notice.id,
        status,
        hold,
        reply,
    )
    await store.publish(connection, notice.id, by=_BY, detail=reply)
    return status


async def _suppress(connection: Connection, claim: Claim, reply: str) -> None:
    await connection.execute(
        """insert into contact_state (mailbox, reason, notice_id) values ($1, $2, $3)
           on conflict (mailbox) do update set reason = excluded.reason, notice_id = excluded.notice_id, since = now()""",
        claim.letter.recipient,
        reply,
        claim.id,
    )
