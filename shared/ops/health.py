"""What a service says about itself over HTTP: alive (a restart would not help), ready (with the reason), its metrics."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

import structlog
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from pydantic import Field
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from shared.ops import metrics as shown
from shared.ops.errors import where, why_away
from shared.ops.settings import Settings
from shared.stream import asyncapi

Check = Callable[[], str | None]
"""Returns None where all is well, else why not."""

_LATE_SECONDS = 10.0
_PAUSE_SECONDS = 3.0
_ANSWER_SECONDS = 3.0
_NOT_YET = "not looked at yet"

_BY_ITSELF = "default-src 'none'; style-src 'unsafe-inline'"  # the page fetches nothing from anywhere

_log = structlog.get_logger("nianbao.health")


class HttpSettings(Settings):
    """Where a service can be asked how it is."""

    http_host: str = Field(
        default="127.0.0.1",
        description="/healthz、/readyz、/metrics 的监听地址；127.0.0.1 只允许本机访问。",
    )
    http_port: int = Field(
        default=8720, ge=0, le=65535, description="/healthz、/readyz、/metrics 的端口；0 为自动选一个空闲端口。"
    )


@dataclass
class Health:
    """The checks of one service: all of `alive` must hold or it needs a restart, all of `ready` or it gets no work."""

    service: str
    alive: dict[str, Check] = field(default_factory=dict)
    ready: dict[str, Check] = field(default_factory=dict)


def application(health: Health) -> Starlette:
    """Return the application that answers for a service; 503 where a check does not hold, with the reason."""
    shown.ready_when(lambda: not _reasons(health.ready))

    async def healthz(_request: Request) -> Response:
        return _answer(health.service, health.alive)

    async def readyz(_request: Request) -> Response:
        return _answer(health.service, health.ready)

    async def metrics(_request: Request) -> Response:
        return Response(generate_latest(), headers={"content-type": CONTENT_TYPE_LATEST})

    async def contracts(_request: Request) -> Response:
        return HTMLResponse(asyncapi.page(), headers={"content-security-policy": _BY_ITSELF})

    async def contracts_json(_request: Request) -> Response:
        return JSONResponse(asyncapi.document())

    return Starlette(
        routes=[
            Route("/healthz", healthz),
            Route("/readyz", readyz),
            Route("/metrics", metrics),
            Route("/asyncapi", contracts),
            Route("/asyncapi.json", contracts_json),
        ],
    )


def _answer(service: str, checks: Mapping[str, Check]) -> Response:
    reasons = _reasons(checks)
    body = {"service": service, "ok": not reasons, "reasons": reasons}
    return JSONResponse(body, status_code=503 if reasons else 200)


def _reasons(checks: Mapping[str, Check]) -> dict[str, str]:
    return {name: reason for name, check in checks.items() if (reason := check()) is not None}


class Watch:
    """Looks again and again at what a service leans on, so that a question is answered at once, and says what is away."""

    def __init__(self) -> None:
        self._looks: dict[str, Callable[[], Awaitable[object]]] = {}
        self._looking: list[asyncio.Task[None]] = []
        self._away: dict[str, str] = {}
        self._more = asyncio.Event()
        self._looked = time.monotonic()

    def look_at(self, name: str, look: Callable[[], Awaitable[object]]) -> Check:
        """Look at something from now on; return the check that tells how it was last seen."""
        self._looks[name] = look
        self._away[name] = _NOT_YET
        self._more.set()
        return lambda: self._away.get(name)

    def look_away(self) -> None:
        """Look at nothing any more, nor wait for an answer: what was looked at is being closed."""
        self._looks.clear()
        for look in self._looking:
            look.cancel()

    def late(self) -> str | None:
        """Return for how long the event loop stood still, None where it turns."""
        seconds = time.monotonic() - self._looked
        return f"the event loop stood still for {seconds:.0f} s" if seconds > _LATE_SECONDS else None

    async def run(self, stop: asyncio.Event) -> None:
        """Look until `stop` is set."""
        stopped = asyncio.create_task(stop.wait())
        stopped.add_done_callback(lambda _: self._more.set())
        while not stop.is_set():
            self._looked = time.monotonic()
            self._more.clear()
            self._looking = [asyncio.create_task(self._look(name)) for name in self._looks]
            await asyncio.gather(*self._looking, return_exceptions=True)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._more.wait(), _PAUSE_SECONDS)
        stopped.cancel()

    async def _look(self, name: str) -> None:
        before = self._away.get(name)
        try:
            async with asyncio.timeout(_ANSWER_SECONDS):
                await self._looks[name]()
        except Exception as error:  # noqa: BLE001 - whatever it is, it is told
            self._away[name] = why_away(error)
            if before in {None, _NOT_YET}:
                _log.warning("away", what=name, error=where(error))
        else:
            self._away.pop(name, None)
            if before not in {None, _NOT_YET}:
                _log.info("back", what=name)
