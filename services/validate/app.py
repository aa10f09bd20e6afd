"""The validate service: structured reports in, one judgement event each out, also when it is clean."""

import hashlib
from collections.abc import Sequence
from functools import partial
from uuid import NAMESPACE_URL, UUID, uuid5

import structlog

from services.validate import store
from services.validate.configuration import AS_WRITTEN, Configuration
from services.validate.core import handed_on, judge
from services.validate.subject import Subject
from shared.directory.store import load_agency
from shared.model.agency import Agency
from shared.ops import metrics
from shared.ops.logs import DIGITS
from shared.stream.events import ReportViolations, StructuredReport
from shared.stream.stage import Connection, Outcome, Outgoing, Received, StageName
from shared.stream.topics import STRUCTURED, VIOLATIONS

_log = structlog.get_logger("nianbao.validate")


class ValidateStage:
    """Judges each report version by the rule set and numbers the judgement if the version is the current one."""

    name: StageName = "validate"
    topic = STRUCTURED

    def __init__(self, configuration: Configuration = AS_WRITTEN) -> None:
        self._configuration = configuration
        self.version = configuration.ruleset.label

    async def work(self, received: Received[StructuredReport]) -> None:
        """Nothing is slow here: a judgement takes milliseconds and needs the agency's other rows."""

    async def commit(self, connection: Connection, received: Received[StructuredReport], result: None) -> Outcome:
        """Judge under the agency's lock, and its following year again where this report hands on other figures than before."""
        del result
        structured = received.body
        await store.lock_agency(connection, structured.agency_key)
        current = await store.is_current(connection, structured)
        judged = await _judged(connection, structured, self._configuration, current=current)
        following = await _following(connection, structured) if current else None
        if following:
            judged += await _judged(connection, following, self._configuration, current=True)
        events = tuple(event for _, event in judged if event)
        return Outcome(events, committed=partial(_count, [row for row, _ in judged]))


def _count(rows: Sequence[store.JudgementRow]) -> None:
    for row in rows:
        metrics.judged(row.structured.document.reports[0].form, row.judgement)
        if row.judgement.urgent:
            _log.warning("urgent", document=(row.structured.digest or "")[:DIGITS], rules=row.judgement.urgent)


async def _judged(
    connection: Connection, structured: StructuredReport, configuration: Configuration, *, current: bool
) -> list[tuple[store.JudgementRow, Outgoing | None]]:
    """Judge a report version; one that is not current gets no number and no event, the same on the same inputs nothing."""
    report = structured.document.reports[0]
    agency = await load_agency(connection, structured.agency_id) if structured.agency_id else None
    named_year = _named_year(structured)
    earlier = await store.operands(connection, structured.agency_key, named_year - 1) if named_year else {}
    subject = Subject(report, agency=agency, earlier=earlier, configuration=configuration)
    inputs = _inputs(structured, subject)
    number, standing = await store.newest(connection, structured.agency_key, report.year)
    if current and standing == _judgement_id(inputs, number):
        return []
    new = number + 1 if current else None
    judgement_id = _judgement_id(inputs, new)
    if not current and await store.exists(connection, judgement_id):
        return []
    row = store.JudgementRow(judgement_id, new, structured, judge(subject))
    await store.add(connection, row)
    return [(row, _violations(row, agency, inputs) if current else None)]


async def _following(connection: Connection, structured: StructuredReport) -> StructuredReport | None:
    """Write down what the report hands on; return the agency's report on the following year if that alters its grounds."""
    year = _named_year(structured)
    if year is None or _is_waiting(structured):  # what a report waits for is not gone
        return None
    figures = handed_on(Subject(structured.document.reports[0]))
    if figures == await store.operands(connection, structured.agency_key, year):
        return None
    await store.replace_operands(connection, structured.agency_key, year, figures)
    return await store.judged_report(connection, structured.agency_key, year + 1, held=structured.held)


def _named_year(structured: StructuredReport) -> int | None:
    """Return the year reported on; None also where the agency is not known: then nothing says that two years are one agency's."""
    report = structured.document.reports[0]
    return report.year if structured.agency_id or report.agency else None


def _is_waiting(structured: StructuredReport) -> bool:
    """Whether an attachment of the report is still being fetched."""
    return any(attachment.state == "awaited" for attachment in structured.document.reports[0].attachments)


def _inputs(structured: StructuredReport, subject: Subject) -> str:
    used = hashlib.sha256(repr((subject.agency, sorted(subject.earlier.items()))).encode()).hexdigest()
    return f"{structured.report_id} {subject.configuration.ruleset.hash} {used}"


def _judgement_id(inputs: str, number: int | None) -> UUID:
    """Return the id of a judgement: with its number, for the inputs may become again what they were two judgements ago."""
    return uuid5(NAMESPACE_URL, f"judgement {inputs} {number}")


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
        waiting=_is_waiting(structured),
        held=structured.held,
    )
    return Outgoing(VIOLATIONS, body, subject=str(row.judgement_id), key=structured.agency_key, inputs=inputs)
