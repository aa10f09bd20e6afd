"""The validate service: structured reports in, one judgement event each out, also when it is clean."""

import hashlib
from uuid import NAMESPACE_URL, uuid5

from services.validate import store
from services.validate.core import RULESET, judge
from services.validate.subject import Subject
from shared.directory.store import load_agency
from shared.model.agency import Agency
from shared.stream.events import ReportViolations, StructuredReport
from shared.stream.stage import Connection, Outcome, Outgoing, Received, StageName
from shared.stream.topics import STRUCTURED, VIOLATIONS


class ValidateStage:
    """Judges each report version by the rule set and numbers the judgement if the version is the current one."""

    name: StageName = "validate"
    version = f"{RULESET.version}-{RULESET.hash[:12]}"
    topic = STRUCTURED

    async def work(self, received: Received[StructuredReport]) -> None:
        """Nothing is slow here: a judgement takes milliseconds and needs the agency's other rows."""

    async def commit(self, connection: Connection, received: Received[StructuredReport], result: None) -> Outcome:
        """Judge under the agency's lock; the same report on the same inputs is judged once."""
        del result
        structured = received.body
        await store.lock_agency(connection, structured.agency_key)
        agency = await load_agency(connection, structured.agency_id) if structured.agency_id else None
        inputs = _inputs(structured, agency)
        judgement_id = uuid5(NAMESPACE_URL, f"judgement {inputs}")
        if await store.exists(connection, judgement_id):
            return Outcome()
        report = structured.document.reports[0]
        current = await store.is_current(connection, structured)
        row = store.JudgementRow(
            judgement_id=judgement_id,
            number=await store.next_number(connection, structured.agency_key, report.year) if current else None,
            structured=structured,
            judgement=judge(Subject(report=report, agency=agency)),
        )
        await store.add(connection, row)
        return Outcome((_violations(row, agency, inputs),)) if current else Outcome()


def _inputs(structured: StructuredReport, agency: Agency | None) -> str:
    directory_row = hashlib.sha256(repr(agency).encode()).hexdigest()
    return f"{structured.report_id} {RULESET.hash} {directory_row}"


def _violations(row: store.JudgementRow, agency: Agency | None, inputs: str) -> Outgoing:
    structured, number = row.structured, row.number
    assert number is not None
    report = structured.document.reports[0]
    body = ReportViolations(
        judgement_id=row.judgement_id,
        judgement_no=number,
        report_id=structured.report_id,
        observation_id=structured.observation_id,
        observed_at=structured.observed_at,
        agency_key=structured.agency_key,
        agency_id=structured.agency_id,
        agency_name=agency.name if agency else report.agency,
        year=report.year,
        source=structured.document.source,
        sha256=structured.document.sha256 or "",
        judgement=row.judgement,
        held=structured.held,
    )
    return Outgoing(VIOLATIONS, body, subject=str(row.judgement_id), key=structured.agency_key, inputs=inputs)
