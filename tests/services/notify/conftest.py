"""Fixtures for notify: a notice, the directory, and a way to hand judgements to the stage."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from services.notify.app import NotifyStage
from services.notify.case import numbered
from services.notify.core import Notice, case_id
from services.notify.settings import NotifySettings
from shared.directory import store as directory
from shared.model.agency import Agency
from shared.stream import outbox
from shared.stream.stage import Received
from shared.testing.judgements import finding, violations

WRITTEN = datetime(2025, 1, 20, 8, 30, tzinfo=UTC)


@pytest.fixture
def notice():
    """Give a pending notice with one finding."""
    event = violations(finding())
    return Notice(
        id=UUID("7d0e3c1a-9a55-5a3e-8a51-0a7d0f2f6c11"),
        case_id=case_id("1", 2024),
        case_number="2024-00007",
        kind="correction",
        status="pending",
        hold_reason=None,
        agency_key="1",
        agency_id="1",
        agency_name="样例市数据局",
        year=2024,
        violations=event,
        finding_numbers=numbered({}, event.judgement.findings),
        correlation_id="c",
        traceparent=None,
        created_at=WRITTEN,
        dated_at=WRITTEN,
        changed_at=WRITTEN,
        attempts=0,
        recipient=None,
        reply=None,
        mail=None,
    )


@pytest.fixture
async def listed(pool):
    """Give a way to set the directory; it starts with one agency that has a mailbox and one that has none."""

    async def replace(*agencies):
        async with pool.acquire() as connection:
            await directory.replace(connection, agencies, by="王工")

    await replace(Agency("1", "样例市数据局", mailbox="data@example.invalid"), Agency("2", "样例县财政局"))
    return replace


@pytest.fixture
def judge(pool, listed):  # noqa: ARG001 - the directory stands
    """Give a way to hand a judgement to the stage as a bus does: one transaction, its events into the outbox."""

    async def judge(event, release="auto"):
        stage = NotifyStage(NotifySettings(release=release))
        received = Received(event.judgement_id, event, event.agency_key, event.observed_at, "c", None)
        async with pool.acquire() as connection, connection.transaction():
            outcome = await stage.commit(connection, received, await stage.work(received))
            for outgoing in outcome.events:
                await outbox.append(
                    connection, "notify", outgoing, correlation_id="c", causation_id=None, traceparent=None
                )
        return [(each.body.kind, each.body.status) for each in outcome.events]

    return judge
