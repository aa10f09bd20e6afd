"""Ingest as a whole: folders watched and uploads served side by side until told to stop."""

import asyncio
import signal

import httpx2
import pytest

from services.ingest.app import listen, run
from services.ingest.bearer import token
from services.ingest.settings import IngestSettings
from services.ingest.sources.serving import DOCUMENTS
from shared.ops.errors import UsageError
from shared.testing.waiting import until


@pytest.fixture
def settings(tmp_path) -> IngestSettings:
    """Give settings with a data folder and a free port of their own."""
    with listen(IngestSettings(upload_port=0)) as listener:
        port = listener.getsockname()[1]
    return IngestSettings(data_dir=tmp_path / "data", upload_port=port, watch_poll_seconds=0.05)


async def test_folders_and_uploads_are_taken_side_by_side(settings, tmp_path, pool):
    """A file dropped and a document uploaded are both observed; told to stop, it ends and leaves the signals alone."""
    (tmp_path / "收件").mkdir()
    (tmp_path / "收件" / "年报.txt").write_text("一")
    handlers, stop = signal.getsignal(signal.SIGINT), asyncio.Event()
    running = asyncio.create_task(run(pool, settings, stop, folders=[tmp_path / "收件"]))
    address = f"http://127.0.0.1:{settings.upload_port}{DOCUMENTS}"
    async with httpx2.AsyncClient(trust_env=False) as client:
        await until(lambda: uploaded(client, address, settings))
        await until(lambda: pool.fetchval("select count(*) = 2 from observation"))
        assert signal.getsignal(signal.SIGINT) is handlers
        stop.set()
        await running
    kinds = await pool.fetch("select source_kind from observation order by source_kind")
    assert [row["source_kind"] for row in kinds] == ["folder", "upload"]


async def uploaded(client, address: str, settings: IngestSettings) -> bool:
    """Upload a document; False while nobody listens yet."""
    try:
        answer = await client.post(address, headers={"Authorization": f"Bearer {token(settings)}"}, content=b"2")
    except httpx2.ConnectError:
        return False
    return answer.is_success


async def test_a_port_that_is_taken_is_one_clear_line(settings, pool):
    """A second ingest on one port does not start, and says how to."""
    with listen(settings), pytest.raises(UsageError, match="NIANBAO_UPLOAD_PORT"):
        await run(pool, settings, asyncio.Event(), folders=[])


async def test_a_missing_folder_is_said_before_anything_starts(settings, tmp_path, pool):
    """No token, no port, no half of a service."""
    with pytest.raises(UsageError, match="没有"):
        await run(pool, settings, asyncio.Event(), folders=[tmp_path / "没有"])
    assert not settings.data_dir.exists()
    listen(settings).close()


async def test_ingest_ends_at_once_when_told_before_it_began(settings, tmp_path, pool):
    """Stopping never waits for work that was not begun: the file in the folder is left for the next start."""
    (tmp_path / "report.txt").write_text("样例", encoding="utf-8")
    stop = asyncio.Event()
    stop.set()
    async with asyncio.timeout(30):
        await run(pool, settings, stop, folders=[tmp_path])
    assert await pool.fetchval("select count(*) from observation") == 0
