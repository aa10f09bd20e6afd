"""A real Alertmanager for tests (Debian's package prometheus-alertmanager), on this machine alone."""

import json
import pathlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx2

from shared.database.embedded import free_port
from shared.testing.daemon import daemon


@dataclass(frozen=True, slots=True)
class Alertmanager:
    """A running server; `log` is what it says."""

    port: int
    log: pathlib.Path

    async def is_ready(self) -> bool:
        """Return whether it takes alerts."""
        try:
            return (await self._call("GET", "/-/ready")).is_success
        except httpx2.TransportError:
            return False

    async def take(self, alerts: Sequence[Mapping[str, Any]]) -> None:
        """Hand alerts over as Prometheus does: labels, annotations, startsAt, and endsAt where one is over."""
        (await self._call("POST", "/api/v2/alerts", json=alerts)).raise_for_status()

    async def states(self) -> dict[str, str]:
        """Return by its name what became of each alert: unprocessed, active, or suppressed by another."""
        alerts = (await self._call("GET", "/api/v2/alerts")).json()
        return {each["labels"]["alertname"]: each["status"]["state"] for each in alerts}

    async def _call(self, method: str, path: str, **more: Any) -> httpx2.Response:
        async with httpx2.AsyncClient(trust_env=False) as client:
            return await client.request(method, f"http://127.0.0.1:{self.port}{path}", **more)


@contextmanager
def alertmanager(folder: pathlib.Path, configuration: Mapping[str, Any]) -> Iterator[Alertmanager]:
    """Run an Alertmanager that keeps its configuration, data and log in a folder; it ends with the block."""
    (folder / "alertmanager.yml").write_text(json.dumps(configuration), encoding="utf-8")  # JSON is YAML
    server = Alertmanager(free_port(), folder / "alertmanager.log")
    arguments = [
        "prometheus-alertmanager",
        f"--config.file={folder / 'alertmanager.yml'}",
        f"--storage.path={folder / 'silences'}",
        f"--web.listen-address=127.0.0.1:{server.port}",
        "--cluster.listen-address=",
    ]
    with daemon(arguments, server.log):
        yield server
