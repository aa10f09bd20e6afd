"""The tables of validate: judgement, finding and operand."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter

from shared.model.finding import Finding, NotChecked
from shared.model.judgement import Failure, Judgement
from shared.model.number import Number
from shared.model.report import Document
from shared.stream.events import StructuredReport
from shared.stream.stage import Connection

_DOCUMENT = TypeAdapter(Document)
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


async def newest(connection: Connection, agency_key: str, year: int | None) -> tuple[int, UUID | None]:
    """Return number and id of the judgement that stands for an agency's year, (0, None) before the first."""
    row = await connection.fetchrow(
        """select judgement_no, judgement_id from judgement
           where agency_key = $1 and coalesce(year, 0) = coalesce($2, 0) and judgement_no is not null
           order by judgement_no desc limit 1""",
        agency_key,
        year,
    )
    return tuple(row) if row else (0, None)


async def exists(connection: Connection, judgement_id: UUID) -> bool:
    """Whether this judgement is written already."""
    found = await connection.fetchval("select exists (select from judgement where judgement_id = $1)", judgement_id)
    return bool(found)


async def judged_report(connection: Connection, agency_key: str, year: int, *, held: bool) -> StructuredReport | None:
    """Return the current report of an agency on a year; None where there is none, or its own event is still to come."""
    row = await connection.fetchrow(
        """select *, structured::text as document from current_report
           where agency_key = $1 and year = $2
             and report_id in (select report_id from judgement where judgement_no is not null)""",
        agency_key,
        year,
    )
    return structured_report(row, held=held) if row else None


def structured_report(row: Any, *, held: bool) -> StructuredReport:
    """Return the event that a stored report came with, from a row of current_report with `structured` as text in `document`."""
    return StructuredReport(
        report_id=row["report_id"],
        observation_id=row["observation_id"],
        source_kind=row["source_kind"],
        observed_at=row["observed_at"],
        agency_key=row["agency_key"],
        agency_id=row["agency_id"],
        sequence=row["sequence"],
        document=_DOCUMENT.validate_json(row["document"]),
        held=held,
    )


async def operands(connection: Connection, agency_key: str, year: int) -> dict[str, Number]:
    """Return what an agency's current report on a year hands on to the next year, by cell address."""
    rows = await connection.fetch(
        "select metric, value from operand where agency_key = $1 and year = $2", agency_key, year
    )
    return {row["metric"]: _as_printed(row["value"]) for row in rows}


def _as_printed(value: Decimal) -> Number:
    return int(value) if value == value.to_integral_value() else value


async def replace_operands(connection: Connection, agency_key: str, year: int, figures: Mapping[str, Number]) -> None:
    """Put these figures in the place of those of an agency's year."""
    await connection.execute("delete from operand where agency_key = $1 and year = $2", agency_key, year)
    await connection.executemany(
        "insert into operand (agency_key, year, metric, value) values ($1, $2, $3, $4)",
        [(agency_key, year, metric, Decimal(value)) for metric, value in figures.items()],
    )


async def add(connection: Connection, row: JudgementRow) -> None:
    """Write a judgement and its findings."""
    await _add_judgement(connection, row)
    await connection.executemany(
        """insert into finding (judgement_id, ordinal, rule, severity, key, fingerprint, body)
           values ($1, $2, $3, $4, $5, $6, $7)""",
        [
            (
                row.judgement_id,
                n,
                each.rule,
                each.severity,
                each.key,
                each.fingerprint,
                _FINDING.dump_json(each).decode(),
            )
            for n, each in enumerate(row.judgement.findings)
        ],
    )


async def _add_judgement(connection: Connection, row: JudgementRow) -> None:
    structured, judgement = row.structured, row.judgement
    report = structured.document.reports[0]
    severities = [finding.severity for finding in judgement.findings]
    await connection.execute(
        """insert into judgement (judgement_id, judgement_no, report_id, agency_key, agency_id, agency_name, year, source,
                                  sha256, verdict, errors, warnings, infos, not_checked, failures,
                                  ruleset_version, ruleset_hash, ran)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)""",
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
        json.dumps(judgement.ran),
    )
