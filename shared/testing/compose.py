"""deploy/compose.yaml without an engine: its services as processes of this machine, with the file's own commands and settings."""

import asyncio
import os
import pathlib
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from shared.testing.command import Command, environment

FILE = pathlib.Path(__file__).resolve().parents[2] / "deploy" / "compose.yaml"
SERVICES: Mapping[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))["services"]
OURS = sorted(name for name, service in SERVICES.items() if "build" in service)
SERVING = sorted(name for name in OURS if SERVICES[name].get("command", [""])[0] == "serve")

VARIABLE = re.compile(r"\$\{(\w+)(?:(:-|:\?)([^}]*))?\}")
_HEALTH = "127.0.0.1:8720"


def filled(text: str, given: Mapping[str, str]) -> str:
    """Return a text of the file with its variables replaced as Compose does; KeyError where one must be set and is not."""
    return VARIABLE.sub(lambda found: given.get(found[1]) or (found[3] if found[2] == ":-" else given[found[1]]), text)


@dataclass(frozen=True)
class Containers:
    """The file's services of ours: what stands here for host names and folders, the variables set, each one's port.

    All are on one machine, so what listens is given a port of its own; "upload" is that of uploads.
    """

    folder: pathlib.Path
    places: Mapping[str, str]
    variables: Mapping[str, str]
    ports: Mapping[str, int]
    processes: dict[str, Command] = field(default_factory=dict)

    def start(self, name: str) -> Command:
        """Start a service as its container would; its log is in the folder."""
        command = Command(tuple(SERVICES[name]["command"]), self.settings(name), self.folder / f"{name}.log")
        self.processes[name] = command
        command.start()
        return command

    @property
    def said(self) -> str:
        """The last that each service has written to its log."""
        tails = {name: command.said.splitlines()[-8:] for name, command in self.processes.items()}
        return "\n".join(f"{name}: {line}" for name, lines in tails.items() for line in lines)

    def here(self, text: str, name: str) -> str:
        """Return a text of the file with its variables filled and what is elsewhere in a container replaced."""
        text = filled(text, self.variables)
        for place, stands_for in {**self.places, _HEALTH: f"127.0.0.1:{self.ports[name]}"}.items():
            text = text.replace(place, stands_for)
        return text

    def settings(self, name: str) -> dict[str, str]:
        """Return the settings that a container is given."""
        written: Mapping[str, Any] = SERVICES[name]["environment"]
        given = {key: self.variables.get(key) if value is None else str(value) for key, value in written.items()}
        told = {key: self.here(value, name) for key, value in given.items() if value is not None}
        own = {"http_port": str(self.ports[name]), "upload_port": str(self.ports["upload"])}
        return {key.removeprefix("NIANBAO_").lower(): value for key, value in told.items()} | own

    def run(self, name: str, *command: str, entrypoint: str = "nianbao") -> "subprocess.CompletedProcess[str]":
        """Run a command in a container's environment to its end."""
        return subprocess.run(
            [*SERVICES[name].get("entrypoint", [entrypoint]), *command],
            env={**environment(self.settings(name)), "PATH": f"{sys.prefix}/bin:{os.environ['PATH']}"},
            cwd=self.folder,
            capture_output=True,
            text=True,
            encoding="utf-8",
            stdin=subprocess.DEVNULL,
            timeout=60,
            check=False,
        )

    async def is_healthy(self, name: str) -> bool:
        """Return whether a container's health check, run as it is written, is content."""
        kind, program, *rest = SERVICES[name]["healthcheck"]["test"]
        assert kind == "CMD"
        arguments = [self.here(argument, name) for argument in rest]
        return (await asyncio.to_thread(self.run, name, *arguments, entrypoint=program)).returncode == 0
