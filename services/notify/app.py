"""The notify service: judgements in, notices in the ledger out; the sender sends them."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import cast

from services.notify import store
from services.notify.case import Ignore, Keep, Pause, Rest, Wait, Write, decide, fingerprints, numbered
from services.notify.core import Kind, Status, notice_id
from services.notify.settings import NotifySettings
from shared.directory.store import load_agency
from shared.model.agency import Agency
from shared.ops import metrics
from shared.stream.events import NoticeStatus, ReportViolations
from shared.stream.stage import Connection, Outcome, Outgoing, Received, StageName
from shared.stream.topics import VIOLATIONS


class NotifyStage:
    """Turns each judgement into what it means for its case; mails nothing itself."""

    name: StageName = "notify"
    version = "1"
    topic = VIOLATIONS

    def __init__(self, settings: NotifySettings) -> None:
        self._release = settings.release

    async def work(self, received: Received[ReportViolations]) -> None:
        """Nothing is slow here: a decision needs the case's rows."""

    async def commit(self, connection: Connection, received: Received[ReportViolations], result: None) -> Outcome:
        """Decide under the lock of the agency's year, and write case and notice."""
        del result
        judged = received.body
        case = await store.lock_case(connection, judged)
        agency = await load_agency(connection, judged.agency_id) if judged.agency_id else None
        decision = decide(case, judged, agency, self._release)
        if isinstance(decision, Ignore):
            return Outcome(committed=partial(_count, received, ()))
        events = await store.overtake_rekeyed(connection, judged)
        if isinstance(decision, Write):
            events += await _write(connection, received, decision, agency, case.numbers_told if case else {})
        else:
            events += await _settle(connection, judged, decision, _name(judged, agency))
        return Outcome(tuple(events), committed=partial(_count, received, events))


def _count(received: Received[ReportViolations], events: Sequence[Outgoing]) -> None:
    judged = received.body
    # Only the document's own way through: not a rerun, not a year judged again because its neighbour came.
    if not judged.held and received.correlation_id == str(judged.observation_id):
        metrics.decided(judged.judgement.verdict, judged.observed_at, datetime.now(UTC))
    for event in events:
        assert isinstance(event.body, NoticeStatus)
        metrics.notice(cast("Kind", event.body.kind), cast("Status", event.body.status))


def _name(judged: ReportViolations, agency: Agency | None) -> str | None:
    return agency.name if agency else judged.agency_name


async def _settle(
    connection: Connection, judged: ReportViolations, decision: Keep | Pause | Rest | Wait, name: str | None
) -> list[Outgoing]:
    if isinstance(decision, Keep):
        await store.save_case(connection, judged, agency_name=name, status=None)
        return []
    if isinstance(decision, Pause):
        await store.save_case(connection, judged, agency_name=name, status=None)
    elif isinstance(decision, Wait):
        await store.save_case(connection, judged, agency_name=name, status="waiting", reason=decision.reason)
    else:
        await store.save_case(connection, judged, agency_name=name, status=decision.status)
    return await store.supersede(connection, judged)


async def _write(
    connection: Connection,
    received: Received[ReportViolations],
    decision: Write,
    agency: Agency | None,
    told: Mapping[str, int],
) -> list[Outgoing]:
    judged = received.body
    findings = judged.judgement.findings
    await store.save_case(
        connection,
        judged,
        agency_name=_name(judged, agency),
        status=decision.status,
        reason=decision.waits_for,
        numbers=json.dumps(numbered(told, findings)),
    )
    overtaken = await store.supersede(connection, judged)
    written = await store.add_notice(
        connection,
        judged,
        id_=notice_id(store.case_of(judged), judged.judgement_id, decision.kind),
        kind=decision.kind,
        hold=decision.hold,
        agency_id=agency.id if agency else None,
        fingerprints=sorted(fingerprints(findings)),
        correlation_id=received.correlation_id,
        traceparent=received.traceparent,
    )
    return [*overtaken, written]
