"""The parse service: raw reports in, structured reports out."""

import dataclasses
from functools import partial
from uuid import NAMESPACE_URL, uuid5

from services.parse import store
from services.parse.attachments import fetchable
from services.parse.bundle import absorbed, as_part
from services.parse.core import PARSER
from services.parse.gathering import Bundle, gathered, still
from services.parse.settings import ParseSettings
from services.parse.worker import Workers
from shared.directory.store import find
from shared.model.report import Document
from shared.ops import metrics
from shared.ops.errors import Rejected, Transient
from shared.stream.events import RawReport, StructuredReport
from shared.stream.stage import Connection, Outcome, Outgoing, Received, StageName
from shared.stream.topics import RAW, STRUCTURED


@dataclasses.dataclass(frozen=True, slots=True)
class Reading:
    """A document as read by itself, and the reports that it is the page or an attachment of."""

    document: Document
    bundles: tuple[Bundle, ...]


class ParseStage:
    """Reads each document in a worker process and writes one report version for each report found in it.

    A page and its attachments are one report, written anew with each of them that comes; it is the page's.
    """

    name: StageName = "parse"
    version = PARSER
    topic = RAW

    def __init__(self, pool: Connection, workers: Workers, settings: ParseSettings) -> None:
        self._pool = pool
        self._workers = workers
        self._mark_key = settings.mark_key.get_secret_value().encode() if settings.mark_key else None

    async def work(self, received: Received[RawReport]) -> Reading:
        """Fetch the bytes and read them, and those of the same report; a document that is gone is rejected."""
        raw = received.body
        document = await self._read(raw)
        return Reading(document, await gathered(self._pool, self._read, raw, document))

    async def commit(self, connection: Connection, received: Received[RawReport], result: Reading) -> Outcome:
        """Write the reading and the report versions, and publish each version.

        Raises Transient, so that the work is done again, where something of a bundle changed meanwhile.
        """
        raw, document = received.body, result.document
        for bundle in result.bundles:
            if not await still(connection, bundle):
                raise Transient("a page or an attachment of the same report came meanwhile")
        events: list[Outgoing] = []
        for bundle in result.bundles:
            page = bundle.page.model_copy(update={"observed_at": bundle.observed_at, "held": raw.held})
            events += await _written(connection, bundle.page, page, bundle.document, bundle.basis.key)
        if any(bundle.page.observation_id == raw.observation_id for bundle in result.bundles):
            may = [fetchable(source, raw.source) for source in document.attachments]
            await store.add_attachments(connection, raw, document.attachments, may)
        elif any(absorbed(page, document) for page in await _pages(connection, raw, result)):
            await store.add_reading(connection, raw, as_part(document))
        else:
            events += await _written(connection, raw, raw, document, None)
        return Outcome(tuple(events), committed=partial(metrics.document, document.status))

    async def _read(self, raw: RawReport) -> Document:
        content = await store.content(self._pool, raw.sha256)
        if content is None:
            raise Rejected("document_missing", f"document {raw.sha256[:12]} is not stored")
        read = await self._workers.parse(content, source=raw.address or raw.source, mark_key=self._mark_key)
        return dataclasses.replace(read, source=raw.source)


async def _pages(connection: Connection, raw: RawReport, result: Reading) -> list[Document]:
    """Return the pages that an attachment may stand in: as just bundled, or as written while it was being read."""
    if result.bundles:
        return [bundle.document for bundle in result.bundles]
    return await store.page_versions(connection, await store.pages_listing(connection, raw.source))


async def _written(
    connection: Connection, seen: RawReport, raw: RawReport, document: Document, basis: str | None
) -> list[Outgoing]:
    """Write what became of an observation and its report versions; return their events."""
    await store.add_reading(connection, seen, document)
    events = []
    for index, report in enumerate(document.reports):
        agency = await find(connection, report.agency) if report.agency else None
        agency_id = agency.id if agency else None
        inputs = f"{raw.observation_id} {index} {raw.sha256} {document.parser} {agency_id}"
        inputs = f"{inputs} {basis}" if basis else inputs
        row = store.ReportRow(
            report_id=uuid5(NAMESPACE_URL, f"report {inputs}"),
            agency_key=agency_id or report.agency or raw.source,
            agency_id=agency_id,
            document=dataclasses.replace(document, reports=(report,)),
        )
        await store.add_report(connection, raw, row)
        events.append(_structured(raw, row, inputs))
    return events


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
