"""The claim check (CloudEvents extension `dataref`): an event too large for its topic travels without its body.

The body stays in the outbox, which keeps published events as long as their topic does; the consumer fetches it there.
"""

import dataclasses
from collections.abc import Sequence

from shared.stream.envelope import Record
from shared.stream.stage import Connection
from shared.stream.topics import TOPICS

HEADER = "ce_dataref"
_PREFIX = "urn:nianbao:outbox:"
_LIMITS = {topic.name: topic.max_bytes // 2 for topic in TOPICS}  # the other half is room for key, headers and batch


def is_too_large(record: Record) -> bool:
    """Return whether a record's body stays behind."""
    return len(record.value or b"") > _LIMITS.get(record.topic, len(record.value or b""))


def check_in(record: Record) -> Record:
    """Return a record of the outbox (`offset` is its id) without its body, and with the number to fetch it by."""
    headers = [header for header in record.headers if header[0] != HEADER]
    reference = f"{_PREFIX}{record.offset}".encode()
    return dataclasses.replace(record, value=b"", headers=(*headers, (HEADER, reference)))


async def redeem(connection: Connection, records: Sequence[Record]) -> list[Record]:
    """Return the records with the bodies that stayed behind; one whose body is gone stays as it is."""
    wanted = {index: id_ for index, record in enumerate(records) if (id_ := _id(record)) is not None}
    if not wanted:
        return list(records)
    rows = await connection.fetch("select id, payload from outbox where id = any($1)", list(wanted.values()))
    bodies = {row["id"]: row["payload"] for row in rows}
    return [
        dataclasses.replace(record, value=bodies.get(wanted.get(index, -1), record.value))
        for index, record in enumerate(records)
    ]


def _id(record: Record) -> int | None:
    if record.value:
        return None
    for name, value in record.headers:
        text = (value or b"").decode(errors="replace").removeprefix(_PREFIX)
        if name == HEADER and text.isascii() and text.isdecimal() and len(text) < 19:
            return int(text)
    return None
