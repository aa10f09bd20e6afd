"""What an operator does with notices: let them go, or hold them back; each act is written down with his name."""

from collections.abc import Sequence
from uuid import UUID

from services.notify import store
from services.notify.core import REASONS, Notice, Status
from shared.directory.store import find, load_agency
from shared.model.agency import Agency
from shared.ops.errors import UsageError
from shared.stream.stage import Connection

_RELEASABLE: tuple[Status, ...] = ("held", "failed", "deferred", "unknown")
_HOLDABLE: tuple[Status, ...] = ("held", "pending", "deferred", "failed")

STATUSES: dict[Status, str] = {
    "held": "待放行",
    "pending": "待发送",
    "sending": "发送中",
    "sent": "已发送",
    "deferred": "稍后重试",
    "failed": "发送失败",
    "unknown": "是否送达不明",
    "superseded": "已被新结果取代",
}


async def find_notice(connection: Connection, prefix: str) -> UUID:
    """Return the id of the notice whose id begins so; UsageError where none or several do."""
    rows = await connection.fetch(
        "select notice_id from notice where starts_with(notice_id::text, $1) limit 2", prefix.lower()
    )
    if len(rows) != 1 or not prefix:
        raise UsageError(f"{'有不止一个' if rows else '没有'}编号以“{prefix}”开头的通知")
    found: UUID = rows[0]["notice_id"]
    return found


async def held(connection: Connection) -> list[UUID]:
    """Return the notices that only wait for release, oldest first; not those that an operator holds, or must look at or mend."""
    rows = await connection.fetch(
        """select notice_id from notice where status = 'held' and hold_reason in ('review', 'rerun')
           order by created_at, notice_id"""
    )
    return [row["notice_id"] for row in rows]


async def mailed_today(connection: Connection, ids: Sequence[UUID]) -> list[str]:
    """Return the agencies of these notices that got another mail today (in China), have one on its way, or get several now."""
    rows = await connection.fetch(
        """select c.agency_name from notice n join correction_case c using (case_id)
           where n.notice_id = any($1)
             or (n.status in ('pending', 'deferred', 'sending', 'sent', 'unknown')
                 and (n.changed_at at time zone 'Asia/Shanghai')::date = (now() at time zone 'Asia/Shanghai')::date)
           group by c.agency_key, c.agency_name
           having count(*) > 1 and bool_or(n.notice_id = any($1))
           order by 1""",
        ids,
    )
    return [row["agency_name"] or "（机关不明）" for row in rows]


async def release(connection: Connection, id_: UUID, *, by: str) -> None:
    """Let a notice go to the mailbox that the directory has now; UsageError says what stands in the way.

    Whoever releases a notice to a mailbox that was refused before takes back the refusal.
    """
    async with connection.transaction():
        notice = await _locked(connection, id_, _RELEASABLE, "放行")
        await _refuse_overtaken(connection, id_)
        agency = await addressee(connection, notice)
        if agency is None:
            raise UsageError(f"{REASONS['unknown_agency']}：{notice.agency_name or notice.agency_key}")
        if agency.mailbox is None:
            raise UsageError(f"{REASONS['no_mailbox']}：{agency.name}")
        await connection.execute("delete from contact_state where mailbox = $1", agency.mailbox)
        await connection.execute(
            """update notice set status = 'pending', hold_reason = null, agency_id = $2, dated_at = now(), due_at = now(),
                                 resent = false, changed_at = now()
               where notice_id = $1""",
            id_,
            agency.id,
        )
        await connection.execute(
            """update correction_case set status = 'open', reason = null, changed_at = now()
               where case_id = $1 and status = 'waiting'""",
            notice.case_id,
        )
        await store.publish(connection, id_, by=by, detail="放行")


async def hold(connection: Connection, id_: UUID, *, by: str, reason: str | None) -> None:
    """Hold a notice back until an operator releases it; UsageError where it is on its way or gone."""
    async with connection.transaction():
        await _locked(connection, id_, _HOLDABLE, "暂缓")
        await connection.execute(
            "update notice set status = 'held', hold_reason = 'operator', changed_at = now() where notice_id = $1", id_
        )
        await store.publish(connection, id_, by=by, detail=reason or REASONS["operator"])


async def arrived(connection: Connection, id_: UUID, *, by: str, reason: str | None) -> None:
    """Settle that a mail whose outcome is unknown did arrive: it is not sent again; UsageError where its outcome is known."""
    async with connection.transaction():
        await _locked(connection, id_, ("unknown",), "认定")
        await connection.execute(
            "update notice set status = 'sent', reply = $2, lease_until = null, changed_at = now() where notice_id = $1",
            id_,
            f"人工认定已送达：{reason}" if reason else "人工认定已送达",
        )
        await store.publish(connection, id_, by=by, detail=reason or "认定已送达")


async def addressee(connection: Connection, notice: Notice) -> Agency | None:
    """Return the agency that a notice goes to: by id, or by name where it entered the directory since."""
    if notice.agency_id:
        return await load_agency(connection, notice.agency_id)
    return await find(connection, notice.agency_name) if notice.agency_name else None


async def _locked(connection: Connection, id_: UUID, allowed: tuple[Status, ...], what: str) -> Notice:
    # Waits for a sender that is just claiming it, and sees what the sender made of it.
    await connection.execute("select from notice where notice_id = $1 for update", id_)
    notice = await store.get(connection, id_)
    if notice.status not in allowed:
        raise UsageError(f"通知 {id_} {STATUSES[notice.status]}，不能{what}")
    return notice


async def _refuse_overtaken(connection: Connection, id_: UUID) -> None:
    """Raise UsageError where a newer judgement has a notice of its own: the sender would never take this one up."""
    overtaken = "select is_overtaken(case_id, judgement_no) from notice where notice_id = $1"
    if await connection.fetchval(overtaken, id_):
        raise UsageError(f"通知 {id_} 之后已有更新的通知，不能放行")
