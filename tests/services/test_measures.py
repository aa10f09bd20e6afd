"""What processes show of what waits in the database, also while it is away."""

import pytest
from prometheus_client import CollectorRegistry, generate_latest

from services import measures
from shared.database import embedded
from shared.database.migrate import migrate
from shared.database.pool import connect, is_away
from shared.ops import metrics
from shared.ops.metrics import STAGES
from shared.ops.settings import CommonSettings
from shared.testing.database import pool_on
from shared.testing.stages import send

REGISTRY = CollectorRegistry()


@pytest.fixture(autouse=True)
def registry() -> CollectorRegistry:
    """Show the metrics of all stages."""
    metrics.start(STAGES, rules=(), version="1", ruleset="1", registry=REGISTRY)
    return REGISTRY


async def test_what_waits_is_shown_by_service(pool, registry):
    """Depth and age of each service's outbox; what was published waits no more."""
    await send(pool, range(3))
    await measures.look(pool, STAGES)
    depth = {stage: registry.get_sample_value("nianbao_outbox_depth", {"service": stage}) for stage in STAGES}
    assert depth == {"ingest": 3, "parse": 0, "validate": 0, "notify": 0}
    assert registry.get_sample_value("nianbao_outbox_oldest_seconds", {"service": "ingest"}) > 0
    await pool.execute("update outbox set published_at = now()")
    await measures.look(pool, STAGES)
    assert registry.get_sample_value("nianbao_outbox_depth", {"service": "ingest"}) == 0
    assert registry.get_sample_value("nianbao_outbox_oldest_seconds", {"service": "ingest"}) == 0


async def test_they_are_shown_while_the_database_is_away(data_dir, registry):
    """Asking fails, showing does not; what waited when it was last seen goes on growing old."""
    address = embedded.start(data_dir, allow_root=CommonSettings().allow_root)
    async with await connect(address) as tables:
        await migrate(tables)
    async with pool_on(address) as pool:
        await send(pool, range(2))
        await measures.look(pool, STAGES)
        before = registry.get_sample_value("nianbao_outbox_oldest_seconds", {"service": "ingest"})
        embedded.stop(data_dir)
        with pytest.raises(Exception) as caught:  # noqa: PT011 - whichever: it means that the database is away
            await measures.look(pool, STAGES)
        assert is_away(caught.value)
    assert b'nianbao_outbox_depth{service="ingest"} 2.0' in generate_latest(registry)
    assert registry.get_sample_value("nianbao_outbox_oldest_seconds", {"service": "ingest"}) > before
