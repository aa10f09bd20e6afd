"""The tables of validate: judgement and finding."""

from dataclasses import dataclass
from uuid import UUID

from pydantic import TypeAdapter

from shared.model.finding import Finding, NotChecked
from shared.model.judgement import Failure, Judgement
from shared.stream.events import StructuredReport
from shared.stream.stage import Connection

_FINDING = TypeAdapter(Finding)
_NOT_CHECKED = TypeAdapter(tuple[NotChecked, ...])
_FAILURES = TypeAdapter(tuple[Failure, ...])


@dataclass(frozen=True, slots=True)
class JudgementRow:
    """A judgement about to be written; `number` is None where the report is not the current version."""

    judgement_id: UUID
    number: int | None
    structured: StructuredReport
    judgement: Judgement


async def lock_agency(connection: Connection, agency_key: str) -> None:
    """Hold the agency until the transaction ends, so that two of its reports are judged one after the other."""
    await connection.execute("select pg_advisory_xact_lock(hashtextextended('agency ' || $1, 0))", agency_key)


async def is_current(connection: Connection, structured: StructuredReport) -> bool:
    """Whether this version is the one that stands for its agency and year (without a year: for its source)."""
    found = await connection.fetchval(
        "select exists (select from current_report where agency_key = $1 and report_id = $2)",
        structured.agency_key,
        structured.report_id,
    )
    return bool(found)


async def next_number(connection: Connection, agency_key: str, year: int | None) -> int:
    """Return the next judgement number of an agency's year; the agency must be locked."""
    highest = await connection.fetchval(
        "select max(judgement_no) from judgement where agency_key = $1 and coalesce(year, 0) = coalesce($2, 0)",
        agency_key,
        year,
    )
    return (highest or 0) + 1


async def exists(connection: Connection, judgement_id: UUID) -> bool:
    """Whether the same report was judged on the same inputs before."""
    found = await connection.fetchval("select exists (select from judgement where judgement_id = $1)", judgement_id)
    return bool(found)


async def add(connection: Connection, row: JudgementRow) -> None:
    """Write a judgement and its findings."""
    structured, judgement = row.structured, row.judgement
    report = structured.document.reports[0]
    severities = [finding.severity for finding in judgement.findings]
    await connection.execute(
        """insert into judgement (judgement_id, judgement_no, report_id, agency_key, agency_id, agency_name, year, source,
                                  sha256, verdict, errors, warnings, infos, not_checked, failures,
                                  ruleset_version, ruleset_hash)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)""",
        row.judgement_id,
        row.number,
        structured.report_id,
        structured.agency_key,
        structured.agency_id,
        report.agency,
        report.year,
        structured.document.source,
        structured.document.sha256,
        judgement.verdict,
        severities.count("E"),
        severities.count("W"),
        severities.count("I"),
        _NOT_CHECKED.dump_json(judgement.not_checked).decode(),
        _FAILURES.dump_json(judgement.failures).decode(),
        judgement.ruleset.version,
        judgement.ruleset.hash,
    )
    await connection.executemany(
        """insert into finding (judgement_id, ordinal, rule, severity, key, fingerprint, body)
           values ($1, $2, $3, $4, $5, $6, $7)""",
        [
            (
                row.judgement_id,
                n,
                found.rule,
                found.severity,
                found.key,
                found.fingerprint,
                _FINDING.dump_json(found).decode(),
            )
            for n, found in enumerate(judgement.findings)
        ],
    )
