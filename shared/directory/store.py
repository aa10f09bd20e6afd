"""The tables of the directory: agency and contact."""

from collections.abc import Iterable
from typing import Any

from shared.directory.core import Difference, Directory, compare, names_of, normal_name
from shared.model.agency import Agency
from shared.stream.stage import Connection

_SELECT = """select agency.id, name, aliases, region, level, type, supervisor, mailbox
             from agency left join contact on agency_id = agency.id and until is null
             where removed_at is null"""


async def load(connection: Connection) -> Directory:
    """Return the whole directory, by name."""
    return Directory([_agency(row) for row in await connection.fetch(f"{_SELECT} order by name, agency.id")])


async def find(connection: Connection, printed_name: str) -> Agency | None:
    """Return the agency with exactly this name or alias; None where there is none, or more than one."""
    rows = await connection.fetch(f"{_SELECT} and names @> array[$1]", normal_name(printed_name))
    return _agency(rows[0]) if len(rows) == 1 else None


async def load_agency(connection: Connection, agency_id: str) -> Agency | None:
    """Return the agency with this id; None where it is not (or no longer) listed."""
    row = await connection.fetchrow(f"{_SELECT} and agency.id = $1", agency_id)
    return _agency(row) if row else None


async def replace(connection: Connection, agencies: Iterable[Agency], *, by: str) -> Difference:
    """Make these the directory, in one transaction, and return what changed; `by` stands beside each mailbox changed."""
    after = tuple(agencies)
    async with connection.transaction():
        await connection.execute("select pg_advisory_xact_lock(hashtextextended('directory', 0))")
        difference = compare((await load(connection)).agencies, after)
        await connection.execute(
            "update agency set removed_at = now() where id = any($1)", [agency.id for agency in difference.gone]
        )
        written = [*difference.new, *(changed.after for changed in difference.changed)]
        await connection.executemany(_WRITE, [_row(agency) for agency in written])
        await _change_mailboxes(connection, [*written, *(_without_mailbox(agency) for agency in difference.gone)], by)
    return difference


async def mailbox_history(connection: Connection, agency_id: str) -> list[dict[str, Any]]:
    """Return every mailbox an agency had, oldest first: mailbox, since, entered_by, until, ended_by."""
    rows = await connection.fetch(
        "select mailbox, since, entered_by, until, ended_by from contact where agency_id = $1 order by id", agency_id
    )
    return [dict(row) for row in rows]


_WRITE = """insert into agency (id, name, aliases, names, region, level, type, supervisor)
            values ($1, $2, $3, $4, $5, $6, $7, $8)
            on conflict (id) do update
            set name = excluded.name, aliases = excluded.aliases, names = excluded.names, region = excluded.region,
                level = excluded.level, type = excluded.type, supervisor = excluded.supervisor, removed_at = null"""


async def _change_mailboxes(connection: Connection, agencies: Iterable[Agency], by: str) -> None:
    wanted = [(agency.id, agency.mailbox, by) for agency in agencies]
    await connection.executemany(
        """update contact set until = now(), ended_by = $3
           where agency_id = $1 and until is null and mailbox is distinct from $2""",
        wanted,
    )
    await connection.executemany(
        """insert into contact (agency_id, mailbox, entered_by) values ($1, $2, $3)
           on conflict (agency_id) where until is null do nothing""",
        [row for row in wanted if row[1]],
    )


def _without_mailbox(agency: Agency) -> Agency:
    return Agency(id=agency.id, name=agency.name)


def _row(agency: Agency) -> tuple[object, ...]:
    return (
        agency.id,
        agency.name,
        list(agency.aliases),
        list(names_of(agency)),
        agency.region,
        agency.level,
        agency.type,
        agency.supervisor,
    )


def _agency(row: Any) -> Agency:
    return Agency(
        id=row["id"],
        name=row["name"],
        aliases=tuple(row["aliases"]),
        region=row["region"],
        level=row["level"],
        type=row["type"],
        mailbox=row["mailbox"],
        supervisor=row["supervisor"],
    )
