"""The parse service: raw reports in, structured reports out."""

import dataclasses
from functools import partial
from uuid import NAMESPACE_URL, uuid5

from services.parse import store
from services.parse.core import PARSER
from services.parse.settings import ParseSettings
from services.parse.worker import Workers
from shared.directory.store import find
from shared.model.report import Document
from shared.ops import metrics
from shared.ops.errors import Rejected
from shared.stream.events import RawReport, StructuredReport
from shared.stream.stage import Connection, Outcome, Outgoing, Received, StageName
from shared.stream.topics import RAW, STRUCTURED


class ParseStage:
    """Reads each document in a worker process and writes one report version for each report found in it."""

    name: StageName = "parse"
    version = PARSER
    topic = RAW

    def __init__(self, pool: Connection, workers: Workers, settings: ParseSettings) -> None:
        self._pool = pool
        self._workers = workers
        self._mark_key = settings.mark_key.get_secret_value().encode() if settings.mark_key else None

    async def work(self, received: Received[RawReport]) -> Document:
        """Fetch the bytes and read them; a document that is gone is rejected."""
        raw = received.body
        content = await store.content(self._pool, raw.sha256)
        if content is None:
            raise Rejected("document_missing", f"document {raw.sha256[:12]} is not stored")
        return await self._workers.parse(content, source=raw.source, mark_key=self._mark_key)

    async def commit(self, connection: Connection, received: Received[RawReport], result: Document) -> Outcome:
        """Write the reading and the report versions, and publish each version."""
        raw = received.body
        await store.add_reading(connection, raw, result)
        events = []
        for index, report in enumerate(result.reports):
            document = dataclasses.replace(result, reports=(report,))
            agency = await find(connection, report.agency) if report.agency else None
            agency_id = agency.id if agency else None
            inputs = f"{raw.observation_id} {index} {raw.sha256} {result.parser} {agency_id}"
            row = store.ReportRow(
                report_id=uuid5(NAMESPACE_URL, f"report {inputs}"),
                agency_key=agency_id or report.agency or raw.source,
                agency_id=agency_id,
                document=document,
            )
            await store.add_report(connection, raw, row)
            events.append(_structured(raw, row, inputs))
        return Outcome(tuple(events), committed=partial(metrics.document, result.status))


def _structured(raw: RawReport, row: store.ReportRow, inputs: str) -> Outgoing:
    body = StructuredReport(
        report_id=row.report_id,
        observation_id=raw.observation_id,
        source_kind=raw.source_kind,
        observed_at=raw.observed_at,
        agency_key=row.agency_key,
        agency_id=row.agency_id,
        sequence=raw.sequence,
        document=row.document,
        held=raw.held,
    )
    return Outgoing(STRUCTURED, body, subject=str(row.report_id), key=row.agency_key, inputs=inputs)
