"""The tables of parse: reading, report and attachment."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from pydantic import TypeAdapter

from shared.model.report import Document
from shared.stream.events import RawReport
from shared.stream.stage import Connection

_DOCUMENT = TypeAdapter(Document)


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report version about to be written; `document.reports` holds exactly this report."""

    report_id: UUID
    agency_key: str
    agency_id: str | None
    document: Document


async def content(connection: Connection, sha256: str) -> bytes | None:
    """Return the bytes of a document by its claim check; None where ingest has no such document."""
    stored: bytes | None = await connection.fetchval("select content from document where sha256 = $1", sha256)
    return stored


async def add_reading(connection: Connection, raw: RawReport, document: Document) -> None:
    """Write what became of an observation; a second reading by the same parser replaces the first."""
    reason = document.reason
    await connection.execute(
        """insert into reading (observation_id, parser, sha256, source, source_kind, observed_at, status,
                                reason_code, reason_message, reports)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
           on conflict (observation_id, parser) do update
           set status = excluded.status, reason_code = excluded.reason_code,
               reason_message = excluded.reason_message, reports = excluded.reports, read_at = now()""",
        raw.observation_id,
        document.parser,
        raw.sha256,
        raw.source,
        raw.source_kind,
        raw.observed_at,
        document.status,
        reason.code if reason else None,
        reason.message if reason else None,
        len(document.reports),
    )


async def add_report(connection: Connection, raw: RawReport, row: ReportRow) -> None:
    """Write a report version; the same inputs give the same id and are written once."""
    report = row.document.reports[0]
    await connection.execute(
        """insert into report (report_id, observation_id, agency_key, agency_id, agency_name, year, form, source,
                               source_kind, sequence, observed_at, sha256, parser, structured)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
           on conflict (report_id) do nothing""",
        row.report_id,
        raw.observation_id,
        row.agency_key,
        row.agency_id,
        report.agency,
        report.year,
        report.form,
        raw.source,
        raw.source_kind,
        raw.sequence,
        raw.observed_at,
        raw.sha256,
        row.document.parser,
        _DOCUMENT.dump_json(row.document).decode(),
    )


async def add_attachments(
    connection: Connection, page: RawReport, sources: Sequence[str], fetchable: Sequence[bool]
) -> None:
    """Write down the files that a page lists; ingest fetches those that it may."""
    await connection.executemany(
        """insert into attachment (observation_id, page, source, fetchable) values ($1, $2, $3, $4)
           on conflict do nothing""",
        [(page.observation_id, page.source, *each) for each in zip(sources, fetchable, strict=True)],
    )


async def pages_listing(connection: Connection, source: str) -> list[str]:
    """Return the pages that have listed a file."""
    rows = await connection.fetch("select distinct page from attachment where source = $1 and page <> $1", source)
    return [row["page"] for row in rows]


async def page_versions(connection: Connection, pages: Sequence[str]) -> list[Document]:
    """Return the report versions written from the newest observation of each of these pages."""
    if not pages:
        return []
    observed = [page.observation_id for page in (await newest(connection, pages)).values()]
    rows = await connection.fetch("select structured::text from report where observation_id = any($1)", observed)
    return [_DOCUMENT.validate_json(row["structured"]) for row in rows]


async def newest(connection: Connection, sources: Iterable[str]) -> dict[str, RawReport]:
    """Return the newest observation of each of these sources that was ever observed."""
    rows = await connection.fetch(
        """select distinct on (o.source) o.id as observation_id, o.source, o.source_kind, o.sequence, o.observed_at,
                  o.sha256, o.address, d.bytes, d.media_type
           from observation o join document d using (sha256)
           where o.source = any($1) order by o.source, o.sequence desc""",
        list(sources),
    )
    return {row["source"]: RawReport(**dict(row)) for row in rows}


async def settled(connection: Connection, observation_id: UUID) -> frozenset[str]:
    """Return the attachments of a page that ingest is through with, whether it got them or gave them up."""
    rows = await connection.fetch(
        "select source from attachment_fetch where observation_id = $1 and settled_at is not null", observation_id
    )
    return frozenset(row["source"] for row in rows)
