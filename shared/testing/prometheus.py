"""A real Prometheus for tests (Debian's package prometheus), on this machine alone, by a configuration of the test's own."""

import json
import pathlib
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx2

from shared.database.embedded import free_port
from shared.testing.daemon import daemon


class QueryRefusedError(ValueError):
    """Prometheus does not take a query; the message is its own."""


@dataclass(frozen=True, slots=True)
class Prometheus:
    """A running server; `log` is what it says."""

    port: int
    log: pathlib.Path

    async def ask(self, path: str, **parameters: str) -> Any:
        """Return the data of an answer of its HTTP API; raise QueryRefusedError where it is none, or comes with a warning."""
        async with httpx2.AsyncClient(trust_env=False, timeout=30) as client:
            answer = await client.post(f"http://127.0.0.1:{self.port}/api/v1/{path}", data=parameters)
        return _data(answer, parameters)

    async def read(self, path: str) -> Any:
        """Return what it says of itself: `targets`, `rules`, `label/job/values`; raise QueryRefusedError where it says nothing."""
        async with httpx2.AsyncClient(trust_env=False, timeout=30) as client:
            answer = await client.get(f"http://127.0.0.1:{self.port}/api/v1/{path}")
        return _data(answer, {})

    async def is_ready(self) -> bool:
        """Return whether it answers queries."""
        try:
            async with httpx2.AsyncClient(trust_env=False) as client:
                return (await client.get(f"http://127.0.0.1:{self.port}/-/ready")).is_success
        except httpx2.TransportError:
            return False


def _data(answer: httpx2.Response, parameters: Mapping[str, str]) -> Any:
    body = answer.json()
    if not answer.is_success or body.get("warnings"):
        raise QueryRefusedError(f"{answer.status_code}: {body.get('error') or body.get('warnings')} {dict(parameters)}")
    return body["data"]


def installed() -> bool:
    """Return whether there is a Prometheus on this machine."""
    return shutil.which("prometheus") is not None


@contextmanager
def prometheus(folder: pathlib.Path, configuration: Mapping[str, Any]) -> Iterator[Prometheus]:
    """Run a Prometheus that keeps its configuration, data and log in a folder; it ends with the block."""
    (folder / "prometheus.yml").write_text(json.dumps(configuration), encoding="utf-8")  # JSON is YAML
    server = Prometheus(free_port(), folder / "prometheus.log")
    arguments = [
        "prometheus",
        f"--config.file={folder / 'prometheus.yml'}",
        f"--storage.tsdb.path={folder / 'series'}",
        f"--web.listen-address=127.0.0.1:{server.port}",
    ]
    with daemon(arguments, server.log):
        yield server
