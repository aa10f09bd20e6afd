"""What a service says about itself: alive, ready, and why not."""

import asyncio
from contextlib import asynccontextmanager

import httpx2
from structlog.testing import capture_logs

from shared.ops import http
from shared.ops.health import Health, Watch, application
from shared.testing.waiting import until


@asynccontextmanager
async def asked(health: Health):
    """Give a client of a running health server."""
    stop = asyncio.Event()
    with http.listen("127.0.0.1", 0, setting="X") as listener:
        serving = asyncio.create_task(http.serve(application(health), listener, stop))
        async with httpx2.AsyncClient(trust_env=False, base_url=f"http://{http.address_of(listener)}") as client:
            yield client
        stop.set()
        await serving


async def test_alive_and_ready_are_two_answers_each_with_its_reasons():
    """A service that waits for its database is alive: a restart would not help it."""
    health = Health("parse", alive={"loop": lambda: None}, ready={"a": lambda: None, "database": lambda: "away"})
    async with asked(health) as client:
        alive, ready = await client.get("/healthz"), await client.get("/readyz")
        assert (alive.status_code, alive.json()) == (200, {"service": "parse", "ok": True, "reasons": {}})
        assert (ready.status_code, ready.json()["reasons"]) == (503, {"database": "away"})
        health.ready.pop("database")
        assert (await client.get("/readyz")).status_code == 200
        assert "# HELP" in (await client.get("/metrics")).text
        assert (await client.get("/else")).status_code == 404


async def test_a_watch_that_looks_away_waits_for_no_answer():
    """A process that ends is not held up by the question it asked a frozen broker."""
    has_asked, stop, watch = asyncio.Event(), asyncio.Event(), Watch()

    async def look() -> None:
        has_asked.set()
        await asyncio.Event().wait()

    check = watch.look_at("broker", look)
    running = asyncio.create_task(watch.run(stop))
    await asyncio.wait_for(has_asked.wait(), 5)
    watch.look_away()
    stop.set()
    await asyncio.wait([running], timeout=2)
    assert running.done()
    assert running.exception() is None
    assert check() == "not looked at yet"


async def test_a_watch_tells_what_is_away_and_when_it_is_back(monkeypatch):
    """Said once each time; a question is answered from what was last seen, without asking anew."""
    monkeypatch.setattr("shared.ops.health._PAUSE_SECONDS", 0.01)
    away = False

    async def look() -> None:
        if away:
            raise ConnectionRefusedError

    stop, watch = asyncio.Event(), Watch()
    check = watch.look_at("database", look)
    assert check() == "not looked at yet"
    with capture_logs() as lines:
        task = asyncio.create_task(watch.run(stop))
        for away, told in ((False, None), (True, "没有应答（ConnectionRefusedError）"), (False, None)):  # noqa: B007 - `look` reads it
            await until(lambda told=told: tells(check, told))
        stop.set()
        await task
    assert [line["event"] for line in lines] == ["away", "back"]
    assert watch.late() is None


async def tells(check, told: str | None) -> bool:
    """Return whether a check tells this."""
    return check() == told


async def test_a_loop_that_stands_still_is_not_alive(monkeypatch):
    """Nothing that runs in it can make progress then."""
    watch = Watch()
    assert watch.late() is None
    monkeypatch.setattr("shared.ops.health._LATE_SECONDS", -1)
    assert "stood still" in watch.late()
