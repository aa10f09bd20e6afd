"""Dead letters: records that a consumer could not handle, kept byte for byte until a person decides."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from shared.ops.errors import RejectReason, UsageError
from shared.stream import inbox, outbox
from shared.stream.envelope import Record, headers_as_json, headers_from_json
from shared.stream.stage import Connection

Resolution = Literal["replayed", "handled", "discarded"]


@dataclass(frozen=True, slots=True)
class Why:
    """Why a record is dead: the reason, and what happened without quoting the report."""

    reason: RejectReason
    error: str


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A record with who could not handle it and what became of it; `resolution` None: waits for a person."""

    id: int
    consumer: str
    consumer_version: str
    record: Record
    event_id: UUID | None
    why: Why
    first_seen: datetime
    resolution: Resolution | None
    resolved_at: datetime | None
    resolved_by: str | None
    note: str | None


async def keep(connection: Connection, consumer: str, version: str, record: Record, id_: UUID | None, why: Why) -> bool:
    """Keep a record as a dead letter and enter its event as dealt with, once: False where it was delivered before."""
    if id_ and not await inbox.remember(connection, consumer, version, id_, dead=True):
        return False
    kept = await connection.fetchval(
        """insert into dead_letter
            (consumer, consumer_version, topic, partition, "offset", event_id, key, headers, payload, reason, error)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict do nothing returning true""",
        consumer, version, record.topic, record.partition, record.offset, id_, record.key,
        headers_as_json(record.headers), record.value, why.reason, why.error.replace("\x00", "�"),
    )  # fmt: skip
    return kept is True


async def find(
    connection: Connection, *, consumer: str | None = None, reason: str | None = None, resolved: bool = False
) -> list[DeadLetter]:
    """Return the dead letters that wait, oldest first; with `resolved`, also those decided on."""
    rows = await connection.fetch(
        """select * from dead_letter
        where ($1::text is null or consumer = $1) and ($2::text is null or reason = $2)
          and ($3 or resolution is null)
        order by id""",
        consumer,
        reason,
        resolved,
    )
    return [_letter(row) for row in rows]


async def get(connection: Connection, id_: int) -> DeadLetter:
    """Return a dead letter; UsageError where there is none of this number."""
    return _letter(await _row(connection, id_, "select * from dead_letter where id = $1"))


async def replay(connection: Connection, id_: int, *, by: str) -> Resolution:
    """Publish a dead letter again, with its bytes and event id, unless its consumer has a result meanwhile ("handled").

    Doing it again changes nothing. UsageError where the letter was discarded.
    """
    async with connection.transaction():
        letter = await _locked(connection, id_)
        if letter.resolution == "discarded":
            raise UsageError(f"死信 {id_} 已作废，不能重放")
        if letter.resolution:
            return letter.resolution
        resolution: Resolution = "handled" if await _has_result(connection, letter) else "replayed"
        if resolution == "replayed":
            await _publish_again(connection, letter)
        await _resolve(connection, id_, resolution, by, None)
        return resolution


async def discard(connection: Connection, id_: int, *, by: str, note: str) -> None:
    """Decide that a dead letter is not handled any more; UsageError where it was decided otherwise."""
    async with connection.transaction():
        letter = await _locked(connection, id_)
        if letter.resolution in {"replayed", "handled"}:
            raise UsageError(f"死信 {id_} 已重放，不能作废")
        if letter.resolution is None:
            await _resolve(connection, id_, "discarded", by, note)


async def _has_result(connection: Connection, letter: DeadLetter) -> bool:
    """Return whether this consumer version, or any one since, handled the event."""
    result: bool = await connection.fetchval(
        """select exists (select from inbox where consumer = $1 and event_id = $2 and not dead
            and (consumer_version = $3 or received_at > $4))""",
        letter.consumer,
        letter.event_id,
        letter.consumer_version,
        letter.first_seen,
    )
    return result


async def _publish_again(connection: Connection, letter: DeadLetter) -> None:
    await connection.execute(
        "delete from inbox where consumer = $1 and event_id = $2 and dead", letter.consumer, letter.event_id
    )
    record = letter.record
    await outbox.write(connection, letter.consumer, record.topic, record.key, record.value, record.headers)


async def _resolve(connection: Connection, id_: int, resolution: Resolution, by: str, note: str | None) -> None:
    await connection.execute(
        "update dead_letter set resolution = $2, resolved_at = now(), resolved_by = $3, note = $4 where id = $1",
        id_,
        resolution,
        by,
        note,
    )


async def _locked(connection: Connection, id_: int) -> DeadLetter:
    return _letter(await _row(connection, id_, "select * from dead_letter where id = $1 for update"))


async def _row(connection: Connection, id_: int, query: str) -> Any:
    row = await connection.fetchrow(query, id_)
    if row is None:
        raise UsageError(f"没有编号为 {id_} 的死信")
    return row


def _letter(row: Any) -> DeadLetter:
    headers = headers_from_json(row["headers"])
    return DeadLetter(
        id=row["id"],
        consumer=row["consumer"],
        consumer_version=row["consumer_version"],
        record=Record(row["topic"], row["partition"], row["offset"], row["key"], row["payload"], headers),
        event_id=row["event_id"],
        why=Why(row["reason"], row["error"]),
        first_seen=row["first_seen"],
        resolution=row["resolution"],
        resolved_at=row["resolved_at"],
        resolved_by=row["resolved_by"],
        note=row["note"],
    )
